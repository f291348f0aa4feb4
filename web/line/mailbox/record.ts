/** The published record: was a promise kept, and is a mailbox that the server does not have in it after all? */
import { openCheckpoint, origin, type Checkpoint, type LogName, type SignedCheckpoint } from "../../ledger/checkpoints";
import type { PromiseState } from "../../ledger/keeping";
import { LedgerError } from "../../ledger/errors";
import { findThread, searchTags } from "../../ledger/leaves";
import { writeNote } from "../../ledger/notes";
import { checkPromise, type Promised } from "../../ledger/promises";
import { PublishedRecord, type FileSource } from "../../ledger/record";
import type { Pins } from "../../seal/pins";
import { same, utf8 } from "../../seal/primitives";
import { plusDays } from "../../elements/days";
import type { ProvenOffice } from "../door";
import { officeDay } from "../office";
import { Refused } from "../wire";

/** Nights that may be missing before a record that stands still is held to be withheld. */
const LATE = 3;

/** The newest checkpoint of each log that this page has seen: what comes later must continue it. */
const seen = new WeakMap<ProvenOffice, Partial<Record<LogName, SignedCheckpoint>>>();
/** Signed notes of an earlier visit, as they were kept. */
const kept = new WeakMap<ProvenOffice, Pins["checkpoints"]>();

/** What an earlier visit saw counts as seen, once it is found to be signed. */
export function remember(office: ProvenOffice, notes: Pins["checkpoints"]): void {
  kept.set(office, notes);
}

/** The newest signed note of each log, for the next visit: what this page has proven, else what was kept before. */
export function checkpointsOf(office: ProvenOffice): Pins["checkpoints"] {
  const [now, before] = [seen.get(office) ?? {}, kept.get(office) ?? {}];
  const noteOf = (log: LogName): string | undefined => {
    const found = now[log];
    return found === undefined ? before[log] : writeNote(found.note, (line) => line.name === found.checkpoint.origin);
  };
  return { arrivals: noteOf("arrivals"), acts: noteOf("acts") };
}

/** @throws LedgerError where the note of an earlier visit is not signed by the office's key, or is of another log */
function before(office: ProvenOffice, log: LogName): Checkpoint | undefined {
  const now = seen.get(office)?.[log];
  if (now !== undefined) return now.checkpoint;
  const note = kept.get(office)?.[log];
  const { host, checkpoint } = office.manifest.charter.record;
  return note === undefined ? undefined : openCheckpoint(utf8(note), origin(host, office.office, log), checkpoint).checkpoint;
}

function saw(office: ProvenOffice, log: LogName, newest: SignedCheckpoint): void {
  seen.set(office, { ...seen.get(office), [log]: newest });
}

/** The record as this office's door shows it, each file asked for once. */
function recordOf(office: ProvenOffice): PublishedRecord {
  const { host, promise, checkpoint } = office.manifest.charter.record;
  const files = new Map<string, Promise<Uint8Array | undefined>>();
  const source: FileSource = (path) => {
    const file = files.get(path) ?? fileOf(office, path);
    files.set(path, file);
    return file;
  };
  return new PublishedRecord({ office: office.office, host, promiseKey: promise, checkpointKey: checkpoint }, source);
}

async function fileOf(office: ProvenOffice, path: string): Promise<Uint8Array | undefined> {
  try {
    return await office.door.get(`record/${path}`);
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
export async function statesOf(office: ProvenOffice, promises: readonly Promised[]): Promise<readonly (PromiseState | undefined)[]> {
  const record = recordOf(office);
  const earlier = before(office, "arrivals");
  const today = officeDay(office);
  const states: (PromiseState | undefined)[] = [];
  for (const promise of promises) {
    if (!signed(promise, office)) {
      states.push(undefined);
      continue;
    }
    const { promise: state, newest } = await record.check(promise, today, earlier);
    if (newest !== undefined) saw(office, "arrivals", newest);
    states.push(state);
  }
  return states;
}

/**
 * Holds the log of acts against the one that was seen before: what members did stands in it, who may read among it.
 *
 * @throws LedgerError where it does not continue what was seen
 */
export async function actsContinue(office: ProvenOffice): Promise<void> {
  const record = recordOf(office);
  const earlier = before(office, "acts");
  const newest = await record.newest("acts");
  if (newest === undefined) {
    if (earlier !== undefined) throw new LedgerError("record-rollback", "The record is shorter than it was when last seen.");
    return;
  }
  if (earlier !== undefined) await record.grown("acts", earlier, newest.checkpoint);
  saw(office, "acts", newest);
}

function signed(promise: Promised, office: ProvenOffice): boolean {
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
  office: ProvenOffice, tag: Uint8Array, looking: (day: string, done: number) => void, going: () => boolean,
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
function requireRecent(office: ProvenOffice, newest: SignedCheckpoint | undefined): void {
  const least = plusDays(officeDay(office), -1 - LATE);
  const shown = newest?.checkpoint.day ?? plusDays(office.manifest.charter.from, -1);
  const earlier = before(office, "arrivals");
  const older = earlier !== undefined && (newest === undefined || newest.checkpoint.size < earlier.size);
  if (shown < least || older) throw new LedgerError("day-missing", "A day of the published record is missing.");
}
