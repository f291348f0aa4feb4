/** What the worker tells the workbench of referrals: plain values, never a key. Ids and hashes are base64url. */
import type { Outcome, Slip } from "../../seal/closing.js";
import type { Why } from "../../seal/correction.js";
import type { Manner } from "../../seal/referral.js";
import type { Answer } from "../arrivals/types.js";

/** Which office referred a report to us, proven from its own documents. */
export interface Referred {
  readonly names: Readonly<Record<string, string>>;
  readonly host: string;
  readonly F: string;
  /** Its fingerprint's first 88 bits as eight words. */
  readonly words: readonly string[];
  /** Whether our own charter names it. */
  readonly known: boolean;
  /** It reports in its own name, signed by its officer, and refers nothing of ours to handle for others. */
  readonly own: boolean;
  /** Who of it signed: what that office's reporting persons call them. */
  readonly member: { readonly id: string; readonly alias: string };
  /** The report as it came there, where it was passed on unmodified. */
  readonly original: {
    /** The day on which that office promised it. */
    readonly day: string;
    readonly language: string;
    readonly answers: readonly Answer[];
    /** Code of what does not hold; then nothing of it is shown. */
    readonly fault: string;
  } | null;
}

/** One referral of ours, as the case's note has it. */
export interface PassedOn {
  /** The mailbox at the other office. */
  readonly id: string;
  readonly F: string;
  readonly host: string;
  readonly names: Readonly<Record<string, string>>;
  readonly deskNames: Readonly<Record<string, string>>;
  readonly manner: Manner;
  readonly text: string;
  readonly language: string;
  /** Names of the files that went along, as they may be shown. */
  readonly files: readonly string[];
  /** Whether the charter in force still names the office. */
  readonly named: boolean;
}

/** What lies in the mailbox at the other office, proven. */
export interface TheirMailbox {
  readonly status: string;
  /** How many are assigned there; zero before that. */
  readonly people: number;
  /** The day on which they promised the report. */
  readonly day: string;
  readonly entries: readonly {
    readonly key: string;
    readonly day: string;
    /** Ours, written from here. */
    readonly ours: boolean;
    /** What the other office's people are called; empty for ours. */
    readonly author: string;
    readonly text: string;
    readonly language: string;
    readonly closing: Slip | null;
    /** What we told them to put right, or how the case ended with us. */
    readonly correction: { readonly why: Why; readonly outcome: Outcome | "" } | null;
  }[];
  /** Codes of what failed a check, and where; nothing of it is shown. */
  readonly faults: readonly { readonly place: string; readonly code: string }[];
}

/** One referral as the server has it. */
export interface ReferralRow {
  readonly id: string;
  readonly peer: string;
  readonly host: string;
  /** Of the report as it was sealed last. */
  readonly c: string;
  readonly member: string;
  readonly filed: string;
  readonly state: "waiting" | "promised" | "stale" | "refused" | "back";
  readonly fault: string;
  readonly tries: number;
  readonly promise?: { readonly day: string };
}

/** One office of the map, as the server has it. */
export interface PeerRow {
  readonly F: string;
  readonly host: string;
  /** What was said of it, base64url. */
  readonly document?: string;
}
