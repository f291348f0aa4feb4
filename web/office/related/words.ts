/** What stands beside a report for another one of the same event. */
import { day, t } from "../../elements/words.js";
import { title } from "../arrivals/list.js";
import type { Arrival } from "../arrivals/types.js";

/** @param known - undefined where this member's list does not have it: then no word, no day and no desk of it is said */
export function otherWords(known: Arrival | undefined): string {
  return known === undefined ? t("Another report, which you cannot read") : `${isolated(title(known))} · ${day(known.day, "short")}`;
}

/** Words of another language keep their own direction, and do not tear the day beside them apart. */
function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}

/** In these states a note can be written: of an event more may be reported when its case has long been closed. */
export function isWritable(status: string): boolean {
  return status === "arrived" || status === "case" || status === "closed";
}

/** What stands there while none is linked. So far a label stood for a link, and a note said which report it is. */
export function noneWords(labels: readonly string[]): string {
  return labels.includes("event") ? t("no other report. It has the label for that: which one is meant, a note may say.") : t("no other report");
}
