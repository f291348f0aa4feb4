/** What is over and until when it is kept, in the words that the case, Today and the certificates share. */
import { outcomeWord } from "../../elements/outcome.js";
import { periodWord } from "../../elements/period.js";
import { day, t } from "../../elements/words.js";
import type { Outcome } from "../../seal/closing.js";

/** A report that is over, as the server counts it. */
export interface Kept {
  readonly thread: string;
  readonly desk: string;
  readonly kind: "closed" | "aside";
  readonly outcome: Outcome | "";
  readonly since: string;
  readonly due: string;
  readonly limit: number;
  readonly unit: "cd" | "wd" | "m" | "y";
  readonly law: boolean;
  readonly source: string;
  readonly state: "kept" | "soon" | "due" | "unread" | "held" | "asked";
  readonly late: boolean;
}

export const HOLDS = ["court", "authority", "inquiry", "claim", "review"] as const;
export type HoldReason = (typeof HOLDS)[number];

export function holdName(reason: HoldReason): string {
  switch (reason) {
    case "court": return t("a court deals with it.");
    case "authority": return t("an authority demands that it is kept.");
    case "inquiry": return t("another inquiry needs it.");
    case "claim": return t("somebody has a claim because of it.");
    case "review": return t("its outcome is being reviewed.");
  }
}

export function standingOf({ state, due }: Pick<Kept, "state" | "due">): string {
  switch (state) {
    case "kept": return t("kept until {day}", { day: day(due) });
    case "soon": return t("may be deleted from {day} on", { day: day(due) });
    case "due": return t("to be deleted since {day}", { day: day(due) });
    case "unread": return t("to be deleted since {day}, and not read", { day: day(due) });
    case "held": return t("held back");
    case "asked": return t("somebody asks to delete it");
  }
}

/** Of what is late and not this member's: that it lies there. How it ended, and which it is, is for who may read it. */
export type LateThere = Pick<Kept, "desk" | "kind" | "due" | "state" | "late">;

export function isWhole(row: Kept | LateThere): row is Kept {
  return "thread" in row;
}

/** What lies there, for who may not read it. */
export function lateThere({ kind }: LateThere, desk: string): string {
  return kind === "aside" ? t("A report that was set aside, at: {desk}", { desk }) : t("A closed case, at: {desk}", { desk });
}

/** How it ended. Only what nobody reported here is closed without an outcome that anybody may count. */
export function endWord({ kind, outcome }: { readonly kind: Kept["kind"] | "taken"; readonly outcome: Outcome | "" }): string {
  if (kind === "taken") return t("The exported case that was taken in beside it");
  if (kind === "aside") return t("Set aside");
  return outcome === "" ? t("A mailbox for somebody, or a case that nobody reported here, closed") : outcomeWord(outcome);
}

/** For how long, from when, and who says so. */
export function keptFor({ kind, outcome, since, limit, unit, law, source }: Kept): string {
  const why = endWord({ kind, outcome });
  const whose = law ? source : t("the office's own commitment");
  return t("{why}, {day}: kept for {period} ({whose})", { why, day: day(since), period: periodWord(limit, unit), whose });
}
