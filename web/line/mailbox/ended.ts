/** The end of a mailbox that had a last day, said to whoever still has its words. */
import { day, t } from "../../elements/words";
import type { Refused } from "../wire";

/** With the day in the reader's language; the server's own sentence where it names no day. */
export function endedWords({ message, more: { day: last } }: Refused): string {
  return typeof last === "string" && /^\d{4}-\d{2}-\d{2}$/.test(last)
    ? t("This mailbox ended on {day}, the last day on which it opened. Thank you for your help.", { day: day(last) }) : message;
}
