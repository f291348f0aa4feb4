import { write, type JsonObject } from "../seal/jsontext.js";
import { b64 } from "../seal/primitives.js";
import { placeOf, type PublishedDay } from "./batches.js";
import { LedgerError } from "./errors.js";
import { leafHash, nodeHash } from "./merkle.js";
import { writeNote } from "./notes.js";
import { promiseFields, type Promised } from "./promises.js";

/** Where an entry stands under a checkpoint. */
export interface Inclusion {
  /** The signed note. */
  readonly checkpoint: string;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
}

/**
 * The inclusion of an entry under its own day's checkpoint: out of what was fetched to see that it is there, so that
 * no server learns of an entry.
 *
 * @throws LedgerError `proof-index` where the entry is not in that day
 */
export function included(day: PublishedDay, entry: Uint8Array): Inclusion {
  const index = placeOf(day, entry);
  if (index === undefined) throw new LedgerError("proof-index", "The entry does not stand in this day.");
  const start = day.before.size;
  const peaks = peaksOf(start, day.before.peaks);
  const hash = (low: number, high: number): Uint8Array => {
    const known = peaks.get(`${low}-${high}`);
    if (known !== undefined) return known;
    const leaf = high - low === 1 ? day.entries[low - start] : undefined;
    if (leaf !== undefined) return leafHash(leaf);
    const middle = low + split(high - low);
    return nodeHash(hash(low, middle), hash(middle, high));
  };
  const hashes: Uint8Array[] = [];
  let low = 0, high = day.signed.checkpoint.size;
  while (high - low > 1) {
    const middle = low + split(high - low);
    if (index < middle) {
      hashes.unshift(hash(middle, high));
      high = middle;
    } else {
      hashes.unshift(hash(low, middle));
      low = middle;
    }
  }
  return { checkpoint: writeNote(day.signed.note), index, hashes };
}

/**
 * A filing proof: that a report was filed, in one file that is checked off-line (formats-record.md §10).
 *
 * @param manifest - as a door serves it
 * @param envelope - the report's, unsealed, with the zeros behind it
 * @param inclusion - undefined before the night after the promise's day
 */
export function filingProof(manifest: Uint8Array, envelope: Uint8Array, promise: Promised, inclusion?: Inclusion): Uint8Array {
  const record: JsonObject = inclusion === undefined ? {} : {
    record: { checkpoint: inclusion.checkpoint, index: inclusion.index, hashes: inclusion.hashes.map(b64) },
  };
  return write({ v: 1, kind: "filing", manifest: b64(manifest), envelope: b64(envelope), promise: promiseFields(promise), ...record });
}

/** The largest power of two below `count` (RFC 6962 §2.1). */
function split(count: number): number {
  let size = 1;
  while (size * 2 < count) size *= 2;
  return size;
}

/** The complete subtrees that cover so many leaves, by the leaves that they cover. */
function peaksOf(size: number, peaks: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> {
  let low = 0;
  return new Map(peaks.map((peak) => {
    let width = 1;
    while (width * 2 <= size - low) width *= 2;
    const place = `${low}-${low + width}`;
    low += width;
    return [place, peak];
  }));
}
