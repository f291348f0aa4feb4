/** The office's published record, as its own door serves it to a member's browser. Nothing in it is believed unproven. */
import { parseCheckpoint, type Checkpoint } from "../ledger/checkpoints.js";
import { parseNote } from "../ledger/notes.js";
import type { Promised } from "../ledger/promises.js";
import { PublishedRecord, type FileSource } from "../ledger/record.js";
import { SealError } from "../seal/errors.js";
import type { VerifiedManifest } from "../seal/manifest.js";
import { b64, utf8 } from "../seal/primitives.js";
import type { Keyring } from "./keyring.js";

/** Milliseconds for one file of the record. */
const PATIENCE = 10_000;

/** One for each proven manifest: what was fetched counts until everything is proven anew. */
const records = new WeakMap<VerifiedManifest, PublishedRecord>();

/** The record that the charter in force names. */
export function recordOf(keys: Keyring): PublishedRecord {
  const { manifest } = keys;
  const found = records.get(manifest);
  if (found !== undefined) return found;
  const made = recordAsItIsNow(keys);
  records.set(manifest, made);
  return made;
}

/** The same, fetched anew: for who waits for a night while the page stands open. */
export function recordAsItIsNow({ manifest, office }: Keyring): PublishedRecord {
  const { host, promise, checkpoint } = manifest.charter.record;
  return new PublishedRecord({ office, host, promiseKey: promise, checkpointKey: checkpoint }, source(office));
}

/** A checkpoint that this browser proved when it put it into the vault. */
export function remembered(text: string | undefined): Checkpoint | undefined {
  return text === undefined ? undefined : parseCheckpoint(parseNote(utf8(text)).text);
}

/** True if the record of the promise's day holds its entry; false also where the record does not hold. */
export async function isKept(keys: Keyring, promise: Promised): Promise<boolean> {
  try {
    const { promise: found } = await recordOf(keys).check(promise, promise.day);
    return found.state === "kept";
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

function source(office: Uint8Array): FileSource {
  const files = new Map<string, Promise<Uint8Array | undefined>>();
  return (path) => {
    const file = files.get(path) ?? fetched(`${globalThis.location.origin}/at/${b64(office)}/record/${path}`);
    files.set(path, file);
    return file;
  };
}

async function fetched(address: string): Promise<Uint8Array | undefined> {
  try {
    // A record that never answers must not keep anybody from their work: what is missing is said instead.
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 404) return undefined;
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    // Told below, as any other answer that is none.
  }
  throw new SealError("record-unreachable", "The record could not be fetched.");
}
