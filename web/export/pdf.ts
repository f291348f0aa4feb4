/** Lines of glyphs on pages, and pages in a PDF file (ISO 32000-1): as much of the format as this needs. */
import { utf8 } from "../seal/primitives.js";
import type { Face } from "./faces.js";
import { linesOf, type Faces, type Line } from "./lines.js";
import { PdfFile } from "./pdffile.js";

/** A paragraph of the page to read. */
export interface Paragraph {
  readonly as: "title" | "heading" | "by" | "text" | "small";
  readonly text: string;
  /** Somebody's own words, which go in their own direction; all others go in that of the page. */
  readonly written?: boolean | undefined;
}

export interface Page {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly paragraphs: readonly Paragraph[];
}

/** A4 in points, with margins. */
const WIDE = 595, HIGH = 842, MARGIN = 56, FOOT = 60;
const KINDS = {
  title: { size: 18, before: 0, grey: 0, bold: true },
  heading: { size: 13, before: 16, grey: 0, bold: true },
  by: { size: 9, before: 10, grey: 0.35, bold: true },
  text: { size: 10.5, before: 2, grey: 0, bold: false },
  small: { size: 8.5, before: 2, grey: 0.35, bold: false },
} as const;
const LEADING = 1.5;

/** The PDF file. Fonts are in it, so that it reads the same everywhere. */
export async function writePdf(page: Page, faces: Faces): Promise<Uint8Array> {
  const sheets = laidOut(page, faces);
  const names = new Map<Face, string>([[faces.latin, "F1"], [faces.chinese, "F2"], [faces.arabic, "F3"]]);
  const file = new PdfFile();
  const fonts: string[] = [];
  const drawn = sheets.map((sheet, at) => drawing(sheet, names, linesOf(`${at + 1} / ${sheets.length}`, WIDE * 1000, faces, "ltr")[0]));
  for (const [face, name] of names) if (face.isUsed) fonts.push(`/${name} ${await embed(file, face)} 0 R`);
  const tree = file.reserve();
  const kids: string[] = [];
  for (const content of drawn) {
    const stream = await file.stream("", utf8(content));
    kids.push(`${file.add(`<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${WIDE} ${HIGH}]/Contents ${stream} 0 R/Resources<</Font<<${fonts.join("")}>>>>>>`)} 0 R`);
  }
  file.put(tree, `<</Type/Pages/Count ${kids.length}/Kids[${kids.join(" ")}]>>`);
  const info = file.add(`<</Title ${unicode(page.title.replace(/[\u2066-\u2069]/gu, ""))}/Producer(Fairline)>>`);
  const root = file.add(`<</Type/Catalog/Pages ${tree} 0 R/Lang(${page.language})/ViewerPreferences<</DisplayDocTitle true/Direction/${page.direction === "rtl" ? "R2L" : "L2R"}>>>>`);
  return file.bytes(root, info);
}

interface Set {
  readonly line: Line;
  readonly kind: (typeof KINDS)[Paragraph["as"]];
  /** Of the line's foot, from the bottom of the page. */
  readonly y: number;
}

function laidOut({ paragraphs, direction }: Page, faces: Faces): Set[][] {
  const sheets: Set[][] = [[]];
  let y = HIGH - MARGIN;
  for (const [at, { as, text, written }] of paragraphs.entries()) {
    const kind = KINDS[as], room = (WIDE - 2 * MARGIN) * 1000 / kind.size, step = kind.size * LEADING;
    const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u).flatMap((part) => linesOf(part, room, faces, direction, written));
    const follows = paragraphs[at + 1];
    // No heading stands alone at the foot of a page.
    const needed = as === "heading" || as === "by" ? step + (follows === undefined ? 0 : KINDS[follows.as].size * LEADING * 2) : step;
    if (y - kind.before - needed < FOOT) y = 0;
    else y -= sheets.at(-1)?.length === 0 ? 0 : kind.before;
    for (const line of lines) {
      if (y - step < FOOT) {
        if (sheets.at(-1)?.length !== 0) sheets.push([]);
        y = HIGH - MARGIN;
      }
      y -= step;
      sheets.at(-1)?.push({ line, kind, y });
    }
  }
  return sheets;
}

function drawing(sheet: readonly Set[], names: ReadonlyMap<Face, string>, foot: Line | undefined): string {
  const out = sheet.map(({ line, kind, y }) => {
    const x = line.rightToLeft ? WIDE - MARGIN - line.width * kind.size / 1000 : MARGIN;
    return drawnLine(line, x, y, kind, names);
  });
  if (foot !== undefined) out.push(drawnLine(foot, (WIDE - foot.width * KINDS.small.size / 1000) / 2, MARGIN / 2, KINDS.small, names));
  return out.join("\n");
}

function drawnLine(line: Line, x: number, y: number, { size, grey, bold }: Set["kind"], names: ReadonlyMap<Face, string>): string {
  // One font of each script is enough: its outlines drawn a little thicker are its bold.
  const out = [`${grey} g ${grey} G`, bold ? `2 Tr ${number(size / 40)} w` : "0 Tr"];
  let at = x;
  for (const { face, glyphs } of line.runs) {
    const shown: string[] = [];
    let from = at, pending = "";
    const flush = (): void => {
      if (pending !== "") shown.push(`1 0 0 1 ${number(from)} ${number(y)} Tm <${pending}> Tj`);
      pending = "";
    };
    const widths = new Map(face.widths);
    for (const { id, advance, x: aside, y: above } of glyphs) {
      const moved = aside !== 0 || above !== 0 || advance !== widths.get(id);
      if (moved || pending === "") {
        flush();
        from = at;
      }
      if (moved) shown.push(`1 0 0 1 ${number(at + aside * size / 1000)} ${number(y + above * size / 1000)} Tm <${code(id)}> Tj`);
      else pending += code(id);
      at += advance * size / 1000;
    }
    flush();
    out.push(`BT /${names.get(face) ?? ""} ${size} Tf ${shown.join(" ")} ET`);
  }
  return out.join(" ");
}

async function embed(file: PdfFile, face: Face): Promise<number> {
  const { ascent, descent, cap, box } = face.measures;
  const program = await file.stream(face.postScript ? "/Subtype/CIDFontType0C" : "", face.embedded());
  const described = file.add(`<</Type/FontDescriptor/FontName/${face.name}/Flags 4/FontBBox[${box.join(" ")}]/ItalicAngle 0/Ascent ${ascent}/Descent ${descent}/CapHeight ${cap}/StemV 80/${face.postScript ? "FontFile3" : "FontFile2"} ${program} 0 R>>`);
  const widths = face.widths.map(([id, width]) => `${id}[${width}]`).join("");
  const kind = face.postScript ? "/Subtype/CIDFontType0" : "/Subtype/CIDFontType2/CIDToGIDMap/Identity";
  const inner = file.add(`<</Type/Font${kind}/BaseFont/${face.name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${described} 0 R/DW 1000/W[${widths}]>>`);
  const texts = await file.stream("", utf8(toUnicode(face)));
  return file.add(`<</Type/Font/Subtype/Type0/BaseFont/${face.name}/Encoding/Identity-H/DescendantFonts[${inner} 0 R]/ToUnicode ${texts} 0 R>>`);
}

function toUnicode(face: Face): string {
  const rows = face.texts.filter(([, text]) => text !== "").map(([id, text]) => `<${code(id)}> <${hex16(text)}>`);
  const blocks = Array.from({ length: Math.ceil(rows.length / 100) }, (_, at) => rows.slice(at * 100, at * 100 + 100));
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks.map((block) => `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`).join("\n")}
endcmap CMapName currentdict /CMap defineresource pop end end`;
}

function code(id: number): string {
  return id.toString(16).padStart(4, "0");
}

function hex16(text: string): string {
  return Array.from({ length: text.length }, (_, at) => code(text.charCodeAt(at))).join("");
}

function unicode(text: string): string {
  return `<feff${hex16(text)}>`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
