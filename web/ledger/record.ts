import { parse, type Json } from "../seal/jsontext.js";
import { unb64, utf8 } from "../seal/primitives.js";
import { publishedDay, type PublishedDay } from "./batches.js";
import { openCheckpoint, origin, sameCheckpoint, type Checkpoint, type LogName, type SignedCheckpoint } from "./checkpoints.js";
import { readDay } from "./days.js";
import { headed, text } from "./documents.js";
import { LedgerError } from "./errors.js";
import { checkGrowth, checkNext, logOf, promiseState, type PromiseState } from "./keeping.js";
import { findThread, searchTags, type RecordedChain } from "./leaves.js";
import type { Promised } from "./promises.js";
import { Tree } from "./tiles.js";

const HEAD_LIMIT = 64 * 1024;

/** Gives the public file at a path such as `arrivals/checkpoint`, or undefined if there is none. */
export type FileSource = (path: string) => Promise<Uint8Array | undefined>;

/** Whose record it is: the office, and what its charter says of the record. */
export interface RecordIdentity {
  readonly office: Uint8Array;
  readonly host: string;
  readonly promiseKey: Uint8Array;
  readonly checkpointKey: Uint8Array;
}

/** What became of a promise, and the newest checkpoint to remember for the next visit. */
export interface Checked {
  readonly promise: PromiseState;
  readonly newest: SignedCheckpoint | undefined;
}

/** Entries under the numbers of one receipt, found in one day of the record. */
export interface Found {
  readonly day: string;
  readonly entries: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** An office's published record as a browser reads it: only public files, none of which names what is looked for. */
export class PublishedRecord {
  constructor(private readonly identity: RecordIdentity, private readonly files: FileSource) {}

  /** The log's newest checkpoint, undefined before its first night. */
  async newest(log: LogName): Promise<SignedCheckpoint | undefined> {
    const raw = await this.files(`${log}/checkpoint`);
    return raw && openCheckpoint(raw, this.#origin(log), this.identity.checkpointKey);
  }

  /**
   * A proven day of a log, undefined if it is not out.
   *
   * @throws LedgerError `head-shape`, or what {@link publishedDay} refuses
   */
  async day(log: LogName, day: string): Promise<PublishedDay | undefined> {
    const [head, batch] = await Promise.all([this.files(`${log}/${day}/head`), this.files(`${log}/${day}`)]);
    if (head === undefined || batch === undefined) return undefined;
    return publishedDay(log, this.#origin(log), this.identity.checkpointKey, { ...readHead(head), batch }, day);
  }

  /**
   * Check that the log of `now` begins with the log of `seen`.
   *
   * @throws LedgerError what {@link checkGrowth} refuses; `tile-missing`
   */
  async grown(log: LogName, seen: Checkpoint, now: Checkpoint): Promise<void> {
    const tree = new Tree(now.size, (path) => this.files(`${log}/${path}`));
    const proof = now.size > seen.size ? await tree.consistency(seen.size) : [];
    checkGrowth(seen, now, proof);
  }

  /**
   * Was the promise kept, and is the record the one that was seen before? The day is also held against the newest
   * checkpoint: else each visitor could be shown a day of their own.
   *
   * @param today - the asker's day in the office's time zone
   * @param seen - the newest checkpoint of the last visit, if there was one
   * @throws LedgerError whatever does not hold; `record-rollback` if the day is out and no checkpoint covers it
   */
  async check(promise: Promised, today: string, seen?: Checkpoint): Promise<Checked> {
    const log = logOf(promise);
    const newest = await this.newest(log);
    if (seen !== undefined) {
      if (newest === undefined) throw gone();
      await this.grown(log, seen, newest.checkpoint);
    }
    const out = newest !== undefined && newest.checkpoint.day >= promise.day;
    const day = out ? await this.day(log, promise.day) : undefined;
    if (newest !== undefined && day !== undefined) await this.grown(log, day.signed.checkpoint, newest.checkpoint);
    return { promise: promiseState(promise, this.identity.promiseKey, day, today), newest };
  }

  /**
   * The entries of a proven day that the newest checkpoint covers; undefined while its night has not come.
   *
   * @throws LedgerError whatever does not hold
   */
  async entries(log: LogName, day: string): Promise<readonly Uint8Array[] | undefined> {
    const newest = await this.newest(log);
    if (newest === undefined || newest.checkpoint.day < day) return undefined;
    const found = await this.day(log, day);
    if (found === undefined) throw new LedgerError("day-missing", "A day of the published record is missing.");
    await this.grown(log, found.signed.checkpoint, newest.checkpoint);
    return found.entries;
  }

  /**
   * All days of a log, newest first, each proven to be followed by the one given before it.
   *
   * @throws LedgerError `record-fork` if two days do not belong together; `day-missing` if one is not served
   */
  async *days(log: LogName): AsyncGenerator<PublishedDay> {
    const newest = await this.newest(log);
    let later: PublishedDay | undefined;
    let wanted = newest?.checkpoint.day;
    while (wanted !== undefined) {
      const found: PublishedDay | undefined = await this.day(log, wanted);
      if (found === undefined) throw new LedgerError("day-missing", "A day of the published record is missing.");
      if (later !== undefined) checkNext(found, later);
      else if (newest !== undefined && !sameCheckpoint(found.signed.checkpoint, newest.checkpoint)) {
        throw new LedgerError("record-fork", "The record shows two different pasts.");
      }
      yield found;
      later = found;
      wanted = found.before.size > 0 ? dayBefore(found.day) : undefined;
    }
  }

  /**
   * Look through all days for entries of one chain of a receipt: that a mailbox is not there although its entry is
   * proves that it was there.
   *
   * @param tag - the receipt's record tag
   */
  async *search(tag: Uint8Array, chain: RecordedChain): AsyncGenerator<Found> {
    const tags = searchTags(tag, chain);
    for await (const day of this.days("arrivals")) {
      const entries = findThread(day.entries, tags);
      if (entries.size > 0) yield { day: day.day, entries };
    }
  }

  #origin(log: LogName): string {
    return origin(this.identity.host, this.identity.office, log);
  }
}

/**
 * The document that stands beside a batch: checkpoint and right edge before the day.
 *
 * @throws LedgerError `head-shape`
 */
export function readHead(raw: Uint8Array): { checkpoint: Uint8Array; peaks: readonly Uint8Array[] } {
  try {
    const fields = headed(parse(raw, HEAD_LIMIT), "day", "checkpoint", "peaks");
    const peaks = fields["peaks"];
    if (!Array.isArray(peaks)) throw shapeless();
    return { checkpoint: utf8(text(fields, "checkpoint")), peaks: (peaks as readonly Json[]).map(hash) };
  } catch {
    throw shapeless();
  }
}

function hash(value: Json): Uint8Array {
  if (typeof value !== "string") throw shapeless();
  return unb64(value, 32);
}

function dayBefore(day: string): string {
  const instant = new Date(`${readDay(day)}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() - 1);
  return instant.toISOString().slice(0, 10);
}

function gone(): LedgerError {
  return new LedgerError("record-rollback", "The record is shorter than it was when last seen.");
}

function shapeless(): LedgerError {
  return new LedgerError("head-shape", "A day of the record does not have the form that days have.");
}
