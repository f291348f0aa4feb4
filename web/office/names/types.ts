import type { Ground } from "../../seal/opening.js";

/** Why a custodian hands nothing over; the server and the record know these words and no others. */
export const REFUSALS = ["ground", "told", "proof", "other"] as const;
export type RefusalReason = (typeof REFUSALS)[number];

export interface NameAnswer {
  /** Member id of the custodian. */
  readonly member: string;
  readonly day: string;
  /** Empty where they handed their share over. */
  readonly reason: RefusalReason | "";
}

/** What a request says; null where it does not open here or is not its author's. */
export interface NameAsked {
  readonly ground: Ground;
  readonly reasons: string;
  readonly language: string;
  /** Why the reporting person was not told before; empty where they were. */
  readonly withheld: string;
}

interface NameRow {
  readonly id: string;
  readonly thread: string;
  /** Place on chain r of what gave the name. */
  readonly message: number;
  /** Who asks. */
  readonly member: string;
  readonly asked: string;
  readonly until: string;
  readonly over: boolean;
  readonly answers: readonly NameAnswer[];
  readonly says: NameAsked | null;
}

/**
 * How far a custodian's browser has proven a request: `proven`; `waits` for the night in which the record is published;
 * else the code of what does not hold.
 */
export type Proving = "proven" | "waits" | (string & {});

/** A request as a custodian or oversight sees it. */
export interface RequestForKeeper extends NameRow {
  readonly proof: Proving;
  /** This custodian holds a share of it; those who came later do not. */
  readonly mine: boolean;
}

/** A request as who is assigned to the case sees it. */
export interface RequestOfCase extends NameRow {
  /** This member asked. */
  readonly own: boolean;
  /** Shares that prove to be handed over for it, and how many must be. */
  readonly released: number;
  readonly needed: number;
  /** Handed over, and fails a check: whose it is is in `answers`. */
  readonly refused: number;
}
