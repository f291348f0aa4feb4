/** What is counted of protection as a case closes: words of closed lists, from its notes, and nothing that a person chooses. */
import type { ProtectionSlip } from "../../seal/protecting.js";
import type { ProtectionStory } from "./types.js";

/**
 * The slip of a case; undefined where nobody asked for protection and no measure was taken.
 *
 * @param opened - whether it is a mailbox that was opened for somebody: whoever asks there need not have reported
 */
export function countedProtection({ asks, measures, ended }: Pick<ProtectionStory, "asks" | "measures" | "ended">, opened: boolean): ProtectionSlip | undefined {
  const all = [...measures, ...ended];
  if (asks.length === 0 && all.length === 0) return undefined;
  const asked = asks.length > 0 || all.some(({ grounds }) => grounds === "request");
  return {
    whom: oneOf(all.map(({ whom }) => whom)) ?? (opened ? "not-said" : "reporter"),
    grounds: asked ? "request" : "own-motion",
    measure: oneOf(all.map(({ measure }) => measure)) ?? "none",
    result: all.length === 0 ? "none" : measures.length === 0 ? "ended" : "stands",
  };
}

/** The word that all of them are, or that they are several; undefined of none. */
function oneOf<Word>(words: readonly Word[]): Word | "several" | undefined {
  return new Set(words).size > 1 ? "several" : words[0];
}
