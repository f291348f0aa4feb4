import { combine as combineShares, split as splitSecret } from "shamir-secret-sharing";

import { MalformedError, RefusedError } from "./errors.js";
import { H, join, same } from "./primitives.js";

/** A share of a 32-byte key: 32 bytes y, then one byte x (GF(256), as `shamir-secret-sharing` has it). */
export const SHARE = 33;
/** Largest number of custodians. */
export const MOST = 9;
/** Elements of GF(256). */
const FIELD = 256;

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

/**
 * Make a share that was lost once more, exactly as it was dealt, from at least k others. No deal is made anew: each share
 * lies on the same curves, and its hash tells when the right place is found.
 *
 * @returns the share; undefined where these are fewer than k
 * @throws RefusedError `share-hash` naming the index of a wrong share
 * @throws MalformedError `share-count` for fewer than two, or if none of that index was dealt or it is not lost
 */
export async function again(
  shares: ReadonlyMap<number, Uint8Array>, hashes: readonly Uint8Array[], lost: number,
): Promise<Uint8Array | undefined> {
  await combine(shares, hashes);
  const expected = hashes[lost];
  if (expected === undefined || shares.has(lost)) throw new MalformedError("share-count", "This share is not one that was lost.");
  const found = [...shares.values()], taken = new Set(found.map((share) => share[SHARE - 1]));
  for (let place = 1; place < FIELD; place += 1) {
    if (taken.has(place)) continue;
    // What the curves have at a place lies at 0 once all is moved by it, which is xor in this field.
    const moved = found.map((share) => Uint8Array.from(share, (byte, at) => at === SHARE - 1 ? byte ^ place : byte));
    const share = join(await combineShares(moved), Uint8Array.of(place));
    if (same(H(share), expected)) return share;
  }
  return undefined;
}
