/** A clock of the law as the server tells it: no word of a report is in it. */
import { day, language, t } from "../../elements/words.js";
import { inLanguage } from "../page.js";

export type ClockState = "running" | "late" | "met" | "paused" | "stopped";

export interface Clock {
  readonly action: "acknowledge" | "read" | "feedback";
  /** What is to be done, by language. */
  readonly label: Readonly<Record<string, string>>;
  /** Whether it may be called the law; else it is the office's own commitment. */
  readonly law: boolean;
  readonly source: string;
  /** Days, `YYYY-MM-DD`. */
  readonly starts: string;
  readonly due: string | null;
  /** The day before free days moved it. */
  readonly target: string | null;
  readonly state: ClockState;
  readonly met: string | null;
  readonly extended: boolean;
  readonly extendable: boolean;
}

export interface BoardClock extends Clock {
  readonly thread: string;
  readonly desk: string;
}

export interface Board {
  readonly today: string;
  readonly counts: Readonly<Record<ClockState, number>>;
  /** The soonest first; all are counted. */
  readonly clocks: readonly BoardClock[];
}

export function clockLabel({ label }: Clock): string {
  return inLanguage(label, language());
}

/** How it stands, in words. */
export function standing({ state, due, met }: Clock): string {
  switch (state) {
    case "met": return t("done on {day}", { day: day(met ?? "") });
    case "late": return t("late: it was due by {day}", { day: day(due ?? "") });
    case "running": return t("by {day}", { day: day(due ?? "") });
    case "paused": return t("stands still");
    case "stopped": return t("ended without it");
  }
}

export function origin({ law, source }: Clock): string {
  return law ? t("The law: {source}", { source }) : t("The office's own commitment");
}

/** The closed list of reasons, as the record and the mailbox know them. */
export const REASONS = ["complex", "waiting", "elsewhere", "translation", "expert", "court", "asked"] as const;

/** A person is left without an answer only because they asked for that, or a court forbids it. */
export const REASONS_TO_END: readonly (typeof REASONS[number])[] = ["asked", "court"];

export function reasonName(reason: typeof REASONS[number]): string {
  switch (reason) {
    case "complex": return t("The matter needs more work");
    case "waiting": return t("We wait for the reporting person");
    case "elsewhere": return t("We wait for another authority");
    case "translation": return t("A translation is being made");
    case "expert": return t("An expert is being asked");
    case "court": return t("A court is dealing with it");
    case "asked": return t("The reporting person asked for it");
  }
}
