import { openCheckpoint, origin } from "../ledger/checkpoints.js";
import { leafHash, verifyInclusion } from "../ledger/merkle.js";
import { checkPromise, readPromise } from "../ledger/promises.js";
import type { LogClaim } from "../seal/manifest.js";
import { same, utf8 } from "../seal/primitives.js";

/**
 * Whether the record shows a root document: promised for the next batch, or included under the checkpoint served
 * with the manifest. Throws what the record's own checks throw.
 */
export function logged({ office, leaf, row, checkpoint, record }: LogClaim): boolean {
  if (row.promise !== undefined) {
    const promise = readPromise(row.promise);
    checkPromise(promise, record.promise);
    return same(promise.leaf, leaf) && same(promise.office, office);
  }
  if (checkpoint === undefined) return false;
  const signed = openCheckpoint(utf8(checkpoint), origin(record.host, office, "acts"), record.checkpoint);
  const { size, root } = signed.checkpoint;
  verifyInclusion(leafHash(leaf), row.index, size, row.hashes, root);
  return true;
}
