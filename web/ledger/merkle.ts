import { sha256 } from "@noble/hashes/sha2.js";
import { join, same } from "../seal/primitives.js";
import { LedgerError } from "./errors.js";

/*
 * Merkle trees of RFC 6962 §2.1: roots, edges and how to check paths. Sizes and indexes count leaves and may
 * pass 2^32, so they are halved by arithmetic, never by shifts.
 */

export const HASH_SIZE = 32;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(join(LEAF, entry));
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(join(NODE, left, right));
}

/** The right edge of a tree: all that is needed to let it grow and to know its root. */
export class Frontier {
  /**
   * @param size - number of leaves
   * @param peaks - hashes of the complete subtrees that cover them, largest first
   * @throws LedgerError `frontier` if the two do not fit
   */
  constructor(readonly size: number, readonly peaks: readonly Uint8Array[]) {
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== ones(size) || !hashes(peaks)) {
      throw new LedgerError("frontier", "The edge of a tree does not fit the tree's size.");
    }
  }

  /** The edge after these leaf hashes were appended. */
  grown(leaves: Iterable<Uint8Array>): Frontier {
    const peaks = [...this.peaks];
    let size = this.size;
    for (const leaf of leaves) {
      let peak = leaf;
      for (let count = size; count % 2 === 1; count = half(count)) {
        const left = peaks.pop();
        if (left === undefined) throw new LedgerError("frontier", "The edge of a tree is incomplete.");
        peak = nodeHash(left, peak);
      }
      peaks.push(peak);
      size += 1;
    }
    return new Frontier(size, peaks);
  }

  root(): Uint8Array {
    return this.peaks.reduceRight<Uint8Array | undefined>(
      (reached, peak) => (reached === undefined ? peak : nodeHash(peak, reached)), undefined,
    ) ?? emptyRoot();
  }
}

/** Root over leaf hashes, in order. */
export function rootOf(leaves: Iterable<Uint8Array>): Uint8Array {
  return new Frontier(0, []).grown(leaves).root();
}

/**
 * Check that `leaf` (a leaf hash) stands at `index` of the tree of `size` leaves under `root`.
 *
 * @throws LedgerError `proof-inclusion` (RFC 9162 §2.1.3.2)
 */
export function verifyInclusion(
  leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[], root: Uint8Array,
): void {
  if (!counts(index, size) || index >= size || !hashes(path)) throw notIncluded();
  let place = index, last = size - 1, reached = leaf;
  for (const part of path) {
    if (last === 0) throw notIncluded();
    if (place % 2 === 1 || place === last) {
      reached = nodeHash(part, reached);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      reached = nodeHash(reached, part);
    }
    place = half(place);
    last = half(last);
  }
  if (last !== 0 || !same(reached, root)) throw notIncluded();
}

/**
 * Check that the tree of `now` leaves begins with the tree of `before` leaves. An empty tree begins every tree.
 *
 * @throws LedgerError `proof-consistency` (RFC 9162 §2.1.4.2)
 */
export function verifyConsistency(
  before: number, now: number, path: readonly Uint8Array[], beforeRoot: Uint8Array, nowRoot: Uint8Array,
): void {
  if (!counts(before, now) || before > now || !hashes(path)) throw notConsistent();
  if (before === 0 || before === now) {
    if (path.length > 0 || !same(beforeRoot, before === now ? nowRoot : emptyRoot())) throw notConsistent();
    return;
  }
  const [first, ...rest] = isPowerOfTwo(before) ? [beforeRoot, ...path] : path;
  if (first === undefined) throw notConsistent();
  let place = before - 1, last = now - 1;
  while (place % 2 === 1) {
    place = half(place);
    last = half(last);
  }
  let older = first, newer = first;
  for (const part of rest) {
    if (last === 0) throw notConsistent();
    if (place % 2 === 1 || place === last) {
      older = nodeHash(part, older);
      newer = nodeHash(part, newer);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      newer = nodeHash(newer, part);
    }
    place = half(place);
    last = half(last);
  }
  if (last !== 0 || !same(older, beforeRoot) || !same(newer, nowRoot)) throw notConsistent();
}

function half(count: number): number {
  return Math.floor(count / 2);
}

function ones(count: number): number {
  let found = 0;
  for (let rest = count; rest > 0; rest = half(rest)) found += rest % 2;
  return found;
}

function isPowerOfTwo(count: number): boolean {
  return ones(count) === 1;
}

function hashes(parts: readonly Uint8Array[]): boolean {
  return parts.every((part) => part.length === HASH_SIZE);
}

function counts(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 0);
}

function notIncluded(): LedgerError {
  return new LedgerError("proof-inclusion", "A proof does not show that the entry stands in the record.");
}

function notConsistent(): LedgerError {
  return new LedgerError("proof-consistency", "A proof does not show that the record only grew.");
}
