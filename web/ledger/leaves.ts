import { H, compare, join, mac, same, u64, utf8 } from "../seal/primitives.js";
import { LedgerError } from "./errors.js";

/* Entries of the arrivals log: 96 bytes T ‖ c ‖ f, all alike, silent to who holds no tag. */

export const ARRIVAL_SIZE = 96;
export const ACT_SIZE = 32;
/** A lost mailbox is looked for under the first thousand numbers: more messages than any thread had. */
export const SEARCH_LIMIT = 1000;

/** The chains that have entries: from the reporting person, from the office. */
export type RecordedChain = "r" | "o";

export interface Arrival {
  /** T: finds the entry for who holds the receipt. */
  readonly tag: Uint8Array;
  /** c: the content commitment, the same in every sealed copy. */
  readonly content: Uint8Array;
  /** f: the commitment to the stored bytes. */
  readonly files: Uint8Array;
}

/** `T(chain, n)` = HMAC-SHA256(tag, chain as one ASCII byte ‖ u64be n). */
export function searchTag(tag: Uint8Array, chain: RecordedChain, number: number): Uint8Array {
  return mac(tag, join(utf8(chain), u64(number)));
}

/** `f` = H("fairline/1 received" ‖ 0x00 ‖ H(file) …), files in their order on the wire. */
export function received(fileHashes: readonly Uint8Array[]): Uint8Array {
  return H(join(utf8("fairline/1 received\u0000"), ...fileHashes));
}

/** The 96 bytes of an entry. */
export function arrivalEntry(arrival: Arrival): Uint8Array {
  return join(arrival.tag, arrival.content, arrival.files);
}

/** @throws LedgerError `leaf-size` */
export function readArrival(entry: Uint8Array): Arrival {
  if (entry.length !== ARRIVAL_SIZE) {
    throw new LedgerError("leaf-size", "An entry of the record has the wrong length.");
  }
  return { tag: entry.slice(0, 32), content: entry.slice(32, 64), files: entry.slice(64) };
}

/** Places of the entries that begin with `searched`, in the sorted entries of one batch. */
export function find(entries: readonly Uint8Array[], searched: Uint8Array): number[] {
  let low = 0, high = entries.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const entry = entries[middle];
    if (entry !== undefined && compare(entry, searched) < 0) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let place = low; place < entries.length; place += 1) {
    const entry = entries[place];
    if (entry === undefined || !same(entry.subarray(0, searched.length), searched)) break;
    found.push(place);
  }
  return found;
}

/**
 * Every entry of one chain of one receipt, by its number in the chain, in the sorted entries of one batch.
 *
 * The answer to "there is no mailbox under these words": an entry found proves that there was one. The tags are
 * computed once for many batches, see {@link searchTags}.
 */
export function findThread(
  entries: readonly Uint8Array[], tags: readonly Uint8Array[],
): ReadonlyMap<number, readonly Uint8Array[]> {
  const found = new Map<number, readonly Uint8Array[]>();
  for (const [number, tag] of tags.entries()) {
    const places = find(entries, tag);
    if (places.length > 0) found.set(number, places.flatMap((place) => entries[place] ?? []));
  }
  return found;
}

/** T(chain, 0 … count − 1). */
export function searchTags(tag: Uint8Array, chain: RecordedChain, count = SEARCH_LIMIT): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, number) => searchTag(tag, chain, number));
}
