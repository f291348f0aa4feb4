/** Who decided does not review: what one member closed or set aside, another decides after a second look. */
import type { Doing, Story } from "../arrivals/types.js";

const DECISIONS = { closing: ["closed"], aside: ["set-aside", "set-alike"] } as const satisfies Record<string, readonly Doing["what"][]>;

/**
 * Who decided it the last time, or nothing where nobody has. The server holds to the same rule (decision 0128); here it
 * is said before somebody writes grounds that are then refused.
 */
export function decider({ doings }: Pick<Story, "doings">, what: keyof typeof DECISIONS): string | undefined {
  const wanted: readonly string[] = DECISIONS[what];
  return doings.findLast((one) => wanted.includes(one.what))?.member;
}
