import { createCanvas, type Canvas } from "@napi-rs/canvas";
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { inflateSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { PdfFile } from "../export/pdffile.js";
import { pdfOfPictures } from "../export/pictures.js";
import { onlyThePicture } from "../office/files/jpeg.js";
import { utf8 } from "../seal/primitives.js";
import type { Bar } from "./bars.js";
import { codedPage } from "./copying.js";

const MARK = "OrchardKestrel4417";
const FINENESS = { density: 200, points: 8_000_000 };
const FONTS = fileURLToPath(new URL("../../node_modules/pdfjs-dist/standard_fonts/", import.meta.url));
/** The upper half of the page; words stand in either half. */
const UPPER: Bar = { x: 0, y: 0, width: 1, height: 0.5 };
const WORDS = `BT /F1 24 Tf 40 150 Td (${MARK}) Tj 0 -100 Td (What may be read) Tj ET`;

/** A page that holds the mark in its words, hidden, in its title, in a remark and in a file inside it. */
async function telling(drawn = WORDS, box = "0 0 300 200"): Promise<Uint8Array> {
  const file = new PdfFile(), tree = file.reserve();
  const inside = await file.stream("/Type/EmbeddedFile", utf8(MARK));
  const spec = file.add(`<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F ${inside} 0 R>>>>`);
  const font = file.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  const content = await file.stream("", utf8(`${drawn} BT 3 Tr /F1 9 Tf 40 100 Td (${MARK}) Tj ET`));
  const remark = file.add(`<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(${MARK})>>`);
  const page = file.add(`<</Type/Page/Parent ${tree} 0 R/MediaBox[${box}]/Contents ${content} 0 R/Annots[${remark} 0 R]/Resources<</Font<</F1 ${font} 0 R>>/ExtGState<</G<</ca 0/CA 0/BM/Screen>>>>>>>>`);
  file.put(tree, `<</Type/Pages/Count 1/Kids[${page} 0 R]>>`);
  const info = file.add(`<</Title(${MARK})/Author(${MARK})>>`);
  return file.bytes(file.add(`<</Type/Catalog/Pages ${tree} 0 R/Names<</EmbeddedFiles<</Names[(a.txt) ${spec} 0 R]>>>>>>`), info);
}

function opened(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: bytes.slice(), verbosity: 0, standardFontDataUrl: FONTS, useSystemFonts: false }).promise;
}

const fresh = (): HTMLCanvasElement => createCanvas(1, 1) as unknown as HTMLCanvasElement;

async function covered(bytes: Uint8Array, bars: readonly Bar[]): Promise<Uint8Array> {
  const { bytes: jpeg, width, height } = await codedPage(await (await opened(bytes)).getPage(1), FINENESS, bars, fresh);
  return pdfOfPictures([{ ...onlyThePicture(jpeg), width, height }]);
}

/** All that can be read in the file, streams unpacked where they are packed. */
function everything(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/gu)].map(([, content = ""]) => {
    try {
      return inflateSync(Buffer.from(content, "latin1")).toString("latin1");
    } catch {
      return content;
    }
  });
  return [text, ...streams].join("\n");
}

/** The darkest and the lightest point of each half. */
async function halves(bytes: Uint8Array): Promise<{ dark: number; light: number }[]> {
  const page = await (await opened(bytes)).getPage(1), viewport = page.getViewport({ scale: 2 });
  const canvas: Canvas = createCanvas(viewport.width, viewport.height);
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  const half = canvas.height / 2, pen = canvas.getContext("2d");
  return [0, half].map((top) => {
    const { data } = pen.getImageData(0, top + 4, canvas.width, half - 8);
    const points = Array.from({ length: data.length / 4 }, (_one, at) => data[at * 4] ?? 0);
    return { dark: points.reduce((a, b) => Math.min(a, b)), light: points.reduce((a, b) => Math.max(a, b)) };
  });
}

describe("a covered copy of a document", () => {
  it("holds the words nowhere, is black under a bar, and shows the rest", async () => {
    const before = await telling();
    expect(everything(before).split(MARK).length).toBeGreaterThan(5);
    const [words] = await halves(before);
    expect(words?.dark).toBeLessThan(64);
    expect(words?.light).toBeGreaterThan(192);

    const after = await covered(before, [UPPER]);
    expect(everything(after)).not.toContain(MARK);
    expect(everything(after)).not.toContain("What may be read");
    const [upper, lower] = await halves(after);
    expect(upper?.light).toBeLessThan(8);
    expect(lower?.dark).toBeLessThan(64);
    expect(lower?.light).toBeGreaterThan(192);
  });

  it("is pictures on pages of the same size, and says nothing of itself", async () => {
    const copy = await opened(await covered(await telling(), [UPPER]));
    const page = await copy.getPage(1);
    expect(page.view).toEqual([0, 0, 300, 200]);
    expect((await page.getTextContent()).items).toEqual([]);
    expect(await page.getAnnotations()).toEqual([]);
    expect(await copy.getAttachments()).toBeNull();
    const { info, metadata } = await copy.getMetadata();
    expect(Object.keys(info).filter((key) => /Title|Author|Producer|Creator|Date/u.test(key))).toEqual([]);
    expect(metadata).toBeNull();
  });

  it.each([
    ["cuts the pen to a corner", `${WORDS} 0 0 5 5 re W n`], ["moves it aside", `${WORDS} 1 0 0 1 5000 5000 cm`],
    ["makes it transparent", `${WORDS} /G gs`], ["never puts it back", `q q q ${WORDS} 0 0 1 1 re W n /G gs 0.01 0 0 0.01 0 0 cm`],
  ])("is black under a bar also where the page %s", async (_name, drawn) => {
    const [upper] = await halves(await covered(await telling(drawn), [UPPER]));
    expect(upper?.light).toBeLessThan(8);
  });

  it("is drawn no finer than it may be, however large the page", async () => {
    const page = await (await opened(await telling(WORDS, "0 0 14400 14400"))).getPage(1);
    const { across, down } = onlyThePicture((await codedPage(page, { density: 200, points: 100_000 }, [], fresh)).bytes);
    expect(across * down).toBeLessThanOrEqual(100_000);
    expect(across * down).toBeGreaterThan(90_000);
  });
});
