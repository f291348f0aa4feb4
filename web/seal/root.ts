import { countSigners, type DocumentFile } from "./document.js";
import { MalformedError, RefusedError } from "./errors.js";
import { sorted, whole } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { b64, H, same } from "./primitives.js";
import { asProven, type Proven } from "./proven.js";

const MOST_KEYS = 16;

/** One administrator's root key: the Ed25519 key, and H of the ML-DSA-44 key for the day both are checked. */
export interface RootKey {
  readonly ed25519: Uint8Array;
  readonly mldsa44: Uint8Array;
}

export interface RootDocument {
  readonly doc: Uint8Array;
  /** H(doc); of number 0 it is F, the office's fingerprint. */
  readonly hash: Uint8Array;
  readonly office: Uint8Array;
  readonly number: number;
  readonly prev: Uint8Array | undefined;
  readonly keys: readonly RootKey[];
  readonly threshold: number;
}

export function readRoot(doc: Uint8Array): RootDocument {
  return whole(parse(doc), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "root");
    const root = {
      doc,
      hash: H(doc),
      office: fields.id("office"),
      number: fields.integer("number"),
      prev: fields.has("prev") ? fields.hash("prev") : undefined,
      keys: fields.set("keys", (value) => whole(value, (key) => ({
        ed25519: key.bytes("ed25519", 32), mldsa44: key.hash("mldsa44"),
      })), MOST_KEYS),
      threshold: fields.integer("threshold", 1),
    };
    checkThreshold(root.keys.length, root.threshold);
    return root;
  });
}

export function writeRoot(root: Omit<RootDocument, "doc" | "hash">): Uint8Array {
  checkThreshold(root.keys.length, root.threshold);
  return write({
    v: 1, kind: "root", office: b64(root.office), number: root.number,
    ...(root.prev && { prev: b64(root.prev) }),
    keys: sorted(root.keys.map((key) => ({ ed25519: b64(key.ed25519), mldsa44: b64(key.mldsa44) }))),
    threshold: root.threshold,
  });
}

/**
 * Walk the chain of root documents from number 0.
 *
 * @param fingerprint - `F` where the poster, the sheet or a pin gave it
 * @throws RefusedError `root-fork`, `root-chain`, `root-threshold`
 */
export function proveRoots(
  files: readonly DocumentFile[], fingerprint?: Uint8Array,
): readonly Proven<RootDocument>[] {
  const chain: Proven<RootDocument>[] = [];
  for (const file of files) {
    const root = readRoot(file.doc);
    const before = chain.at(-1);
    if (before === undefined && fingerprint !== undefined && !same(root.hash, fingerprint)) {
      throw new RefusedError("root-fork", "This is not the office that the poster names.");
    }
    checkPlace(root, before);
    const signedBy = (keys: RootDocument): boolean =>
      countSigners(file, "root", keys.keys.map((key) => key.ed25519)) >= keys.threshold;
    if (!signedBy(root) || (before !== undefined && !signedBy(before))) {
      throw new RefusedError("root-threshold", "Too few administrators have signed the office's root.");
    }
    chain.push(asProven(root));
  }
  if (chain.length === 0) throw new MalformedError("root-chain", "The office shows no root.");
  return chain;
}

function checkPlace(root: RootDocument, before: RootDocument | undefined): void {
  const follows = before === undefined
    ? root.number === 0 && root.prev === undefined
    : root.number === before.number + 1 && root.prev !== undefined && same(root.prev, before.hash)
      && same(root.office, before.office);
  if (!follows) throw new RefusedError("root-chain", "A root document does not follow the one before it.");
}

/** One administrator alone signs alone; from two on, nobody does. */
function checkThreshold(keys: number, threshold: number): void {
  const fits = keys === 1 ? threshold === 1 : keys > 1 && threshold >= 2 && threshold <= keys;
  if (!fits) throw new MalformedError("root-threshold", "A root document has an impossible threshold.");
}
