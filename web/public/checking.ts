/** An acknowledgement against what its office has published: documents first, then the record of its day. */
import { dayAt } from "../elements/days";
import type { PromiseState } from "../ledger/keeping";
import { LedgerError } from "../ledger/errors";
import type { Promised } from "../ledger/promises";
import { PublishedRecord } from "../ledger/record";
import { rootLogged } from "../ledger/rooted";
import { readCharter } from "../seal/charter";
import { RefusedError } from "../seal/errors";
import { parseManifest, proveManifest } from "../seal/manifest";
import { b64 } from "../seal/primitives";

/** Nobody answered: the record may be sound all the same. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export interface Verdict {
  /** The day for which it was promised. */
  readonly promised: string;
  readonly state: PromiseState;
}

/** @throws LedgerError, SealError what does not hold; Unreachable */
export async function checkKept(office: string, promise: Promised): Promise<Verdict> {
  if (b64(promise.office) !== office) throw new LedgerError("promise-signature", "The promise is of another office.");
  const files = parseManifest(await needed(office, "manifest"));
  const { zone } = readCharter(files.charter.doc);
  const today = dayAt(Date.now(), zone);
  const { charter, office: proven } = proveManifest(files, { today, pins: undefined, logged: rootLogged });
  if (b64(proven) !== office) throw new RefusedError("sheet-office", "These are the documents of another office.");
  const { host, promise: promiseKey, checkpoint: checkpointKey } = charter.record;
  const record = new PublishedRecord({ office: proven, host, promiseKey, checkpointKey }, (path) => file(office, path));
  return { promised: promise.day, state: (await record.check(promise, today)).promise };
}

async function needed(office: string, path: string): Promise<Uint8Array> {
  const found = await file(office, path);
  if (found === undefined) throw new Unreachable("no documents");
  return found;
}

async function file(office: string, path: string): Promise<Uint8Array | undefined> {
  let answer: Response;
  try {
    answer = await fetch(`/record/${office}/${path}`, { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" });
  } catch {
    throw new Unreachable("no answer");
  }
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Unreachable(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
}
