/**
 * Several files in one, as a ZIP archive that any program opens, in the one spelling that we write: nothing is
 * compressed, and nothing is left to choose (docs/formats.md, "An exported case"; PKWARE APPNOTE 6.3.10).
 */
import { MalformedError } from "./errors.js";
import { join, same, utf8 } from "./primitives.js";
import type { Source } from "./source.js";

/** One file: a name of ours, and what is in it. */
export interface ArchivedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What is known of a file before its content is written. */
export interface Entry {
  readonly name: string;
  readonly size: number;
  /** CRC-32 of its content. */
  readonly check: number;
}

/** An archive without its contents: what stands before each of them, and what stands behind the last. */
export interface Frame {
  readonly before: readonly Uint8Array[];
  readonly after: Uint8Array;
  /** Bytes of the whole archive. */
  readonly size: number;
}

/** An entry, and where its content begins in the archive. */
export interface Lying extends Entry {
  readonly at: number;
}

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50;
const LOCAL_SIZE = 30, CENTRAL_SIZE = 46, END_SIZE = 22;
/** 2.0, as it is; 1 January 1980, the first day that the format knows: it tells nobody anything. */
const VERSION = 20, FIRST_DAY = 0x21;
/** Never a path that leads out of a folder, never a name that somebody else chose. */
const NAME = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/;
const MOST_FILES = 65_535;
const SIZE_LIMIT = 2 ** 30;
/** Of a table of contents: names of ours are short. */
const INDEX_LIMIT = 16 * 1024 * 1024;

/** @throws MalformedError `archive-name`, `archive-size` */
export function frameOf(entries: readonly Entry[]): Frame {
  const names = entries.map(({ name }) => name);
  if (new Set(names).size !== names.length || !names.every((name) => NAME.test(name))) {
    throw new MalformedError("archive-name", "A file in the archive has a name that none of ours has.");
  }
  if (entries.length > MOST_FILES || entries.reduce((sum, { size }) => sum + size, 0) > SIZE_LIMIT) {
    throw new MalformedError("archive-size", "This is more than one file can hold.");
  }
  const before: Uint8Array[] = [], listed: Uint8Array[] = [];
  let place = 0;
  for (const { name, size, check } of entries) {
    const text = utf8(name);
    listed.push(little([CENTRAL, 4], [VERSION, 2], [VERSION, 2], ...shared(check, size, text.length), [0, 2], [0, 2], [0, 2], [0, 4], [place, 4]), text);
    before.push(join(little([LOCAL, 4], [VERSION, 2], ...shared(check, size, text.length)), text));
    place += LOCAL_SIZE + text.length + size;
  }
  const index = join(...listed);
  const after = join(index, little([END, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [index.length, 4], [place, 4], [0, 2]));
  return { before, after, size: place + after.length };
}

/** @throws MalformedError `archive-name`, `archive-size` */
export function writeArchive(files: readonly ArchivedFile[]): Uint8Array {
  const { before, after } = frameOf(files.map(({ name, content }) => ({ name, size: content.length, check: checkOf(content) })));
  return join(...files.flatMap(({ content }, at) => [before[at] ?? new Uint8Array(), content]), after);
}

/** @throws MalformedError `archive` for any bytes that {@link writeArchive} would not write */
export function readArchive(raw: Uint8Array): ArchivedFile[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const files: ArchivedFile[] = [];
  let place = 0;
  while (place + LOCAL_SIZE <= raw.length && view.getUint32(place, true) === LOCAL && files.length <= MOST_FILES) {
    const size = view.getUint32(place + 18, true);
    const start = place + LOCAL_SIZE + view.getUint16(place + 26, true);
    if (start + size > raw.length) throw another();
    const name = raw.subarray(place + LOCAL_SIZE, start);
    if (name.some((byte) => byte > 0x7f)) throw another();
    files.push({ name: new TextDecoder().decode(name), content: raw.subarray(start, start + size) });
    place = start + size;
  }
  let again: Uint8Array;
  try {
    again = writeArchive(files);
  } catch {
    throw another();
  }
  if (files.length === 0 || !same(again, raw)) throw another();
  return files;
}

/**
 * What lies in an archive and where, read from its end and held, header by header, against what {@link frameOf} would
 * write: whoever then holds each content against its `check` has refused what {@link readArchive} refuses.
 *
 * @throws MalformedError `archive`; what the source throws
 */
export async function readFrame(from: Source): Promise<Lying[]> {
  if (from.size < END_SIZE) throw another();
  const end = await from.read(from.size - END_SIZE, END_SIZE);
  const size = new DataView(end.buffer).getUint32(12, true);
  if (size > INDEX_LIMIT || size + END_SIZE > from.size) throw another();
  const after = await from.read(from.size - END_SIZE - size, size + END_SIZE), entries = entriesIn(after.subarray(0, size));
  let frame: Frame;
  try {
    frame = frameOf(entries);
  } catch {
    throw another();
  }
  if (entries.length === 0 || frame.size !== from.size || !same(frame.after, after)) throw another();
  const lying: Lying[] = [];
  let place = 0;
  for (const [number, entry] of entries.entries()) {
    const head = frame.before[number] ?? new Uint8Array();
    if (!same(await from.read(place, head.length), head)) throw another();
    lying.push({ ...entry, at: place + head.length });
    place += head.length + entry.size;
  }
  return lying;
}

function entriesIn(index: Uint8Array): Entry[] {
  const view = new DataView(index.buffer, index.byteOffset, index.length);
  const entries: Entry[] = [];
  for (let place = 0; place < index.length && entries.length <= MOST_FILES;) {
    if (place + CENTRAL_SIZE > index.length) throw another();
    const name = index.subarray(place + CENTRAL_SIZE, place + CENTRAL_SIZE + view.getUint16(place + 28, true));
    if (name.some((byte) => byte > 0x7f)) throw another();
    entries.push({ name: new TextDecoder().decode(name), check: view.getUint32(place + 16, true), size: view.getUint32(place + 24, true) });
    place += CENTRAL_SIZE + name.length;
  }
  return entries;
}

/** Flags, method, time, day, check, both sizes, length of the name, no extra field: as both headers have them. */
function shared(code: number, size: number, name: number): (readonly [number, 2 | 4])[] {
  return [[0, 2], [0, 2], [0, 2], [FIRST_DAY, 2], [code, 4], [size, 4], [size, 4], [name, 2], [0, 2]];
}

function little(...fields: readonly (readonly [number, 2 | 4])[]): Uint8Array {
  const out = new Uint8Array(fields.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return out;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let code = start;
  for (let bit = 0; bit < 8; bit += 1) code = (code & 1) === 1 ? 0xedb88320 ^ (code >>> 1) : code >>> 1;
  return code;
});

/**
 * CRC-32 (ISO 3309), which ZIP asks for; it proves nothing, hashes do.
 *
 * @param before - of what stands before these bytes
 */
export function checkOf(bytes: Uint8Array, before = 0): number {
  let code = before ^ 0xffffffff;
  for (const byte of bytes) code = (TABLE[(code ^ byte) & 0xff] ?? 0) ^ (code >>> 8);
  return (code ^ 0xffffffff) >>> 0;
}

export function another(): MalformedError {
  return new MalformedError("archive", "This archive was not written by this program, or was altered.");
}
