/**
 * A font as it goes into a page: with the shapes that are used and no others. Numbers of glyphs stay as they are; what
 * is not used is blanked where it lies, so nothing in the font has to be rewritten, and blanks take no room compressed.
 */
import { create, type Font } from "fontkit";

/** A glyph in its place; `id` is the number by which a page asks for it: `x` and `y` move it, `advance` is how far the next one stands; all in 1/1000 of the size. */
export interface Placed {
  readonly id: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

const ENDCHAR = 0x0e;
/** Composite glyphs (OpenType, `glyf`): words follow, a scale follows, more components follow. */
const WORDS = 1, SCALE = 8, MORE = 32, TWO_SCALES = 64, MATRIX = 128;

export class Face {
  private readonly font: Font;
  /** Fonts of many thousand signs number them for pages otherwise than they keep them. */
  private readonly asked: readonly number[] | undefined;
  /** What each used glyph stands for, how wide it is, and its place in the font; by the number that pages ask for. */
  private readonly used = new Map<number, { readonly text: string; readonly width: number; readonly place: number }>();

  constructor(readonly name: string, private readonly bytes: Uint8Array, private readonly script: "arab" | undefined) {
    this.font = create(bytes);
    this.asked = askedFor(this.font);
  }

  has(code: number): boolean {
    return this.font.hasGlyphForCodePoint(code);
  }

  /** Glyphs of a run of one direction, from left to right. */
  shape(text: string): Placed[] {
    const { glyphs, positions } = this.script === undefined ? this.font.layout(text) : this.font.layout(text, [], this.script, undefined, "rtl");
    return glyphs.map(({ id: place, codePoints, advanceWidth }, at) => {
      const position = positions[at], id = this.asked?.[place] ?? place;
      if (!this.used.has(id)) this.used.set(id, { text: String.fromCodePoint(...codePoints), width: this.thousandths(advanceWidth), place });
      return {
        id, advance: this.thousandths(position?.xAdvance ?? advanceWidth), x: this.thousandths(position?.xOffset ?? 0), y: this.thousandths(position?.yOffset ?? 0),
      };
    });
  }

  get isUsed(): boolean {
    return this.used.size > 0;
  }

  /** Outlines in PostScript's form are embedded as their table alone, the others as the whole font. */
  get postScript(): boolean {
    return this.font["CFF "] !== undefined;
  }

  /** Width of each used glyph, by rising number. */
  get widths(): [number, number][] {
    return [...this.used].map(([id, { width }]): [number, number] => [id, width]).sort(([a], [b]) => a - b);
  }

  /** What each used glyph stands for, so that the text can be found and copied. */
  get texts(): [number, string][] {
    return [...this.used].map(([id, { text }]): [number, string] => [id, text]).sort(([a], [b]) => a - b);
  }

  get measures(): { readonly ascent: number; readonly descent: number; readonly cap: number; readonly box: readonly number[] } {
    const { ascent, descent, capHeight, bbox: { minX, minY, maxX, maxY } } = this.font;
    const box = [minX, minY, maxX, maxY].map((one) => this.thousandths(one));
    return { ascent: this.thousandths(ascent), descent: this.thousandths(descent), cap: this.thousandths(capHeight), box };
  }

  /** The font with the used shapes alone. */
  embedded(): Uint8Array {
    return this.postScript ? this.blankedStrings() : this.blankedOutlines();
  }

  private blankedStrings(): Uint8Array {
    const table = this.font.directory.tables["CFF "], strings = this.font["CFF "]?.topDict.CharStrings ?? [];
    if (table === undefined) throw new RangeError("a font without outlines");
    const out = this.bytes.slice(), places = this.places();
    for (const [place, { offset, length }] of strings.entries()) {
      if (!places.has(place)) out.fill(ENDCHAR, offset, offset + length);
    }
    return out.subarray(table.offset, table.offset + table.length);
  }

  private blankedOutlines(): Uint8Array {
    const table = this.font.directory.tables["glyf"], offsets = this.font.loca?.offsets;
    if (table === undefined || offsets === undefined) throw new RangeError("a font without outlines");
    const out = this.bytes.slice(), view = new DataView(out.buffer);
    const kept = new Set<number>([0]);
    const keep = (id: number): void => {
      if (kept.has(id) && id !== 0) return;
      kept.add(id);
      for (const part of components(view, table.offset + (offsets[id] ?? 0), table.offset + (offsets[id + 1] ?? 0))) keep(part);
    };
    for (const place of this.places()) keep(place);
    for (let id = 0; id + 1 < offsets.length; id += 1) {
      if (!kept.has(id)) out.fill(0, table.offset + (offsets[id] ?? 0), table.offset + (offsets[id + 1] ?? 0));
    }
    return out;
  }

  /** The first is drawn where a number is none. */
  private places(): Set<number> {
    return new Set([0, ...[...this.used.values()].map(({ place }) => place)]);
  }

  private thousandths(units: number): number {
    return Math.round(units * 1000 / this.font.unitsPerEm);
  }
}

/** The number of each glyph for pages, where the font has its own (CFF specification, "Charsets"). */
function askedFor(font: Font): number[] | undefined {
  const table = font["CFF "];
  if (table?.isCIDFont !== true) return undefined;
  const { charset } = table.topDict;
  if (charset.glyphs !== undefined) return [0, ...charset.glyphs];
  const asked = [0];
  for (const { first, nLeft } of charset.ranges ?? []) for (let more = 0; more <= nLeft; more += 1) asked.push(first + more);
  return asked;
}

/** The glyphs that a composite glyph is made of. */
function components(view: DataView, start: number, end: number): number[] {
  if (end - start < 10 || view.getInt16(start) >= 0) return [];
  const found: number[] = [];
  let at = start + 10, flags = MORE;
  while ((flags & MORE) !== 0 && at + 4 <= end) {
    flags = view.getUint16(at);
    found.push(view.getUint16(at + 2));
    at += 4 + ((flags & WORDS) === 0 ? 2 : 4);
    if ((flags & SCALE) !== 0) at += 2;
    else if ((flags & TWO_SCALES) !== 0) at += 4;
    else if ((flags & MATRIX) !== 0) at += 8;
  }
  return found;
}
