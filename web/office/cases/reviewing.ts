/** Who decided does not review: what one member closed or set aside, another decides after a second look. */
import type { Doing, Story } from "../arrivals/types.js";

/** They count as one: set aside, looked at again, triaged and closed is the same judgement twice. */
const DECISIONS: ReadonlySet<Doing["what"]> = new Set(["closed", "set-aside", "set-alike"]);

/**
 * Who decided it the last time, or nothing where nobody has. The server holds to the same rule (decision 0128); here it
 * is said before somebody writes grounds that are then refused.
 */
export function decider({ doings }: Pick<Story, "doings">): string | undefined {
  return doings.findLast(({ what }) => DECISIONS.has(what))?.member;
}
