/** PNG (third edition): only chunks that make the picture stay. */
import { onlyOrientation, readExif, type Hidden } from "./exif";
import type { Stripped } from "./jpeg";
import { big, NotUnderstoodError, Pieces, says, type Source } from "./source";

/** Texts, times, Exif and whatever a program has invented are on no list, and go. */
const PICTURE = new Set([
  "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs",
  "sPLT", "acTL", "fcTL", "fdAT",
]);
const LONGEST_EXIF = 1024 * 1024;

/** What stays of a picture. Throws NotUnderstoodError where it is not built as a PNG file is. */
export async function stripPng(source: Source): Promise<Stripped> {
  const pieces = new Pieces();
  const hidden = new Set<Hidden>();
  let orientation = 1;
  const kept: { readonly type: string; readonly from: number; readonly to: number }[] = [];
  let at = 8;
  for (let type = ""; type !== "IEND";) {
    const head = await source.bytes(at, 8);
    const length = big(head, 0, 4);
    type = String.fromCharCode(...head.subarray(4, 8));
    const end = at + 12 + length;
    if (!/^[A-Za-z]{4}$/.test(type) || end > source.size) throw new NotUnderstoodError("no chunk");
    if (PICTURE.has(type)) {
      kept.push({ type, from: at, to: end });
    } else {
      hidden.add(type === "tIME" ? "time" : "other");
      if (type === "eXIf" && length <= LONGEST_EXIF) {
        const exif = readExif(await source.bytes(at + 8, length));
        orientation = exif.orientation;
        for (const one of exif.hidden) hidden.add(one);
      }
    }
    at = end;
  }
  // Some programs leave the end of a larger picture behind the one that they have cut out of it.
  if (at < source.size) hidden.add("other");
  pieces.keep(0, 8);
  for (const { type, from, to } of kept) {
    pieces.keep(from, to);
    if (type === "IHDR" && orientation !== 1) pieces.put(chunk("eXIf", onlyOrientation(orientation)));
  }
  return { pieces, hidden: [...hidden] };
}

export function isPng(first: Uint8Array): boolean {
  return says(first, 0, "\x89PNG\r\n\x1a\n");
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const made = new Uint8Array(12 + content.length);
  const view = new DataView(made.buffer);
  view.setUint32(0, content.length);
  made.set(new TextEncoder().encode(type), 4);
  made.set(content, 8);
  view.setUint32(8 + content.length, crc(made.subarray(4, 8 + content.length)));
  return made;
}

/** CRC-32 as PNG has it (ISO 3309). */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
