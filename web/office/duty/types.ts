/** What an organisation owes its authority, as the server counts it: rows of a law, moments, and no word of a case. */
import { day, language, moment, t } from "../../elements/words.js";
import { inLanguage } from "../page.js";

export interface DutyLaw {
  readonly id: string;
  readonly names: Readonly<Record<string, string>>;
  /** Parts of which it has rows of their own. */
  readonly parts: readonly string[];
  readonly notes: readonly Readonly<Record<string, string>>[];
}

export interface DutyRow {
  readonly row: string;
  readonly label: Readonly<Record<string, string>>;
  readonly source: string;
  /** Whether it may be called the law: somebody has verified it, or a member confirmed it here. */
  readonly law_itself: boolean;
  readonly owner: string;
  readonly starts: string;
  readonly state: "waiting" | "open" | "running" | "late" | "done" | "not-owed";
  readonly in_time: boolean;
  readonly began: string | null;
  /** The first moment at which it is too late, and the last day where days are counted. */
  readonly due: string | null;
  readonly day: string | null;
  readonly done: string | null;
  /** What is told then, as the law says. */
  readonly contents: readonly { readonly id: string; readonly text: Readonly<Record<string, string>>; readonly source: string }[];
}

export interface Begun {
  readonly law: string;
  /** Of the law, as it counts in this case. */
  readonly version: number;
  readonly rows: readonly DutyRow[];
}

export interface Duties {
  readonly laws: readonly DutyLaw[];
  readonly begun: readonly Begun[];
}

/** What is noted, before it is signed. */
export interface DutyNote {
  readonly law: string;
  readonly kind: "aware" | "requested" | "investigation-ended" | "done" | "not-owed";
  readonly row: string;
  readonly at: string;
}

export function dutyLabel({ label }: Pick<DutyRow, "label">): string {
  return inLanguage(label, language());
}

export function partWord(part: string): string {
  switch (part) {
    case "critical entities": return t("as a critical entity");
    case "trust services": return t("as a trust service");
    default: return part;
  }
}

/** How a row stands, in words. */
export function dutyStanding({ state, due, day: last, done, in_time: inTime }: Pick<DutyRow, "state" | "due" | "day" | "done" | "in_time">): string {
  // Only what runs has an end.
  const by = (): string => last === null ? moment(due ?? "") : day(last);
  switch (state) {
    case "waiting": return t("has not begun");
    case "open": return t("promptly: the law names no number");
    case "running": return t("by {day}", { day: by() });
    case "late": return t("late: it was due by {day}", { day: by() });
    case "done": return inTime ? t("done on {day}", { day: moment(done ?? "") }) : t("done late, on {day}", { day: moment(done ?? "") });
    case "not-owed": return t("does not bind us here");
  }
}

export function dutyChip({ state, in_time: inTime }: DutyRow): string {
  switch (state) {
    case "late": return "chip late";
    case "done": return inTime ? "chip good" : "chip late";
    case "open": case "running": return "chip due";
    case "waiting": case "not-owed": return "chip";
  }
}
