declare module "*.ttf" { const bytes: Uint8Array; export default bytes; }
declare module "*.otf" { const bytes: Uint8Array; export default bytes; }

declare module "bidi-js" {
  interface Levels { readonly levels: Uint8Array; readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[] }
  interface Bidi {
    getEmbeddingLevels(text: string, base?: "ltr" | "rtl" | "auto"): Levels;
    getMirroredCharacter(letter: string): string | null;
  }
  export default function bidiFactory(): Bidi;
}

declare module "fontkit" {
  interface Glyph { readonly id: number; readonly codePoints: readonly number[]; readonly advanceWidth: number }
  interface Position { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }
  interface Table { readonly offset: number; readonly length: number }
  export interface Font {
    readonly unitsPerEm: number; readonly ascent: number; readonly descent: number; readonly capHeight: number;
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
    readonly numGlyphs: number;
    readonly directory: { readonly tables: Readonly<Record<string, Table | undefined>> };
    readonly loca?: { readonly offsets: readonly number[] };
    readonly "CFF "?: { readonly topDict: { readonly CharStrings: readonly Table[]; readonly charset: { readonly glyphs?: readonly number[]; readonly ranges?: readonly { readonly first: number; readonly nLeft: number }[] } }; readonly isCIDFont: boolean };
    hasGlyphForCodePoint(code: number): boolean;
    layout(text: string, features?: readonly string[], script?: string, language?: string, direction?: "ltr" | "rtl"): { readonly glyphs: readonly Glyph[]; readonly positions: readonly Position[] };
  }
  export function create(bytes: Uint8Array): Font;
}
