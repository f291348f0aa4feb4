import { H, compare, same } from "../seal/primitives.js";
import { openCheckpoint, type LogName, type SignedCheckpoint } from "./checkpoints.js";
import { readDay } from "./days.js";
import { LedgerError } from "./errors.js";
import { ACT_SIZE, ARRIVAL_SIZE, find } from "./leaves.js";
import { Frontier, leafHash } from "./merkle.js";

export const LEAST = 256;
const STEP = 4;

/** What a door serves for one day of a log. */
export interface ServedDay {
  /** The signed checkpoint after the day. */
  readonly checkpoint: Uint8Array;
  /** The right edge before the day, largest subtree first. */
  readonly peaks: readonly Uint8Array[];
  readonly batch: Uint8Array;
}

/** A day of a log, proven to be what the log's checkpoint says. */
export interface PublishedDay {
  readonly log: LogName;
  readonly day: string;
  readonly signed: SignedCheckpoint;
  /** Right edge before this day; its root is that of the checkpoint before. */
  readonly before: Frontier;
  readonly batch: Uint8Array;
  readonly entries: readonly Uint8Array[];
}

/** Size of one entry of a log, in bytes. */
export function entrySize(log: LogName): number {
  return log === "arrivals" ? ARRIVAL_SIZE : ACT_SIZE;
}

/** Size of the batch that holds so many real entries: the least 256 · 4^j that is enough. */
export function sizeFor(real: number): number {
  let size = LEAST;
  while (size < real) size *= STEP;
  return size;
}

/**
 * The entries of a batch file.
 *
 * @throws LedgerError `batch-size` if it is not 256 · 4^j entries, `batch-order` if they are not sorted
 */
export function splitBatch(batch: Uint8Array, log: LogName): readonly Uint8Array[] {
  const size = entrySize(log);
  const count = batch.length / size;
  if (!Number.isInteger(count) || count === 0 || sizeFor(count) !== count) {
    throw new LedgerError("batch-size", "A day of the record has a size that no day of the record has.");
  }
  const entries = Array.from({ length: count }, (_, place) => batch.slice(place * size, (place + 1) * size));
  let previous: Uint8Array | undefined;
  for (const entry of entries) {
    if (previous !== undefined && compare(previous, entry) >= 0) {
      throw new LedgerError("batch-order", "A day of the record is not in the order of its bytes.");
    }
    previous = entry;
  }
  return entries;
}

/**
 * Prove a day as it was served.
 *
 * @param name - the log's origin, from the charter's record host and the office id
 * @param key - the office's checkpoint key, from the charter
 * @param day - the day that was asked for
 * @throws LedgerError the refusals of checkpoints; `batch-day`, `batch-hash` (not the file that the checkpoint
 *   names), `batch-size`, `batch-order`, `frontier`, or `batch-root` (the tree does not end with these entries)
 */
export function publishedDay(
  log: LogName, name: string, key: Uint8Array, served: ServedDay, day: string,
): PublishedDay {
  const signed = openCheckpoint(served.checkpoint, name, key);
  const said = signed.checkpoint;
  if (said.day !== readDay(day)) throw anotherDay();
  if (!same(H(served.batch), said.batch)) throw anotherFile();
  const entries = splitBatch(served.batch, log);
  if (said.size < entries.length) throw anotherTree();
  const before = new Frontier(said.size - entries.length, served.peaks);
  if (!same(before.grown(entries.map(leafHash)).root(), said.root)) throw anotherTree();
  return { log, day, signed, before, batch: served.batch, entries };
}

/** Index in the whole log of an entry of this day, or undefined if it is not there. */
export function placeOf(day: PublishedDay, entry: Uint8Array): number | undefined {
  const place = find(day.entries, entry).find((at) => day.entries[at]?.length === entry.length);
  return place === undefined ? undefined : day.before.size + place;
}

export function anotherDay(): LedgerError {
  return new LedgerError("batch-day", "The record gave another day or record than the one asked for.");
}

export function anotherFile(): LedgerError {
  return new LedgerError("batch-hash", "A day of the record is not the file that its checkpoint names.");
}

function anotherTree(): LedgerError {
  return new LedgerError("batch-root", "The record does not end with this day's entries.");
}
