/**
 * Several files in one, as a ZIP archive that any program opens, in the one spelling that we write: nothing is
 * compressed, and nothing is left to choose (docs/formats.md, "An exported case"; PKWARE APPNOTE 6.3.10).
 */
import { MalformedError } from "./errors.js";
import { join, same, utf8 } from "./primitives.js";

/** One file: a name of ours, and what is in it. */
export interface ArchivedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50;
const LOCAL_SIZE = 30;
/** 2.0, as it is; 1 January 1980, the first day that the format knows: it tells nobody anything. */
const VERSION = 20, FIRST_DAY = 0x21;
/** Never a path that leads out of a folder, never a name that somebody else chose. */
const NAME = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/;
const MOST_FILES = 65_535;
const SIZE_LIMIT = 2 ** 30;

/** @throws MalformedError `archive-name`, `archive-size` */
export function writeArchive(files: readonly ArchivedFile[]): Uint8Array {
  const names = files.map(({ name }) => name);
  if (new Set(names).size !== names.length || !names.every((name) => NAME.test(name))) {
    throw new MalformedError("archive-name", "A file in the archive has a name that none of ours has.");
  }
  if (files.length > MOST_FILES || files.reduce((sum, { content }) => sum + content.length, 0) > SIZE_LIMIT) {
    throw new MalformedError("archive-size", "This is more than one file can hold.");
  }
  const body: Uint8Array[] = [], listed: Uint8Array[] = [];
  let place = 0;
  for (const { name, content } of files) {
    const text = utf8(name), code = crc32(content);
    listed.push(little([CENTRAL, 4], [VERSION, 2], [VERSION, 2], ...shared(code, content.length, text.length), [0, 2], [0, 2], [0, 2], [0, 4], [place, 4]), text);
    body.push(little([LOCAL, 4], [VERSION, 2], ...shared(code, content.length, text.length)), text, content);
    place += LOCAL_SIZE + text.length + content.length;
  }
  const index = join(...listed);
  return join(...body, index, little([END, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [index.length, 4], [place, 4], [0, 2]));
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

/** CRC-32 (ISO 3309), which ZIP asks for; it proves nothing, hashes do. */
function crc32(bytes: Uint8Array): number {
  let code = 0xffffffff;
  for (const byte of bytes) code = (TABLE[(code ^ byte) & 0xff] ?? 0) ^ (code >>> 8);
  return (code ^ 0xffffffff) >>> 0;
}

function another(): MalformedError {
  return new MalformedError("archive", "This archive was not written by this program, or was altered.");
}
