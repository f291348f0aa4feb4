/** The published record: was a promise kept, and is a mailbox that the server does not have in it after all? */
import type { SignedCheckpoint } from "../../ledger/checkpoints";
import type { PromiseState } from "../../ledger/keeping";
import { LedgerError } from "../../ledger/errors";
import { findThread, searchTags } from "../../ledger/leaves";
import { checkPromise, type Promised } from "../../ledger/promises";
import { PublishedRecord, type FileSource } from "../../ledger/record";
import { same } from "../../seal/primitives";
import { plusDays } from "../days";
import { officeDay, type Office } from "../office";
import { addressOf, get, Refused } from "../wire";

/** Nights that may be missing before a record that stands still is held to be withheld. */
const LATE = 3;

/** The newest checkpoint of the arrivals that this page has seen: what comes later must continue it. */
const seen = new WeakMap<Office, SignedCheckpoint>();

/** The record as this office's door shows it, each file asked for once. */
function recordOf(office: Office): PublishedRecord {
  const { host, promise, checkpoint } = office.manifest.charter.record;
  const files = new Map<string, Promise<Uint8Array | undefined>>();
  const source: FileSource = (path) => {
    const file = files.get(path) ?? fileOf(office, path);
    files.set(path, file);
    return file;
  };
  return new PublishedRecord({ office: office.office, host, promiseKey: promise, checkpointKey: checkpoint }, source);
}

async function fileOf(office: Office, path: string): Promise<Uint8Array | undefined> {
  try {
    return await get(addressOf(office.id, `record/${path}`));
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * What became of promises. Each proven day is held against the newest checkpoint, and that against the one that this
 * page saw before: else everybody could be shown a past of their own.
 *
 * @returns one for each promise; none for what this office did not sign, so that junk beside it hides no other
 * @throws LedgerError where the record contradicts itself or what it showed before
 */
export async function statesOf(office: Office, promises: readonly Promised[]): Promise<readonly (PromiseState | undefined)[]> {
  const record = recordOf(office);
  const before = seen.get(office)?.checkpoint;
  const today = officeDay(office);
  const states: (PromiseState | undefined)[] = [];
  for (const promise of promises) {
    if (!signed(promise, office)) {
      states.push(undefined);
      continue;
    }
    const { promise: state, newest } = await record.check(promise, today, before);
    if (newest !== undefined) seen.set(office, newest);
    states.push(state);
  }
  return states;
}

function signed(promise: Promised, office: Office): boolean {
  try {
    checkPromise(promise, office.manifest.charter.record.promise);
    return same(promise.office, office.office);
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

export interface Trace {
  readonly day: string;
  readonly chain: "r" | "o";
  readonly n: number;
}

/**
 * Looks for entries of a receipt in the record, from the newest day back to the first. Every day continues the one
 * before it, so that none can be left out unseen.
 *
 * @param tag - the record tag of the receipt
 * @param looking - called before each day
 * @param going - false ends the search
 * @throws LedgerError `day-missing` where a day is withheld, or the newest that is shown is too old
 */
export async function search(
  office: Office, tag: Uint8Array, looking: (day: string, done: number) => void, going: () => boolean,
): Promise<readonly Trace[]> {
  const record = recordOf(office);
  const chains = [{ chain: "r", tags: searchTags(tag, "r") }, { chain: "o", tags: searchTags(tag, "o") }] as const;
  const newest = await record.newest("arrivals");
  requireRecent(office, newest);
  if (newest === undefined) return [];
  const found: Trace[] = [];
  let done = 0;
  looking(newest.checkpoint.day, done);
  for await (const { day, entries } of record.days("arrivals")) {
    for (const { chain, tags } of chains) {
      for (const n of findThread(entries, tags).keys()) found.push({ day, chain, n });
    }
    if (!going()) break;
    done += 1;
    looking(plusDays(day, -1), done);
  }
  return found;
}

/** A record that ended long ago could hide what came since. */
function requireRecent(office: Office, newest: SignedCheckpoint | undefined): void {
  const least = plusDays(officeDay(office), -1 - LATE);
  const shown = newest?.checkpoint.day ?? plusDays(office.manifest.charter.from, -1);
  const before = seen.get(office)?.checkpoint;
  const older = before !== undefined && (newest === undefined || newest.checkpoint.size < before.size);
  if (shown < least || older) throw new LedgerError("day-missing", "A day of the published record is missing.");
}
