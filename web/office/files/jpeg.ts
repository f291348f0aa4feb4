/**
 * What of a JPEG file (ITU T.81) makes the picture, and nothing else of it. A viewer that a file had taken over could send
 * any bytes for the copy that it was to draw: words beside the picture, or behind its end, are left out here.
 */

export interface Jpeg {
  readonly bytes: Uint8Array;
  /** In points of the picture. */
  readonly across: number;
  readonly down: number;
}

/** Begin, and the plainest word on how its colours are meant (JFIF 1.1). */
const BEGIN = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
const END = [0xff, 0xd9];
const SCAN = 0xda;
/** Sizes: sequential and progressive, coded by Huffman's tables. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** Tables and the distance of restarts. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd]);
const COLOURS = 3;

/** Throws RangeError where it is no JPEG file as a browser writes it, with three colours. */
export function onlyThePicture(file: Uint8Array): Jpeg {
  const kept: Uint8Array[] = [Uint8Array.from(BEGIN)];
  let across = 0, down = 0, at = 2;
  if (u16(file, 0) !== 0xffd8) throw new RangeError("no picture");
  for (;;) {
    const marker = file[at + 1] ?? 0, end = at + 2 + u16(file, at + 2);
    if (file[at] !== 0xff) throw new RangeError("no marker");
    if (marker === END[1]) break;
    if (end < at + 4 || end > file.length) throw new RangeError("cut off");
    if (FRAMES.has(marker)) {
      [down, across] = [u16(file, at + 5), u16(file, at + 7)];
      if (file[at + 4] !== 8 || file[at + 9] !== COLOURS) throw new RangeError("other colours");
    } else if (!TABLES.has(marker) && marker !== SCAN && !isWords(marker)) throw new RangeError("another kind");
    const next = marker === SCAN ? scanned(file, end) : end;
    if (!isWords(marker)) kept.push(file.subarray(at, next));
    at = next;
  }
  if (across === 0 || down === 0) throw new RangeError("no size");
  kept.push(Uint8Array.from(END));
  return { bytes: joined(kept), across, down };
}

/** Where the coded picture from `at` on ends. */
function scanned(file: Uint8Array, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new RangeError("no end");
}

/** Whatever programs say of a picture. */
function isWords(marker: number): boolean {
  return (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
