import { H, join } from "./primitives.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** RFC 6962 §2.1: H(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return H(join(LEAF, entry));
}

/** RFC 6962 §2.1: H(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return H(join(NODE, left, right));
}

/** The levels of a complete tree over 2^d leaf hashes, leaves first, root last. */
export function levels(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const out = [[...leaves]];
  for (let below = out[0] ?? []; below.length > 1;) {
    const here: Uint8Array[] = [];
    for (let i = 0; i + 1 < below.length; i += 2) {
      here.push(nodeHash(below[i] ?? LEAF, below[i + 1] ?? LEAF));
    }
    out.push(here);
    below = here;
  }
  return out;
}

/** Root of a complete tree from a leaf hash, its place, and the hashes beside its way up. */
export function climb(leaf: Uint8Array, place: number, hashes: readonly Uint8Array[]): Uint8Array {
  let here = leaf;
  let at = place;
  for (const beside of hashes) {
    here = at % 2 === 1 ? nodeHash(beside, here) : nodeHash(here, beside);
    at = Math.floor(at / 2);
  }
  return here;
}
