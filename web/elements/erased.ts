/** How a file that the office has deleted is spoken of, in the mailbox as in the workbench. */
import { day, t } from "./words";

/** Why a file is deleted: one of a closed list, so that no word of a report is in clear for it. */
export const REASONS = ["room", "harmful", "outside", "unlawful", "wished"] as const;
export type Reason = typeof REASONS[number];

export function reasonOf(code: string): Reason | undefined {
  return REASONS.find((one) => one === code);
}

export function reasonWords(reason: Reason): string {
  switch (reason) {
    case "room": return t("the room on the disk is needed");
    case "harmful": return t("it can do harm to whoever opens it");
    case "outside": return t("it has nothing to do with this report");
    case "unlawful": return t("the law forbids keeping it");
    case "wished": return t("whoever sent it wished so");
  }
}

/** One sentence: who, when, why. A reason that this page does not know is left out, and not guessed. */
export function erasedSentence(on: string, code: string): string {
  const reason = reasonOf(code);
  if (reason === undefined) return t("The office deleted this file on {day}. All that was written stays.", { day: day(on) });
  return t("The office deleted this file on {day}, because: {reason}. All that was written stays.", { day: day(on), reason: reasonWords(reason) });
}
