/** Protection, as the worker and the page speak of it: plain values; ids are base64url, what is left out is empty. */

import type { AskedFor } from "../../seal/bodies.js";
import type { Claim, Danger, FormCode, Grounds, MeasureCode, Protected } from "../../seal/protecting.js";
import type { Said } from "../cases/worktypes.js";

export interface SituationNote {
  readonly kind: "situation";
  readonly danger: Danger;
}

export interface MeasureNote {
  readonly kind: "measure";
  /** Empty for a new one; else the newer note takes the place of the older. */
  readonly id: string;
  readonly measure: MeasureCode;
  readonly whom: Protected;
  readonly grounds: Grounds;
  /** Id of the member who answers for it. */
  readonly who: string;
  readonly begins: string;
  readonly review: string;
  readonly ended: string;
}

export interface RetaliationNote {
  readonly kind: "retaliation";
  readonly id: string;
  /** Of what was done. */
  readonly day: string;
  readonly form: FormCode;
  /** A file of the thread that shows it, or empty. */
  readonly blob: string;
  readonly struck: boolean;
}

export interface ClaimNote {
  readonly kind: "compensation";
  readonly id: string;
  readonly state: Claim;
}

export type ProtectingNote = SituationNote | MeasureNote | RetaliationNote | ClaimNote;

export type ShownSituation = SituationNote & Said;
export type ShownMeasure = MeasureNote & Said;
export type ShownRetaliation = RetaliationNote & Said & { readonly name: string };
export type ShownClaim = ClaimNote & Said;

/** A message of theirs that says that it is about protection. */
export interface Ask {
  readonly about: AskedFor;
  readonly day: string;
  /** Place on their chain. */
  readonly n: number;
}

/** What stands now of all notes: the newest of each. */
export interface ProtectionStory {
  readonly asks: readonly Ask[];
  readonly situation: ShownSituation | null;
  /** Those that stand, what is reviewed first before the others. */
  readonly measures: readonly ShownMeasure[];
  readonly ended: readonly ShownMeasure[];
  /** By the day on which it was done. */
  readonly retaliation: readonly ShownRetaliation[];
  readonly claims: readonly ShownClaim[];
  /** The next review of all measures that stand; empty while none stands. */
  readonly review: string;
  /** Number of the newest post of the reporting person that somebody had seen who then took a step; −1 for none. */
  readonly answered: number;
}
