import { utf8 } from "../../seal/primitives.js";

const SHIFTS = 256;

/**
 * A word that is searched for, in lower case, in texts that are bytes of UTF-8: no character's bytes are part of
 * another's, so bytes are found where the word stands and nowhere else. It is compared from its end, and how far to go
 * on after a byte that does not fit is known beforehand (R. N. Horspool, Practical fast searching in strings, 1980).
 */
export class Word {
  private readonly bytes: Uint8Array;
  private readonly shifts: Uint16Array;

  constructor(word: string) {
    this.bytes = utf8(word);
    const { length } = this.bytes;
    this.shifts = new Uint16Array(SHIFTS).fill(length);
    for (const [at, byte] of this.bytes.subarray(0, -1).entries()) this.shifts[byte] = length - 1 - at;
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
