import { b64, same } from "../seal/primitives.js";
import { readDay } from "./days.js";
import { LedgerError } from "./errors.js";
import { HASH_SIZE } from "./merkle.js";
import { ED25519, check, padded64, parseNote, unpadded64, type Note } from "./notes.js";

export type LogName = "arrivals" | "acts";

/** What a log says of itself once a day; see `docs/formats-record.md`. */
export interface Checkpoint {
  readonly origin: string;
  /** Number of entries after the day's batch. */
  readonly size: number;
  readonly root: Uint8Array;
  /** The day whose batch came last, YYYY-MM-DD. */
  readonly day: string;
  /** H(batch file). */
  readonly batch: Uint8Array;
}

/** A checkpoint whose log's own signature has been verified. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

/** Name of a log for ever: `<host>/<office id>/<log>`. */
export function origin(host: string, office: Uint8Array, log: LogName): string {
  return `${host}/${b64(office)}/${log}`;
}

/** The signed text. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { root, batch } = checkpoint;
  return `${checkpoint.origin}\n${checkpoint.size}\n${padded64(root)}\nday ${checkpoint.day}\nbatch ${padded64(batch)}\n`;
}

/**
 * Read the signed text strictly: exactly five lines.
 *
 * @throws LedgerError `checkpoint-shape`
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const [name, size, root, day, batch, end] = lines;
  if (!name || size === undefined || root === undefined || day === undefined || batch === undefined) throw shapeless();
  if (lines.length !== 6 || end !== "" || !SIZE.test(size) || !Number.isSafeInteger(Number(size))) throw shapeless();
  if (!day.startsWith("day ") || !batch.startsWith("batch ")) throw shapeless();
  try {
    return {
      origin: name, size: Number(size), root: hash(root), day: readDay(day.slice(4)), batch: hash(batch.slice(6)),
    };
  } catch {
    throw shapeless();
  }
}

/**
 * Read a signed checkpoint of the log `name` and check the log's own signature.
 *
 * @param key - the office's checkpoint key, from the charter
 * @throws LedgerError the refusals of notes, `checkpoint-shape`, or `checkpoint-origin` for another log
 */
export function openCheckpoint(raw: Uint8Array, name: string, key: Uint8Array): SignedCheckpoint {
  const note = parseNote(raw);
  check(note, { name, key, kind: ED25519 });
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== name) throw new LedgerError("checkpoint-origin", "A checkpoint is of another record.");
  return { checkpoint, note };
}

/** True if both say the same. */
export function sameCheckpoint(one: Checkpoint, two: Checkpoint): boolean {
  return one.origin === two.origin && one.size === two.size && one.day === two.day
    && same(one.root, two.root) && same(one.batch, two.batch);
}

function hash(text: string): Uint8Array {
  const raw = unpadded64(text);
  if (raw.length !== HASH_SIZE) throw shapeless();
  return raw;
}

function shapeless(): LedgerError {
  return new LedgerError("checkpoint-shape", "A checkpoint does not have the form that it must have.");
}
