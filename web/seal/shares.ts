import { combine as combineShares, split as splitSecret } from "shamir-secret-sharing";

import { MalformedError, RefusedError } from "./errors.js";
import { H, same } from "./primitives.js";

/** A share of a 32-byte key: 32 bytes y, then one byte x (GF(256), as `shamir-secret-sharing` has it). */
export const SHARE = 33;
/** Largest number of custodians. */
export const MOST = 9;

/** Deal a 32-byte key to `n` custodians so that any `k` can rebuild it; 2 ≤ k ≤ n ≤ 9. */
export async function split(secret: Uint8Array, n: number, k: number): Promise<Uint8Array[]> {
  if (secret.length !== SHARE - 1 || k < 2 || k > n || n > MOST) throw new RangeError("2 ≤ k ≤ n ≤ 9, 32 bytes");
  return splitSecret(secret, n, k);
}

/**
 * Rebuild the key from at least k shares. Each is first held against the hashes that the report names,
 * because plain Shamir gives silent rubbish from one wrong share.
 *
 * @param shares - by index in the deal
 * @throws RefusedError `share-hash` naming the index of a wrong share
 * @throws MalformedError `share-count` for fewer than two
 */
export async function combine(
  shares: ReadonlyMap<number, Uint8Array>, hashes: readonly Uint8Array[],
): Promise<Uint8Array> {
  for (const [index, share] of shares) {
    const expected = hashes[index];
    if (share.length !== SHARE || expected === undefined || !same(H(share), expected)) {
      throw new RefusedError("share-hash", `The share of custodian ${index + 1} is not the one that was dealt.`);
    }
  }
  const places = new Set([...shares.values()].map((share) => share[SHARE - 1]));
  if (shares.size < 2 || places.size !== shares.size) {
    throw new MalformedError("share-count", "At least two different shares are needed.");
  }
  return combineShares([...shares.values()]);
}
