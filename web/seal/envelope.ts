import { MalformedError, RefusedError } from "./errors.js";
import { asHash, asText, sorted, whole, wrongType, type Fields } from "./fields.js";
import { parse, TEXT_LIMIT, write, type Json, type JsonObject } from "./jsontext.js";
import { fill, sizeClass } from "./padding.js";
import { b64, H, join, random, sign, u32, utf8, verifies } from "./primitives.js";
import { proofJson, readProof, type Proof } from "./roster.js";

const MAGIC = utf8("fairline/1\n");
const CONTENT = utf8("fairline/1 content\0");
const SIGNATURE_SIZE = 64;
const SALT_SIZE = 32;
export const MOST_FILES = 100;
/** What FILE may say of an attachment: a length, a name and a media type, all from the sender's device. */
export const MOST_BYTES = 4 * 1024 ** 3;
export const NAME_BYTES = 255;
export const TYPE_LETTERS = 127;
/** Kinds that look alike whatever they hold: exact sizes of the whole envelope. */
const EXACT: Readonly<Partial<Record<Kind, number>>> = { identity: 2048, share: 1024 };

export const CHAINS = ["r", "o", "i", "k"] as const;
/** From the reporting person, from the office to them, inside the office, keys. */
export type Chain = (typeof CHAINS)[number];

/** On which chains a kind may stand; none for kinds outside the chains. */
const KINDS = {
  report: ["r"], message: ["r", "o"], rekey: ["r"], handover: ["o"], notice: ["o"], note: ["i"], keys: ["k"],
  identity: [], share: [], own: [], copy: [], request: [], release: [], passed: [], moment: [],
} as const satisfies Readonly<Record<string, readonly Chain[]>>;
export type Kind = keyof typeof KINDS;

/** Who says it: a reporting person's key, a member, or the record's key. Not proven. */
export type By =
  | { readonly key: Uint8Array; readonly entry?: undefined; readonly record?: undefined }
  | { readonly entry: Uint8Array; readonly proof: Proof; readonly key?: undefined; readonly record?: undefined }
  | { readonly record: Uint8Array; readonly key?: undefined; readonly entry?: undefined };

/** An attachment as its envelope names it. */
export interface FileName {
  readonly blob: Uint8Array;
  readonly seed: Uint8Array;
  readonly hash: Uint8Array;
  /** Bytes in clear. */
  readonly size: number;
  /** As the author's device called it, untrusted: {@link shownName}. */
  readonly name: string;
  /** Media type as that device said, untrusted: it never decides what runs. */
  readonly type: string;
}

export interface Header {
  readonly kind: Kind;
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  readonly chain?: Chain | undefined;
  readonly n?: number | undefined;
  /** `c` of the newest before it on its chain that its author verified. */
  readonly prev?: Uint8Array | undefined;
  /** `c` of the newest verified envelope of the other side. */
  readonly seen?: Uint8Array | undefined;
  /** Identity and share: the message they belong to. */
  readonly for?: number | undefined;
  /** H of every recipient the author sealed for. */
  readonly to: readonly Uint8Array[];
  readonly by: By;
  readonly salt: Uint8Array;
  readonly files?: readonly FileName[] | undefined;
}

/** An envelope taken apart. Its form is right; nothing else about it is proven. */
export interface Envelope {
  readonly header: Header;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  /** H(header) ‖ H(body), which is what was signed. */
  readonly signed: Uint8Array;
  /** The content commitment, the same in every sealed copy. */
  readonly c: Uint8Array;
}

/**
 * Write and sign an envelope, filled up to its size class.
 *
 * @param seed - the author's signing seed; `header.by` names its public half or its entry
 * @throws MalformedError `envelope-length` if an identity or a share is longer than its exact size, or the header (many
 *   long file names) longer than 64 KiB
 */
export function writeEnvelope(
  header: Omit<Header, "salt">, body: Uint8Array, seed: Uint8Array,
): { bytes: Uint8Array; c: Uint8Array } {
  const head = write(headerJson({ ...header, salt: random(SALT_SIZE) }));
  if (head.length > TEXT_LIMIT) throw wrongLength();
  const signed = join(H(head), H(body));
  const signature = sign(seed, "envelope", signed);
  const bytes = join(MAGIC, u32(head.length), head, u32(body.length), body, signature);
  return { bytes: fill(bytes, EXACT[header.kind] ?? sizeClass(bytes.length)), c: commitment(signed, signature) };
}

/**
 * Take an envelope apart.
 *
 * @throws MalformedError `envelope-magic`, `envelope-length`, `envelope-padding`, `envelope-kind`,
 *   `envelope-salt`, `envelope-files`, and as JSON and fields do
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new MalformedError("envelope-magic", "What is inside a sealed file is not an envelope.");
  }
  const head = part(bytes, MAGIC.length);
  if (head.length > TEXT_LIMIT) throw wrongLength();
  const bodyAt = MAGIC.length + 4 + head.length;
  const body = part(bytes, bodyAt);
  const signatureAt = bodyAt + 4 + body.length;
  const end = signatureAt + SIGNATURE_SIZE;
  if (end > bytes.length) throw wrongLength();
  const header = whole(parse(head), readHeader);
  if (bytes.length !== (EXACT[header.kind] ?? sizeClass(end)) || bytes.subarray(end).some((byte) => byte !== 0)) {
    throw new MalformedError("envelope-padding", "An envelope is not filled up as it must be.");
  }
  const signature = bytes.slice(signatureAt, end);
  const signed = join(H(head), H(body));
  return { header, body: body.slice(), signature, signed, c: commitment(signed, signature) };
}

/** @throws RefusedError `envelope-signature` unless this key signed it */
export function checkSignature(envelope: Envelope, key: Uint8Array): void {
  if (!verifies(key, "envelope", envelope.signed, envelope.signature)) {
    throw new RefusedError("envelope-signature", "Whoever is named as the author did not sign this.");
  }
}

function commitment(signed: Uint8Array, signature: Uint8Array): Uint8Array {
  return H(join(CONTENT, signed, signature));
}

function part(bytes: Uint8Array, at: number): Uint8Array {
  if (at + 4 > bytes.length) throw wrongLength();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
  if (at + 4 + length > bytes.length) throw wrongLength();
  return bytes.subarray(at + 4, at + 4 + length);
}

function wrongLength(): MalformedError {
  return new MalformedError("envelope-length", "An envelope is shorter or longer than it says.");
}

function readHeader(fields: Fields): Header {
  fields.is("v", 1);
  const kind = fields.text("kind");
  const chain = fields.has("chain") ? fields.text("chain") : undefined;
  const placed = placeOf(kind, chain);
  const header = {
    ...placed,
    office: fields.id("office"),
    desk: fields.id("desk"),
    thread: fields.id("thread"),
    n: placed.chain === undefined ? undefined : fields.integer("n"),
    prev: fields.optional("prev", asHash),
    seen: fields.optional("seen", asHash),
    for: fields.has("for") ? fields.integer("for") : undefined,
    to: fields.set("to", asHash),
    by: fields.read("by", readBy),
    salt: fields.bytes("salt"),
    files: fields.has("files") ? fields.list("files", readFileName, Number.MAX_SAFE_INTEGER) : undefined,
  };
  if (header.salt.length !== SALT_SIZE) throw new MalformedError("envelope-salt", "An envelope has too short a salt.");
  if (header.files !== undefined && header.files.length > MOST_FILES) {
    throw new MalformedError("envelope-files", "An envelope names too many files.");
  }
  if (new Set(header.files?.map(({ blob }) => b64(blob))).size !== (header.files?.length ?? 0)) {
    throw new MalformedError("envelope-files", "An envelope names a file twice.");
  }
  return header;
}

/** A kind on its chain, or outside all of them. */
function placeOf(kind: string, chain: string | undefined): { kind: Kind; chain: Chain | undefined } {
  const known = (Object.keys(KINDS) as Kind[]).find((one) => one === kind);
  const on = CHAINS.find((one) => one === chain);
  const allowed: readonly Chain[] = known === undefined ? [] : KINDS[known];
  const fits = chain === undefined ? allowed.length === 0 : on !== undefined && allowed.includes(on);
  if (known === undefined || !fits) {
    throw new MalformedError("envelope-kind", "An envelope is of a kind that does not belong here.");
  }
  return { kind: known, chain: on };
}

function readBy(value: Json): By {
  return whole(value, (fields): By => {
    if (fields.has("key")) return { key: fields.bytes("key", 32) };
    if (fields.has("record")) return { record: fields.bytes("record", 32) };
    return { entry: fields.bytes("entry"), proof: fields.read("proof", readProof) };
  });
}

function byJson(by: By): JsonObject {
  if (by.key !== undefined) return { key: b64(by.key) };
  if (by.record !== undefined) return { record: b64(by.record) };
  return { entry: b64(by.entry), proof: proofJson(by.proof) };
}

/** A FILE of an envelope's header, or of a note that says what went along. */
export function readFileName(value: Json): FileName {
  return whole(value, (fields) => ({
    blob: fields.id("blob"), seed: fields.bytes("seed", 32), hash: fields.hash("hash"),
    size: fields.integer("size", 0, MOST_BYTES), name: fields.read("name", asFileName), type: fields.read("type", asFileType),
  }));
}

export function fileNameJson({ blob, seed, hash, size, name, type }: FileName): JsonObject {
  return { blob: b64(blob), seed: b64(seed), hash: b64(hash), size, name, type };
}

/** A file's name of at most 255 bytes. */
export function asFileName(value: Json): string {
  const name = asText(value);
  if (utf8(name).length > NAME_BYTES) throw wrongType();
  return name;
}

/** A media type: at most 127 visible ASCII letters, or none. */
export function asFileType(value: Json): string {
  const type = asText(value);
  if (type.length > TYPE_LETTERS || !/^[ -~]*$/.test(type)) throw wrongType();
  return type;
}

function headerJson(header: Header): JsonObject {
  return {
    v: 1, kind: header.kind, office: b64(header.office), desk: b64(header.desk), thread: b64(header.thread),
    ...(header.chain !== undefined && { chain: header.chain }),
    ...(header.n !== undefined && { n: header.n }),
    ...(header.prev && { prev: b64(header.prev) }),
    ...(header.seen && { seen: b64(header.seen) }),
    ...(header.for !== undefined && { for: header.for }),
    to: sorted(header.to.map(b64)),
    by: byJson(header.by),
    salt: b64(header.salt),
    ...(header.files && { files: header.files.map(fileNameJson) }),
  };
}
