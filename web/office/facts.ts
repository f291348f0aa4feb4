/** What the worker has proven about the office, as plain values for the views. Ids and hashes are base64url. */
import { dayAt } from "../elements/days.js";

export interface DeskFacts {
  readonly id: string;
  readonly names: Readonly<Record<string, string>>;
  readonly open: boolean;
  readonly epoch: number;
  readonly sheet: number;
  readonly form: string;
  readonly profile: string;
  /** Ids of the desks that may look into concerns about this one's people. */
  readonly independentOf: readonly string[];
  /** Epoch numbers that this member can open. */
  readonly unlocked: readonly number[];
  /** Member ids of handlers and leads in the charter in force. */
  readonly people: readonly string[];
}

export interface PersonFacts {
  readonly id: string;
  /** What colleagues call them: from the server, in no charter. */
  readonly name: string;
  /** What reporting persons see: from the proven entry. */
  readonly alias: string;
  readonly roles: readonly string[];
  readonly joined: string;
  readonly wayBackTried: string;
  readonly holdsRoot: boolean;
}

export interface Facts {
  readonly office: string;
  readonly names: Readonly<Record<string, string>>;
  readonly zone: string;
  /** F, base64url. */
  readonly fingerprint: string;
  /** F's first 88 bits as eight words. */
  readonly words: readonly string[];
  readonly root: {
    readonly number: number; readonly keys: number; readonly threshold: number;
    /** This member's keys hold one of them. */
    readonly held: boolean;
  };
  readonly charter: { readonly number: number; readonly from: string; readonly notAfter: string };
  /** How many custodians of names there are, and how many must agree; zero where the charter names none. */
  readonly custody: { readonly k: number; readonly custodians: number };
  readonly desks: readonly DeskFacts[];
  /** Offices that the charter names to refer to: F, the host of their report door, and F as eight words. */
  readonly peers: readonly { readonly F: string; readonly host: string; readonly words: readonly string[] }[];
  readonly people: readonly PersonFacts[];
  readonly me: PersonFacts;
  /** False for who is invited and stands in no charter yet. */
  readonly placed: boolean;
  /** The present day where the office is. */
  readonly today: string;
}

/** The same, with a day that goes on: a workbench stays open over midnight, and what is drawn then must know it. */
export function living(facts: Facts): Facts {
  return Object.defineProperty({ ...facts }, "today", { get: () => dayAt(Date.now(), facts.zone), enumerable: true });
}

/** Whether this member has the role, anywhere or at one desk. */
export function has(facts: Facts, role: string, desk?: string): boolean {
  return facts.me.roles.some((held) => desk === undefined ? held.split("@")[0] === role : held === `${role}@${desk}`);
}
