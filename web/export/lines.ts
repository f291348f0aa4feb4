/** From a text to lines of glyphs in the order in which they are seen: Latin, Chinese and Arabic, also in one line. */
import bidiFactory from "bidi-js";

import type { Face, Placed } from "./faces.js";

export interface Faces {
  readonly latin: Face;
  readonly chinese: Face;
  readonly arabic: Face;
}

/** Glyphs of one font that stand side by side. */
export interface Run {
  readonly face: Face;
  readonly glyphs: readonly Placed[];
  /** In 1/1000 of the size. */
  readonly width: number;
}

export interface Line {
  /** From left to right. */
  readonly runs: readonly Run[];
  readonly width: number;
  readonly rightToLeft: boolean;
}

const bidi = bidiFactory();
const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/u;
const IDEOGRAPH = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u{20000}-\u{3ffff}]/u;
/** Signs that begin no line, and signs that end none (GB/T 15834). */
const NOT_FIRST = /^[，。、；：？！）》」』】〉”’…—·,.;:?!)\]}%]/u;
const NOT_LAST = /[（《「『【〈“‘([{]$/u;
/** Signs that steer the direction of writing do so, and are not drawn. */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const JOINERS = /[\u200c\u200d]/u;
const MISSING = 0xfffd;

/**
 * The lines of one paragraph, each at most `width` wide (1/1000 of the size).
 *
 * @param written - it goes in the direction of its own first letter, where it has one
 */
export function linesOf(text: string, width: number, faces: Faces, base: "ltr" | "rtl", written = false): Line[] {
  const own = written && /\p{L}/u.test(text);
  const found = bidi.getEmbeddingLevels(text, own ? "auto" : base);
  const rightToLeft = ((found.paragraphs[0]?.level ?? 0) & 1) === 1;
  const lines: Line[] = [];
  let start = 0, stop = 0, wide = 0;
  const close = (end: number): void => {
    const trimmed = start + text.slice(start, end).trimEnd().length;
    const runs = runsOf(text, start, trimmed, found.levels, faces);
    lines.push({ runs, width: runs.reduce((sum, run) => sum + run.width, 0), rightToLeft });
    start = end;
    wide = 0;
  };
  for (const piece of pieces(text)) {
    const room = measured(piece, faces);
    if (wide > 0 && wide + room > width) close(stop);
    if (room > width) {
      // Longer than a line: an address, say. It is broken where it has to be.
      for (const letter of piece) {
        const one = measured(letter, faces);
        if (wide > 0 && wide + one > width) close(stop);
        wide += one;
        stop += letter.length;
      }
      continue;
    }
    wide += measured(piece, faces, true);
    stop += piece.length;
  }
  if (stop > start || lines.length === 0) close(stop);
  return lines;
}

/** Where a line may end: after spaces, and beside ideographs where no sign forbids it. */
function pieces(text: string): string[] {
  const out: string[] = [];
  let here = "";
  for (const letter of text) {
    const last = Array.from(here).at(-1) ?? "";
    const breaks = here !== "" && !NOT_FIRST.test(letter) && !NOT_LAST.test(here)
      && ((last === " " && letter !== " ") || (letter !== " " && (IDEOGRAPH.test(letter) || IDEOGRAPH.test(last))));
    if (breaks) {
      out.push(here);
      here = "";
    }
    here += letter;
  }
  return here === "" ? out : [...out, here];
}

function measured(piece: string, faces: Faces, withSpace = false): number {
  const text = withSpace ? piece : piece.trimEnd();
  const levels = new Uint8Array(text.length).map((_, at) => (ARABIC.test(text.charAt(at)) ? 1 : 0));
  return runsOf(text, 0, text.length, levels, faces).reduce((sum, run) => sum + run.width, 0);
}

interface Stretch {
  readonly face: Face;
  readonly level: number;
  text: string;
}

function runsOf(text: string, start: number, end: number, levels: Uint8Array, faces: Faces): Run[] {
  const stretches: Stretch[] = [];
  let at = start;
  for (const letter of text.slice(start, end)) {
    const level = levels[at] ?? 0, last = stretches.at(-1);
    at += letter.length;
    if (letter.replace(UNSEEN, "") === "") continue;
    const face = JOINERS.test(letter) && last !== undefined ? last.face : faceOf(letter, faces);
    const drawn = (level & 1) === 1 ? bidi.getMirroredCharacter(letter) ?? letter : letter;
    const shown = face.has(drawn.codePointAt(0) ?? 0) || JOINERS.test(letter) ? drawn : String.fromCodePoint(MISSING);
    if (last?.face === face && last.level === level) last.text += shown;
    else stretches.push({ face, level, text: shown });
  }
  return inSight(stretches).map(({ face, level, text: own }) => {
    // A font shapes Arabic from right to left by itself; of all else the letters are turned here.
    const glyphs = face.shape((level & 1) === 1 && face !== faces.arabic ? Array.from(own).reverse().join("") : own);
    return { face, glyphs, width: glyphs.reduce((sum, { advance }) => sum + advance, 0) };
  });
}

/** From the order of reading to that of sight (Unicode Bidirectional Algorithm, rule L2). */
function inSight(stretches: readonly Stretch[]): Stretch[] {
  const out = [...stretches];
  const levels = out.map(({ level }) => level);
  for (let level = Math.max(0, ...levels); level > 0; level -= 1) {
    let from = 0;
    while (from < out.length) {
      let to = from;
      while (to < out.length && (out[to]?.level ?? 0) >= level) to += 1;
      if (to > from) out.splice(from, to - from, ...out.slice(from, to).reverse());
      from = Math.max(to, from + 1);
    }
  }
  return out;
}

function faceOf(letter: string, { latin, chinese, arabic }: Faces): Face {
  const code = letter.codePointAt(0) ?? 0;
  if (ARABIC.test(letter) && arabic.has(code)) return arabic;
  if (!IDEOGRAPH.test(letter) && latin.has(code)) return latin;
  return chinese.has(code) ? chinese : latin;
}
