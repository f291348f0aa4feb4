import { parse, write, type Json } from "../seal/jsontext.js";
import { H, b64, same, unb64, utf8 } from "../seal/primitives.js";
import { anotherDay, anotherFile, placeOf, splitBatch, type PublishedDay } from "./batches.js";
import { openCheckpoint, sameCheckpoint, type Checkpoint, type LogName } from "./checkpoints.js";
import { nextDay, readDay } from "./days.js";
import { VERSION, headed, text } from "./documents.js";
import { LedgerError } from "./errors.js";
import { ARRIVAL_SIZE } from "./leaves.js";
import { verifyConsistency } from "./merkle.js";
import { writeNote } from "./notes.js";
import { checkPromise, promiseFields, readPromise, type Promised } from "./promises.js";

const PROOF_LIMIT = 64 * 1024 * 1024;

/** What became of a promise. */
export type PromiseState =
  /** The entry stands in the day's batch, at this place of the whole log. */
  | { readonly state: "kept"; readonly index: number }
  /** The day's batch is not due yet. */
  | { readonly state: "waiting" }
  /** The batch was due and is not served: no proof, but anybody can ask for the same batch. */
  | { readonly state: "overdue" }
  /** The batch is out without the entry; the proof is a document to keep and to show. */
  | { readonly state: "broken"; readonly proof: Uint8Array };

/** The log that a promise speaks of. */
export function logOf(promise: Promised): LogName {
  return promise.leaf.length === ARRIVAL_SIZE ? "arrivals" : "acts";
}

/**
 * Was the promise kept?
 *
 * @param key - the office's promise key, from the charter
 * @param day - the proven day of the promise, undefined if the record has none yet
 * @param today - the asker's day in the office's time zone; a batch is due in the night after its day
 * @throws LedgerError `promise-signature`, or `batch-day` if `day` is of another day or log
 */
export function promiseState(
  promise: Promised, key: Uint8Array, day: PublishedDay | undefined, today: string,
): PromiseState {
  checkPromise(promise, key);
  if (day === undefined) return { state: readDay(today) > nextDay(promise.day) ? "overdue" : "waiting" };
  if (day.day !== promise.day || day.log !== logOf(promise)) throw anotherDay();
  const index = placeOf(day, promise.leaf);
  return index === undefined ? { state: "broken", proof: proofOf(promise, day) } : { state: "kept", index };
}

/**
 * Check a proof of a broken promise and return the promise.
 *
 * @throws LedgerError `broken-shape`, `broken-kept` (the entry is there), `batch-day`, `batch-hash`, or what the
 *   promise, the checkpoint or the batch refuse
 */
export function checkBroken(
  proof: Uint8Array, name: string, promiseKey: Uint8Array, checkpointKey: Uint8Array,
): Promised {
  const { promise, checkpoint, batch } = brokenParts(proof);
  checkPromise(promise, promiseKey);
  const said = openCheckpoint(checkpoint, name, checkpointKey).checkpoint;
  const log = logOf(promise);
  if (said.day !== promise.day || !name.endsWith(`/${b64(promise.office)}/${log}`)) throw anotherDay();
  if (!same(H(batch), said.batch)) throw anotherFile();
  if (splitBatch(batch, log).some((entry) => same(entry, promise.leaf))) {
    throw new LedgerError("broken-kept", "The promise was kept: its entry stands in the record of its day.");
  }
  return promise;
}

/**
 * Check that the log of `now` begins with the log of `seen`, both proven checkpoints.
 *
 * @throws LedgerError `record-origin`, `record-rollback` (shorter than seen), `record-fork` (the two notes together
 *   are proof against the log's keeper), `proof-consistency`
 */
export function checkGrowth(seen: Checkpoint, now: Checkpoint, proof: readonly Uint8Array[]): void {
  if (seen.origin !== now.origin) {
    throw new LedgerError("record-origin", "Two checkpoints are of different records.");
  }
  if (now.size < seen.size || now.day < seen.day) {
    throw new LedgerError("record-rollback", "The record is shorter than it was when last seen.");
  }
  if ((now.size === seen.size || now.day === seen.day) && !sameCheckpoint(seen, now)) {
    throw new LedgerError("record-fork", "The record shows two different pasts.");
  }
  verifyConsistency(seen.size, now.size, proof, seen.root, now.root);
}

/** @throws LedgerError `record-fork` unless `later` continues `earlier` with nothing between them */
export function checkNext(earlier: PublishedDay, later: PublishedDay): void {
  const one = earlier.signed.checkpoint, two = later.signed.checkpoint;
  const follows = one.origin === two.origin && two.day === nextDay(one.day) && later.before.size === one.size;
  if (!follows || !same(later.before.root(), one.root)) {
    throw new LedgerError("record-fork", "A day of the record does not continue the day before.");
  }
}

function proofOf(promise: Promised, day: PublishedDay): Uint8Array {
  const { note, checkpoint } = day.signed;
  return write({
    v: VERSION, kind: "broken promise", promise: promiseFields(promise),
    // Other people's cosignatures are not needed to hold the office to its own word.
    checkpoint: writeNote(note, (line) => line.name === checkpoint.origin), batch: b64(day.batch),
  });
}

interface BrokenParts { readonly promise: Promised; readonly checkpoint: Uint8Array; readonly batch: Uint8Array }

function brokenParts(proof: Uint8Array): BrokenParts {
  try {
    const fields = headed(parse(proof, PROOF_LIMIT), "broken promise", "promise", "checkpoint", "batch");
    const promise = fields["promise"] as Json;
    return {
      promise: readPromise(promise), checkpoint: utf8(text(fields, "checkpoint")), batch: unb64(text(fields, "batch")),
    };
  } catch {
    throw new LedgerError("broken-shape", "This is not a proof of a broken promise.");
  }
}
