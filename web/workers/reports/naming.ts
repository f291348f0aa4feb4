/** Which entries of which reports the acts of a deletion name (docs/formats.md §18); only what this browser has proven. */
import { compare, unb64 } from "../../seal/primitives.js";

/** Entries in one act, as the record has it. */
export const MOST = 256;

/** Reports by id, base64url, each with the hashes of its entries, base64url. */
export type Proven = ReadonlyMap<string, readonly string[]>;

export interface Named {
  readonly threads: readonly string[];
  readonly erased: readonly string[];
}

/** Reports in the order of their ids; an act takes as many as have 256 entries together, one with more has several. */
export function packed(proven: Proven, most = MOST): Named[] {
  const found: Named[] = [];
  let [threads, erased]: [string[], string[]] = [[], []];
  for (const thread of ordered([...proven.keys()])) {
    const own = proven.get(thread) ?? [];
    if (threads.length > 0 && erased.length + own.length > most) {
      found.push({ threads, erased });
      [threads, erased] = [[], []];
    }
    [threads, erased] = [[...threads, thread], ordered([...erased, ...own])];
    while (erased.length > most) {
      found.push({ threads, erased: erased.slice(0, most) });
      erased = erased.slice(most);
    }
  }
  return [...found, { threads, erased }];
}

/**
 * What is agreed to of acts that somebody else has signed: all of an act, or those of its reports that were proven here.
 *
 * @returns for each act what of it is agreed to, or null where none of its reports is; null for all of them where what was
 *   signed and what was proven here are not the same
 */
export function agreed(asked: readonly Named[], proven: Proven): readonly (Named | null)[] | null {
  const said = new Set<string>();
  const parts: (Named | null)[] = [];
  for (const { threads, erased } of asked) {
    const kept = threads.filter((thread) => proven.has(thread));
    if (kept.length === 0) {
      parts.push(null);
      continue;
    }
    // All of it also where this is one of several acts that a single long report takes.
    const mine = kept.length === threads.length ? erased : ordered(kept.flatMap((thread) => proven.get(thread) ?? []));
    if (!mine.every((hash) => erased.includes(hash))) return null;
    for (const hash of mine) said.add(hash);
    parts.push({ threads: kept, erased: mine });
  }
  const all = new Set([...proven.values()].flat());
  return said.size === all.size && [...all].every((hash) => said.has(hash)) ? parts : null;
}

/** By their bytes: base64url sorts otherwise. */
function ordered(keys: readonly string[]): string[] {
  return [...keys].sort((one, other) => compare(unb64(one), unb64(other)));
}
