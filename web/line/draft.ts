/** What a person has written so far: in this page's memory and, once there is a receipt, sealed in the draft. */

import type { Own } from "../seal/own";
import { b64, unb64 } from "../seal/primitives";

export type Naming = "none" | "locked" | "open";

/** How the receipt was kept. Declined: no answer can ever be read. */
export type Kept = "words" | "digits" | "declined";

export interface Draft {
  /** By the form's question; `what` is the first. Empty ones are left out when sealing. */
  readonly answers: Map<string, string>;
  /** How the desk may reach the person, by their own wish, as `seal/contact` writes it; who reads the report sees it. */
  contact: string;
  /** Who shall be able to read the name: nobody, custodians and handlers only together, or whoever reads the report. */
  naming: Naming;
  name: string;
  /** How to reach them, locked away with the name. */
  lockedContact: string;
  /** Whether it concerns somebody who works for the office; undefined: not answered yet. */
  concernsUs: boolean | undefined;
  /** The desk whose people it concerns, base64url. */
  concerned: string | undefined;
  /** Names of people who must not read it. */
  mustNotSee: string;
  /** What the person remembers of an earlier report whose words they lost. */
  continues: string;
  /** The desk that it goes to, base64url. */
  desk: string | undefined;
  /** Sixteen random bytes, made when somebody goes on from the first page. */
  receipt: Uint8Array | undefined;
  /** A member's errand as it came in the address, or empty; kept with the draft, so that a killed page still files it as what it is. */
  errand: string;
  kept: Kept | undefined;
}

export function emptyDraft(): Draft {
  return {
    answers: new Map(), contact: "", naming: "none", name: "", lockedContact: "", concernsUs: undefined, concerned: undefined, mustNotSee: "", continues: "",
    desk: undefined, receipt: undefined, errand: "", kept: undefined,
  };
}

/** Fields of the form beside its questions, by names that no question can have. */
const FIELDS = {
  naming: "@naming", name: "@name", lockedContact: "@locked-contact", mustNotSee: "@must-not-see", concerned: "@concerned", errand: "@errand", continues: "@continues",
} as const;

/** What of it is kept on the server, sealed to the person alone (formats.md §11). */
export function toKept(draft: Draft): Own {
  const texts = new Map([...draft.answers].filter(([, text]) => text.trim() !== ""));
  for (const [field, name] of Object.entries(FIELDS)) {
    const text = draft[field as keyof typeof FIELDS] ?? "";
    if (text !== "" && !(field === "naming" && text === "none")) texts.set(name, text);
  }
  return {
    draft: texts, desk: draft.desk === undefined ? undefined : unb64(draft.desk, 16),
    contact: draft.contact === "" ? undefined : draft.contact,
  };
}

/** Fills an empty draft with what was kept. What was written into the box since then stays, below. */
export function fromKept(own: Own, draft: Draft): void {
  const texts = new Map(own.draft);
  const take = (name: string): string => {
    const text = texts.get(name) ?? "";
    texts.delete(name);
    return text;
  };
  const naming = take(FIELDS.naming);
  draft.naming = naming === "locked" || naming === "open" ? naming : "none";
  draft.name = take(FIELDS.name);
  draft.lockedContact = take(FIELDS.lockedContact);
  draft.mustNotSee = take(FIELDS.mustNotSee);
  draft.continues = take(FIELDS.continues);
  draft.errand = take(FIELDS.errand);
  const concerned = take(FIELDS.concerned);
  draft.concerned = concerned === "" ? undefined : concerned;
  draft.desk = own.desk === undefined ? undefined : b64(own.desk);
  // A desk is chosen only after that question.
  draft.concernsUs = draft.desk === undefined ? undefined : concerned !== "";
  draft.contact = own.contact ?? "";
  const written = [texts.get("what") ?? "", draft.answers.get("what") ?? ""].filter((text) => text.trim() !== "");
  draft.answers.clear();
  for (const [question, text] of texts) draft.answers.set(question, text);
  draft.answers.set("what", [...new Set(written)].join("\n\n"));
}

/** Non-empty lines, without the spaces around them. */
export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

/** What a change of any word makes another report: the sealed bytes of an older one must not be sent for it. */
export function fingerprintOf(draft: Draft): string {
  const { answers, contact, naming, name, lockedContact, mustNotSee, continues, desk, kept } = draft;
  return JSON.stringify([[...answers], contact, naming, name, lockedContact, linesOf(mustNotSee), continues.trim(), desk, kept === "declined"]);
}
