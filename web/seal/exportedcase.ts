/** A case that somebody assigned to it took out, as one archive (docs/formats.md, "An exported case"). */
import { another, checkOf, readArchive, readFrame, type ArchivedFile, type Lying } from "./archive.js";
import { MalformedError, RefusedError } from "./errors.js";
import { asBytes, asHash, asObject, whole, type Fields } from "./fields.js";
import { parse, write, type Json } from "./jsontext.js";
import { b64, H, Hashing, same } from "./primitives.js";
import { stretches, type Source } from "./source.js";
import { readStood, stoodJson, type Stood } from "./stood.js";

/** Why a case was taken out: in the act, so a closed list; what more there is to say is inside the file. */
export const EXPORT_REASONS = ["court", "authority", "review", "person", "move", "safekeeping"] as const;
export type ExportReason = (typeof EXPORT_REASONS)[number];

export const LIST = "list.json", RECORD = "record.json", PAGE = "case.pdf", DOCUMENTS = "documents.json";
const FIXED = [LIST, RECORD, PAGE, DOCUMENTS] as const;
const LIST_LIMIT = 16 * 1024 * 1024;
const RECORD_LIMIT = 256 * 1024;
/** Of all that is no attachment: a page to read with its fonts, and what was written, are in memory when a case is read. */
const HELD_LIMIT = 192 * 1024 * 1024;
const ATTACHMENTS = "attachments/";
export const MOST_POSTS = 20_000;

/** A post as the office's door gives it, and H of its envelope. */
export interface ExportedPost {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly day: string;
  readonly c: Uint8Array;
  readonly f: Uint8Array;
  readonly T: Uint8Array | undefined;
  readonly promise: Json | undefined;
  readonly hash: Uint8Array;
}

/** An attachment: where its bytes lie and H of them, or neither where it was too large. */
export interface ExportedFile {
  readonly blob: Uint8Array;
  readonly name: string;
  readonly size: number;
  readonly part: string | undefined;
  readonly hash: Uint8Array | undefined;
}

/** The list. Nothing in it is proven before the record's promise is. */
export interface ExportedCase {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  readonly day: string;
  /** Id of who took it out. */
  readonly by: Uint8Array;
  readonly reason: ExportReason;
  /** What they wrote about it. */
  readonly words: string;
  readonly status: "case" | "closed";
  /** H of every recipient that their browser had proven for this thread. */
  readonly audience: readonly Uint8Array[];
  readonly posts: readonly ExportedPost[];
  readonly files: readonly ExportedFile[];
  readonly page: Uint8Array;
  readonly documents: Uint8Array;
  /** What the office kept beside it; undefined in exports of before that went along. */
  readonly stood: Stood | undefined;
}

/** The act's row as it stands in the record, and the office's promise of it. */
export interface ExportRecord {
  readonly row: Uint8Array;
  readonly promise: Json;
}

export interface OpenedExport {
  readonly exported: ExportedCase;
  readonly record: ExportRecord;
  /** H of the list, which the act names. */
  readonly digest: Uint8Array;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** One that lies somewhere: its attachments were read through once and held against the list, and are left where they lie. */
export interface LyingExport extends OpenedExport {
  readonly from: Source;
  /** By the name that the list gives them. */
  readonly attachments: ReadonlyMap<string, Lying>;
}

export function envelopePlace({ chain, n }: Pick<ExportedPost, "chain" | "n">): string {
  return `envelopes/${chain}-${n}.fairline`;
}

export function writeList(one: ExportedCase): Uint8Array {
  return write({
    v: 1, kind: "exported case", office: b64(one.office), desk: b64(one.desk), thread: b64(one.thread), day: one.day,
    by: b64(one.by), reason: one.reason, words: one.words, status: one.status, audience: one.audience.map(b64),
    posts: one.posts.map(({ chain, n, day, c, f, T, promise, hash }): Json => ({
      chain, n, day, c: b64(c), f: b64(f), ...(T && { T: b64(T) }), ...(promise !== undefined && { promise }), hash: b64(hash),
    })),
    files: one.files.map(({ blob, name, size, part, hash }): Json => ({
      blob: b64(blob), name, size, ...(part !== undefined && hash !== undefined && { part, hash: b64(hash) }),
    })),
    page: b64(one.page), documents: b64(one.documents), ...(one.stood && { stood: stoodJson(one.stood) }),
  });
}

/** @throws MalformedError `json-…`, `export-part` */
export function readList(raw: Uint8Array): ExportedCase {
  return whole(parse(raw, LIST_LIMIT), (fields) => {
    headed(fields, "exported case");
    return {
      office: fields.id("office"), desk: fields.id("desk"), thread: fields.id("thread"), day: fields.day("day"), by: fields.id("by"),
      reason: fields.one("reason", EXPORT_REASONS), words: fields.text("words"), status: fields.one("status", ["case", "closed"] as const),
      audience: fields.list("audience", asHash), posts: fields.list("posts", (one) => whole(one, readPost), MOST_POSTS),
      files: fields.list("files", (one) => whole(one, readFile), MOST_POSTS), page: fields.hash("page"), documents: fields.hash("documents"),
      stood: fields.optional("stood", readStood),
    };
  });
}

export function writeRecord({ row, promise }: ExportRecord): Uint8Array {
  return write({ v: 1, kind: "export record", row: b64(row), promise });
}

/** @throws MalformedError `json-…` */
export function readRecord(raw: Uint8Array): ExportRecord {
  return whole(parse(raw, RECORD_LIMIT), (fields) => {
    headed(fields, "export record");
    return { row: fields.bytes("row"), promise: fields.read("promise", asObject) };
  });
}

/** The office's manifest, and the files of the charters before the one in it, newest first. */
export function writeDocuments(manifest: Uint8Array, charters: readonly Uint8Array[]): Uint8Array {
  return write({ v: 1, kind: "export documents", manifest: b64(manifest), charters: charters.map(b64) });
}

/** @throws MalformedError `json-…` */
export function readDocuments(raw: Uint8Array): { readonly manifest: Uint8Array; readonly charters: readonly Uint8Array[] } {
  return whole(parse(raw, LIST_LIMIT), (fields) => {
    headed(fields, "export documents");
    return { manifest: fields.bytes("manifest"), charters: fields.list("charters", (one) => asBytes(one)) };
  });
}

/** The names of all files of an export, in their order. */
export function namesOf(one: ExportedCase): string[] {
  return [...FIXED, ...placesOf(one).map(([name]) => name)];
}

/** The files of an export in their order, for `writeArchive`. */
export function archived(one: ExportedCase, record: ExportRecord, contents: ReadonlyMap<string, Uint8Array>): ArchivedFile[] {
  const made = new Map([...contents, [LIST, writeList(one)], [RECORD, writeRecord(record)]]);
  return namesOf(one).map((name) => {
    const content = made.get(name);
    if (content === undefined) throw new RangeError(`the export lacks ${name}`);
    return { name, content };
  });
}

/**
 * Takes an archive apart and holds every file against the list; the list itself is held against the act elsewhere.
 *
 * @throws MalformedError `archive`, `json-…`, `export-files`
 * @throws RefusedError `export-hash`
 */
export function openArchive(raw: Uint8Array): OpenedExport {
  const files = readArchive(raw);
  const contents = new Map(files.map(({ name, content }) => [name, content]));
  return heldAgainstList(files.map(({ name }) => name), contents, (name) => H(contents.get(name) ?? new Uint8Array()));
}

/**
 * The same of an archive that may be larger than memory.
 *
 * @param progress - is told how far it has come, from 0 to 1
 * @throws MalformedError `archive`, `json-…`, `export-files`, `export-size` where too much beside attachments lies in it
 * @throws RefusedError `export-hash`; and what the source throws
 */
export async function openExport(from: Source, progress: (part: number) => void = () => undefined): Promise<LyingExport> {
  const lying = await readFrame(from);
  const isAttached = ({ name }: Lying): boolean => name.startsWith(ATTACHMENTS);
  if (lying.reduce((sum, one) => sum + (isAttached(one) ? 0 : one.size), 0) > HELD_LIMIT) {
    throw new MalformedError("export-size", "More was written in this case than a page can hold.");
  }
  const contents = new Map<string, Uint8Array>(), hashes = new Map<string, Uint8Array>();
  for (const one of lying) {
    const { name, size, check, at } = one;
    const held = isAttached(one) ? undefined : new Uint8Array(size), hashing = new Hashing();
    let found = 0, done = 0;
    for await (const bytes of stretches(from, at, size)) {
      found = checkOf(bytes, found);
      hashing.add(bytes);
      held?.set(bytes, done);
      done += bytes.length;
      progress((at + done) / from.size);
    }
    if (found !== check) throw another();
    hashes.set(name, hashing.end());
    if (held !== undefined) contents.set(name, held);
  }
  const opened = heldAgainstList(lying.map(({ name }) => name), contents, (name) => hashes.get(name) ?? new Uint8Array());
  return { ...opened, from, attachments: new Map(lying.filter(isAttached).map((one) => [one.name, one])) };
}

/** @param names - of the files, in the order in which they lie there */
function heldAgainstList(names: readonly string[], contents: ReadonlyMap<string, Uint8Array>, hashOf: (name: string) => Uint8Array): OpenedExport {
  const [list, record, page, documents] = FIXED.map((name, at) => (names[at] === name ? contents.get(name) : undefined));
  if (list === undefined || record === undefined || page === undefined || documents === undefined) {
    throw new MalformedError("export-files", "This is no exported case.");
  }
  const exported = readList(list), read = readRecord(record);
  const places = placesOf(exported);
  // What is listed twice would lie there once, and only one of the two would be held against it.
  if (names.slice(FIXED.length).join("\n") !== places.map(([name]) => name).join("\n")) {
    throw new MalformedError("export-files", "Other files lie in this export than its list names.");
  }
  for (const [name, hash] of [...places, [PAGE, exported.page], [DOCUMENTS, exported.documents]] as const) {
    if (!same(hashOf(name), hash)) {
      throw new RefusedError("export-hash", "A file of this export is not the one that its list names.");
    }
  }
  return { exported, record: read, digest: H(list), contents };
}

function placesOf({ posts, files }: ExportedCase): (readonly [string, Uint8Array])[] {
  return [
    ...posts.map((post) => [envelopePlace(post), post.hash] as const),
    ...files.flatMap(({ part, hash }) => (part === undefined || hash === undefined ? [] : [[part, hash] as const])),
  ];
}

function readPost(fields: Fields): ExportedPost {
  return {
    chain: fields.one("chain", ["r", "o", "i"] as const), n: fields.integer("n"), day: fields.day("day"), c: fields.hash("c"), f: fields.hash("f"),
    T: fields.optional("T", asHash), promise: fields.optional("promise", asObject), hash: fields.hash("hash"),
  };
}

function readFile(fields: Fields): ExportedFile {
  const has = fields.has("part");
  const part = has ? fields.text("part") : undefined;
  if (part?.startsWith(ATTACHMENTS) === false) throw new MalformedError("export-part", "An attachment lies where none can lie.");
  return { blob: fields.id("blob"), name: fields.text("name"), size: fields.integer("size"), part, hash: has ? fields.hash("hash") : undefined };
}

function headed(fields: Fields, kind: string): void {
  fields.is("v", 1);
  fields.is("kind", kind);
}
