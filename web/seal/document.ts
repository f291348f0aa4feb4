import { asBytes, asHash, asArray, Fields, sorted, whole, wrongType } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { b64, H, publicKey, sign, verifies, type Label } from "./primitives.js";
import { proofJson, readProof, type Proof } from "./roster.js";

export const FILE_LIMIT = 512 * 1024;

/** A signature with H(public key) of who made it. */
export interface Signature {
  readonly key: Uint8Array;
  readonly signature: Uint8Array;
}

/** Who signed a sheet: a roster entry as bytes, and its proof. */
export interface Signer {
  readonly entry: Uint8Array;
  readonly proof: Proof;
}

/** A signed document as it travels. Nothing in it is proven. */
export interface DocumentFile {
  readonly doc: Uint8Array;
  readonly signatures: readonly Signature[];
  readonly by: readonly Signer[];
}

/** Number and hash of a document, as pins, charters and reports name it. */
export interface DocumentName {
  readonly number: number;
  readonly hash: Uint8Array;
}

export function parseFile(bytes: Uint8Array): DocumentFile {
  return readFile(parse(bytes, FILE_LIMIT));
}

export function readFile(value: Json): DocumentFile {
  return whole(value, (fields) => ({
    doc: fields.bytes("doc"),
    signatures: fields.set("sigs", readSignature),
    by: fields.has("by") ? fields.list("by", readSigner) : [],
  }));
}

export function fileJson(file: DocumentFile): JsonObject {
  return {
    doc: b64(file.doc),
    sigs: sorted(file.signatures.map(({ key, signature }): Json => [b64(key), b64(signature)])),
    ...(file.by.length > 0 && { by: file.by.map(signerJson) }),
  };
}

export function writeFile(file: DocumentFile): Uint8Array {
  return write(fileJson(file));
}

export function readSigner(value: Json): Signer {
  return whole(value, (fields) => ({ entry: fields.bytes("entry"), proof: fields.read("proof", readProof) }));
}

export function signerJson(signer: Signer): JsonObject {
  return { entry: b64(signer.entry), proof: proofJson(signer.proof) };
}

/** Sign a document's bytes; `label` is its kind. */
export function signDocument(seed: Uint8Array, label: Label, doc: Uint8Array): Signature {
  return { key: H(publicKey(seed)), signature: sign(seed, label, doc) };
}

/** How many different ones of `keys` (raw Ed25519) have signed the document. */
export function countSigners(file: DocumentFile, label: Label, keys: readonly Uint8Array[]): number {
  const good = keys.filter((key) => {
    const name = b64(H(key));
    return file.signatures.some((one) => b64(one.key) === name && verifies(key, label, file.doc, one.signature));
  });
  return new Set(good.map(b64)).size;
}

/** `{"number": …, "hash": …}` */
export function readName(value: Json): DocumentName {
  return whole(value, nameFields);
}

function nameFields(fields: Fields): DocumentName {
  return { number: fields.integer("number"), hash: fields.hash("hash") };
}

export function nameJson(name: DocumentName): JsonObject {
  return { number: name.number, hash: b64(name.hash) };
}

function readSignature(value: Json): Signature {
  const [key, signature, ...rest] = asArray(value);
  if (key === undefined || signature === undefined || rest.length > 0) throw wrongType();
  return { key: asHash(key), signature: asBytes(signature, 64) };
}
