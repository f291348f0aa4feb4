/** Daily work on a case, as the worker and the page speak of it: plain values; ids are base64url. */

import type { Addressee, LetterKind } from "../../seal/casenotes.js";

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

export type WorkNote = TaskNote | HappeningNote | EvidenceNote | LetterNote | StandInNote;

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

/** What stands now of all notes: the newest of each. */
export interface CaseWork {
  readonly tasks: readonly ShownTask[];
  /** By the day of the event. */
  readonly events: readonly ShownEvent[];
  readonly evidence: readonly ShownEvidence[];
  readonly letters: readonly ShownLetter[];
  readonly standIns: readonly ShownStandIn[];
}
