import { utf8 } from "../../seal/primitives.js";

const SHIFTS = 256;
/** Bits of what is remembered of a text: which three bytes stand side by side in it somewhere. */
const BITS = 1024;
export const MARK_SIZE = BITS / 32;

/** Three bytes as one of the bits. */
function bitOf(a: number, b: number, c: number): number {
  return Math.imul((a << 16) | (b << 8) | c, 0x9e37_79b1) >>> 22;
}

/**
 * Remembers which three bytes stand side by side in a text, so that most words that it does not hold need not be looked
 * for: of 100 000 texts a word in none of them is found in none without reading them.
 */
export function markText(marks: Uint32Array, place: number, text: Uint8Array, start: number, end: number): void {
  const base = place * MARK_SIZE;
  let a = text[start] ?? 0, b = text[start + 1] ?? 0;
  for (let at = start + 2; at < end; at += 1) {
    const c = text[at] ?? 0;
    const bit = bitOf(a, b, c);
    const where = base + (bit >>> 5);
    marks[where] = (marks[where] ?? 0) | (1 << (bit & 31));
    a = b;
    b = c;
  }
}

/**
 * A word that is searched for, in lower case, in texts that are bytes of UTF-8: no character's bytes are part of
 * another's, so bytes are found where the word stands and nowhere else. It is compared from its end, and how far to go
 * on after a byte that does not fit is known beforehand (R. N. Horspool, Practical fast searching in strings, 1980).
 */
export class Word {
  private readonly bytes: Uint8Array;
  private readonly shifts: Uint16Array;
  /** Its own bits: none of a word of one or two bytes. */
  private readonly bits: readonly number[];

  constructor(word: string) {
    this.bytes = utf8(word);
    const { length } = this.bytes;
    this.shifts = new Uint16Array(SHIFTS).fill(length);
    for (const [at, byte] of this.bytes.subarray(0, -1).entries()) this.shifts[byte] = length - 1 - at;
    const { bytes } = this;
    this.bits = Array.from({ length: Math.max(0, length - 2) }, (_, at) => bitOf(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0));
  }

  /** Whether it may stand in a text of which this is remembered; where not, it does not. */
  mayBeIn(marks: Uint32Array, place: number): boolean {
    const base = place * MARK_SIZE;
    for (const bit of this.bits) {
      if (((marks[base + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  /** Whether it stands in the text between two places. */
  isIn(text: Uint8Array, start: number, end: number): boolean {
    const { bytes, shifts } = this;
    const last = bytes.length - 1;
    const final = bytes[last];
    for (let at = start + last; at < end;) {
      const byte = text[at] ?? 0;
      if (byte === final) {
        let back = 1;
        while (back <= last && text[at - back] === bytes[last - back]) back += 1;
        if (back > last) return true;
      }
      at += shifts[byte] ?? 1;
    }
    return false;
  }
}
