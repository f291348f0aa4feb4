/** Daily work on a case, as the worker and the page speak of it: plain values; ids are base64url. */

import type { Addressee, LetterKind, Source } from "../../seal/casenotes.js";
import type { Outcome } from "../../seal/closing.js";
import type { Why } from "../../seal/correction.js";
import type { Answer } from "../../seal/submission.js";

export interface TaskNote {
  readonly kind: "task";
  /** Empty for a new one; else the newer note takes the place of the older. */
  readonly id: string;
  /** Member id; empty where it is nobody's yet. */
  readonly who: string;
  /** Day, or empty. */
  readonly due: string;
  readonly done: boolean;
}

export interface HappeningNote {
  readonly kind: "event";
  readonly id: string;
  /** Of what happened. */
  readonly day: string;
  readonly struck: boolean;
}

export interface EvidenceNote {
  readonly kind: "evidence";
  readonly id: string;
  /** Empty for an object, which the text describes. */
  readonly blob: string;
  readonly struck: boolean;
}

export interface LetterNote {
  readonly kind: "letter";
  readonly template: LetterKind;
  readonly to: Addressee;
  readonly day: string;
}

export interface StandInNote {
  readonly kind: "stand-in";
  readonly absent: string;
  readonly who: string;
  readonly until: string;
}

/** What an office that the case was referred to is told. */
export interface ToldNote {
  readonly kind: "told";
  readonly id: string;
  /** The mailbox there. */
  readonly referral: string;
  readonly why: Why;
  /** How the case ended; empty where it is told of something else. */
  readonly outcome: Outcome | "";
  readonly day: string;
  /** Whether that office has acknowledged it. */
  readonly sent: boolean;
}

/** What shows that it is so, said by whoever closes a case as substantiated. */
export interface ShownByNote {
  readonly kind: "shown";
  readonly sources: readonly Source[];
}

/** What an authority is told at one row of a law. */
export interface SubmissionNote {
  readonly kind: "submission";
  /** Empty for a new one. */
  readonly id: string;
  readonly law: string;
  readonly version: number;
  readonly row: string;
  readonly title: string;
  readonly answers: readonly Answer[];
}

export type WorkNote = TaskNote | HappeningNote | EvidenceNote | LetterNote | StandInNote | ToldNote | ShownByNote | SubmissionNote;

/** Who wrote a note, when, and what it says in words. */
export interface Said {
  readonly text: string;
  readonly language: string;
  /** Member id. */
  readonly by: string;
  /** Instant, or the day where no instant is kept. */
  readonly at: string;
  /** Place on the chain of notes. */
  readonly n: number;
}

export type ShownTask = TaskNote & Said;
export type ShownEvent = HappeningNote & Said;
/** `by` and `at` are who added it first; `name` and `hash` are the file's, empty for an object. */
export type ShownEvidence = EvidenceNote & Said & { readonly name: string; readonly hash: string };
export type ShownLetter = LetterNote & Said;
export type ShownStandIn = StandInNote & Said;
/** `names` are what that office calls itself, empty where no note names it. */
export type ShownTold = ToldNote & Said & { readonly names: Readonly<Record<string, string>> };

/** Its words are all of it, as it goes out. */
export type ShownSubmission = SubmissionNote & Said;

/** What stands now of all notes: the newest of each. */
export interface CaseWork {
  readonly tasks: readonly ShownTask[];
  /** By the day of the event. */
  readonly events: readonly ShownEvent[];
  readonly evidence: readonly ShownEvidence[];
  readonly letters: readonly ShownLetter[];
  readonly standIns: readonly ShownStandIn[];
  /** By the day on which it was sent, or tried. */
  readonly told: readonly ShownTold[];
  /** What was said to show it, oldest first. */
  readonly shown: readonly (ShownByNote & Said)[];
  /** What authorities are told, oldest first. */
  readonly submissions: readonly ShownSubmission[];
}
