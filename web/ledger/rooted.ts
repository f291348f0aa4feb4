import type { LogClaim } from "../seal/manifest.js";
import { same, utf8 } from "../seal/primitives.js";
import { openCheckpoint, origin } from "./checkpoints.js";
import { nextDay } from "./days.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { checkPromise, readPromise } from "./promises.js";

/** Days for which a promise stands in for inclusion: a small office's machine may rest over a holiday. */
const GRACE = 7;

/**
 * Whether the acts log shows a root document: by promise for a few days, from then on only by inclusion, so that
 * nobody forks the chain unseen for longer. The `logged` of `seal/manifest`.
 *
 * @throws LedgerError what the promise, the checkpoint and the proof say
 */
export function rootLogged(claim: LogClaim): boolean {
  const { office, leaf, row, record, checkpoint, today } = claim;
  if (row.promise !== undefined) {
    const promise = readPromise(row.promise);
    checkPromise(promise, record.promise);
    let due = promise.day;
    for (let days = 0; days < GRACE; days += 1) due = nextDay(due);
    return same(promise.office, office) && same(promise.leaf, leaf) && today <= due;
  }
  if (checkpoint === undefined) return false;
  const name = origin(record.host, office, "acts");
  const { size, root } = openCheckpoint(utf8(checkpoint), name, record.checkpoint).checkpoint;
  verifyInclusion(leafHash(leaf), row.index, size, row.hashes, root);
  return true;
}
