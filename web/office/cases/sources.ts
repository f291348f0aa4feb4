/** Whether a case that was closed as substantiated says what shows it: the server cannot know, so its readers are told. */
import type { Story } from "../arrivals/types.js";

/**
 * True where the newest closing found something and no note of the case says by what. A note that rests on hearsay alone is
 * none: it is not read as one.
 */
export function lacksSources({ status, entries, work }: Pick<Story, "status" | "entries" | "work">): boolean {
  const closing = entries.findLast((one) => one.kind === "message" && one.closing !== null);
  return status === "closed" && closing?.kind === "message" && closing.closing?.outcome === "substantiated" && work.shown.length === 0;
}
