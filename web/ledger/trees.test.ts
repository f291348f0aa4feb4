import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { u64 } from "../seal/primitives.js";
import { Frontier, emptyRoot, leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion } from "./merkle.js";

/* Roots and paths by the recursive definitions of RFC 6962 §2.1, to hold the iterative checks against. */

type Hashes = readonly Uint8Array[];

function split(size: number): number {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
}

function plainRoot(leaves: Hashes): Uint8Array {
  if (leaves.length < 2) return leaves[0] ?? emptyRoot();
  const at = split(leaves.length);
  return nodeHash(plainRoot(leaves.slice(0, at)), plainRoot(leaves.slice(at)));
}

function path(index: number, leaves: Hashes): Uint8Array[] {
  if (leaves.length < 2) return [];
  const at = split(leaves.length), left = leaves.slice(0, at), right = leaves.slice(at);
  return index < at ? [...path(index, left), plainRoot(right)] : [...path(index - at, right), plainRoot(left)];
}

function growth(old: number, leaves: Hashes, whole = true): Uint8Array[] {
  if (old === leaves.length) return whole ? [] : [plainRoot(leaves)];
  const at = split(leaves.length), left = leaves.slice(0, at), right = leaves.slice(at);
  return old <= at
    ? [...growth(old, left, whole), plainRoot(right)]
    : [...growth(old - at, right, false), plainRoot(left)];
}

function leavesOf(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, place) => leafHash(u64(place)));
}

function flipped(hash: Uint8Array, bit: number): Uint8Array {
  return hash.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

const size = fc.integer({ min: 1, max: 200 });
const bit = fc.nat(255);

describe("trees", () => {
  it("have the root of the definition, however they grew", () => {
    fc.assert(fc.property(fc.nat(200), fc.nat(200), (one, two) => {
      const leaves = leavesOf(one + two);
      const grown = new Frontier(0, []).grown(leaves.slice(0, one)).grown(leaves.slice(one));
      expect(grown.root()).toEqual(plainRoot(leaves));
      expect(rootOf(leaves)).toEqual(plainRoot(leaves));
    }));
  });

  it("prove every leaf, at its own place only", () => {
    fc.assert(fc.property(size, fc.nat(), fc.nat(), (count, one, two) => {
      const leaves = leavesOf(count), index = one % count, other = two % (count + 1);
      const leaf = leaves[index] ?? emptyRoot(), proof = path(index, leaves), root = plainRoot(leaves);
      verifyInclusion(leaf, index, count, proof, root);
      if (other !== index) expect(() => { verifyInclusion(leaf, other, count, proof, root); }).toThrow("proof-inclusion");
    }));
  });

  it("prove nothing when any bit of leaf, root or path is flipped", () => {
    fc.assert(fc.property(size, fc.nat(), fc.nat(), bit, (count, one, two, at) => {
      const leaves = leavesOf(count), index = one % count;
      const parts = [leaves[index] ?? emptyRoot(), plainRoot(leaves), ...path(index, leaves)];
      const altered = parts.map((part, place) => (place === two % parts.length ? flipped(part, at) : part));
      const [leaf = emptyRoot(), root = emptyRoot(), ...proof] = altered;
      expect(() => { verifyInclusion(leaf, index, count, proof, root); }).toThrow("proof-inclusion");
    }));
  });

  it("begin with each of their pasts and with no other", () => {
    fc.assert(fc.property(size, fc.nat(), fc.nat(), bit, (count, one, two, at) => {
      const leaves = leavesOf(count), old = 1 + one % count;
      const parts = [plainRoot(leaves.slice(0, old)), plainRoot(leaves), ...growth(old, leaves)];
      const [before = emptyRoot(), now = emptyRoot(), ...proof] = parts;
      verifyConsistency(old, count, proof, before, now);
      const altered = parts.map((part, place) => (place === two % parts.length ? flipped(part, at) : part));
      const [falseBefore = emptyRoot(), falseNow = emptyRoot(), ...falseProof] = altered;
      expect(() => { verifyConsistency(old, count, falseProof, falseBefore, falseNow); }).toThrow("proof-consistency");
    }));
  });
});
