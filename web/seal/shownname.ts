import { NAME_BYTES, TYPE_LETTERS } from "./envelope.js";
import { utf8 } from "./primitives.js";

/**
 * Names of files: as they are sealed, and as they are shown to somebody else (formats.md §10, "Shown name").
 *
 * A name comes from the sender's device and is untrusted. Turned writing direction makes `gpj.exe` look like a picture,
 * a path separator leads out of a folder, two hundred blanks push the true ending out of sight. What is shown, and what
 * a file is saved as, is the name without all that.
 */
const NAMELESS = "attachment";
const LONGEST = 100;
const BEGINNING = 70, ENDING = 20;
const CUT = "…";
type Ranges = readonly (readonly [number, number])[];

/** By number, not by category: two languages with two versions of Unicode must agree. */
const BLANK: Ranges = [
  [0x09, 0x0d], [0x20, 0x20], [0x85, 0x85], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029],
  [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000],
];
/** Controls, what turns direction, what nobody sees. Joiners (U+200C, U+200D) stay: languages need them. */
const UNSEEN: Ranges = [
  [0x00, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x34f, 0x34f], [0x61c, 0x61c], [0x115f, 0x1160], [0x17b4, 0x17b5],
  [0x180b, 0x180f], [0x200b, 0x200b], [0x200e, 0x200f], [0x202a, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164],
  [0xd800, 0xdfff], [0xfeff, 0xfeff], [0xffa0, 0xffa0], [0xfff0, 0xfffb], [0xfffe, 0xffff],
  [0x1d173, 0x1d17a], [0xe0000, 0xe0fff],
];
/** What leads to another folder or drive on some system, what looks like it, and what some system takes in no name. */
const SEPARATORS = new Set("/\\:*?\"<>|\u2044\u2215\u2216\u2236\u29f5\u29f8\u29f9\ua789\ufe68\uff0f\uff1a\uff3c");
const STAND_IN = "_";
/** Devices of Windows, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/;

/** The name as it goes into the envelope: the device's own, at most 255 bytes, its ending kept. */
export function keptName(name: string): string {
  const letters = Array.from(name, (letter) => (within(code(letter), [[0xd800, 0xdfff]]) ? "\ufffd" : letter));
  if (utf8(letters.join("")).length <= NAME_BYTES) return letters.join("");
  const ending = CUT + letters.slice(-ENDING).join("");
  let room = NAME_BYTES - utf8(ending).length;
  let beginning = "";
  for (const letter of letters) {
    room -= utf8(letter).length;
    if (room < 0) break;
    beginning += letter;
  }
  return beginning + ending;
}

/** The media type as it goes into the envelope: nothing where the device gives none that fits. */
export function keptType(type: string): string {
  return type.length <= TYPE_LETTERS && /^[ -~]*$/.test(type) ? type : "";
}

/** The name as it may be shown, and as a file may be saved. Put it into its own `<bdi>`. */
export function shownName(name: string): string {
  const letters: string[] = [];
  for (const letter of name) {
    if (within(code(letter), BLANK)) {
      if (letters.at(-1) !== " ") letters.push(" ");
    } else if (!within(code(letter), UNSEEN)) {
      letters.push(SEPARATORS.has(letter) ? STAND_IN : letter);
    }
  }
  // A dot in front hides a file, a dot or blank at the end is dropped by some systems with the ending before it.
  const bare = Array.from(letters.join("").replace(/^[ .]+|[ .]+$/g, ""));
  const cut = bare.length <= LONGEST ? bare : [...bare.slice(0, BEGINNING), CUT, ...bare.slice(-ENDING)];
  const shown = cut.join("");
  const stem = (shown.split(".")[0] ?? "").replace(/^ +| +$/g, "").toLowerCase();
  return (DEVICE.test(stem) ? STAND_IN + shown : shown) || NAMELESS;
}

function code(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}

function within(value: number, ranges: Ranges): boolean {
  return ranges.some(([low, high]) => low <= value && value <= high);
}
