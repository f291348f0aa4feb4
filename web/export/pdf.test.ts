import { readFileSync, writeFileSync } from "node:fs";

import { create } from "fontkit";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";

import { Face } from "./faces.js";
import type { Faces } from "./lines.js";
import { writePdf, type Page } from "./pdf.js";

const FONTS = new URL("../../node_modules/@embedpdf/", import.meta.url);

function font(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FONTS)));
}

function faces(): Faces {
  return {
    latin: new Face("NotoSans", font("fonts-latin/fonts/NotoSans-Regular.ttf"), undefined),
    chinese: new Face("NotoSansHans", font("fonts-sc/fonts/NotoSansHans-Regular.otf"), undefined),
    arabic: new Face("NotoNaskhArabic", font("fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf"), "arab"),
  };
}

const ENGLISH = "The scale at gate 3 shows forty kilograms too little — office, first floor (Zürich).";
const CHINESE = "三号门的地秤少显示四十公斤。举报人写道：“请在星期五以前回复”，并附上两张照片。";
const ARABIC = "الميزان عند البوابة 3 يُظهر أربعين كيلوغراماً أقل من الوزن الصحيح (منذ شهر مارس).";

async function read(page: Page): Promise<{ texts: string[]; fonts: string[]; bytes: Uint8Array }> {
  const bytes = await writePdf(page, faces());
  if (process.env["KEEP_PDF"] !== undefined) writeFileSync(process.env["KEEP_PDF"], bytes);
  const opened = await getDocument({ data: bytes.slice(), verbosity: 0, useSystemFonts: false }).promise;
  const texts: string[] = [];
  for (let at = 1; at <= opened.numPages; at += 1) {
    const content = await (await opened.getPage(at)).getTextContent();
    texts.push(content.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
  }
  return { texts, fonts: [...new TextDecoder("latin1").decode(bytes).matchAll(/\/BaseFont\/(\w+)/gu)].map(([, name]) => name ?? ""), bytes };
}

function page(...texts: string[]): Page {
  return { title: "A case", language: "en", direction: "ltr", paragraphs: texts.map((text) => ({ as: "text", text, written: true })) };
}

const bare = (text: string): string => text.replace(/\s+/gu, "");

describe("the page to read", () => {
  it("holds the words of three scripts so that they can be found", async () => {
    const { texts, fonts } = await read(page(ENGLISH, CHINESE, ARABIC, `${CHINESE} ${ENGLISH}`, `العنوان ${ENGLISH.slice(0, 20)} ثم 42`));
    const all = bare(texts.join(""));
    expect(all).toContain(bare(ENGLISH));
    expect(all).toContain(bare(CHINESE));
    for (const word of ["الميزان", "البوابة", "أربعين", "الصحيح", "مارس"]) expect(all).toContain(word);
    expect(new Set(fonts)).toEqual(new Set(["NotoSans", "NotoSansHans", "NotoNaskhArabic"]));
  });

  it("sets Arabic from right to left", async () => {
    const bytes = await writePdf(page("الميزان عند البوابة"), faces());
    const opened = await getDocument({ data: bytes, verbosity: 0 }).promise;
    const content = await (await opened.getPage(1)).getTextContent();
    const items = content.items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [{ text: item.str, x: item.transform[4] as number }] : []));
    const place = (word: string): number => items.find(({ text }) => text.includes(word))?.x ?? NaN;
    // Either one run in which the first word is the first read, or words whose first stands rightmost.
    if (items.filter(({ text }) => /\p{L}/u.test(text)).length > 1) expect(place("الميزان")).toBeGreaterThan(place("البوابة"));
    else expect(items.map(({ text }) => text).join("")).toContain("الميزان عند البوابة");
  });

  it("sets the office's own sentences in the direction of the page, and somebody's words in their own", async () => {
    const lines = async (written: boolean): Promise<number> => {
      const bytes = await writePdf({ title: "", language: "ar", direction: "rtl", paragraphs: [{ as: "text", text: "Ilse: قرأه أولاً", written }] }, faces());
      const content = await (await (await getDocument({ data: bytes, verbosity: 0 }).promise).getPage(1)).getTextContent();
      return content.items.flatMap((item) => ("str" in item && item.str.includes("Ilse") ? [item.transform[4] as number] : []))[0] ?? NaN;
    };
    expect(await lines(false)).toBeGreaterThan(400);
    expect(await lines(true)).toBeLessThan(100);
  });

  it("carries only fonts that it uses, and of them only the shapes", async () => {
    const { fonts, bytes } = await read(page(ENGLISH));
    expect(new Set(fonts)).toEqual(new Set(["NotoSans"]));
    expect(bytes.length).toBeLessThan(200_000);
    expect((await read(page(CHINESE))).bytes.length).toBeLessThan(1_200_000);
  });

  it("keeps the outlines of the signs that stand on it, and of those alone", () => {
    const { chinese } = faces();
    const whole = font("fonts-sc/fonts/NotoSansHans-Regular.otf"), read = create(whole);
    chinese.shape("称");
    const table = read.directory.tables["CFF "], strings = read["CFF "]?.topDict.CharStrings ?? [];
    const shape = (letter: string): readonly number[] => {
      const { offset, length } = strings[read.layout(letter).glyphs[0]?.id ?? 0] ?? { offset: 0, length: 0 };
      const start = offset - (table?.offset ?? 0);
      return [...chinese.embedded().subarray(start, start + length)];
    };
    expect(new Set(shape("称")).size).toBeGreaterThan(5);
    expect(new Set(shape("龙"))).toEqual(new Set([0x0e]));
    // Pages ask for it by the number of the font's own list, which is another than its place.
    expect(chinese.texts).toEqual([[chinese.shape("称")[0]?.id, "称"]]);
    expect(chinese.shape("称")[0]?.id).not.toBe(read.layout("称").glyphs[0]?.id);
  });

  it("goes on to further pages, and loses nothing at their edges", async () => {
    const many = Array.from({ length: 200 }, (_, n) => `Line number ${n + 1}.`);
    const { texts } = await read(page(...many));
    expect(texts.length).toBeGreaterThan(2);
    for (const one of many) expect(texts.join("\n")).toContain(one);
  });

  it("breaks what is longer than a line, and shows a sign for what no font has", async () => {
    const long = "a".repeat(400);
    const { texts } = await read(page(long, "A flag: \u{1F3F4}.", "turned \u202E back\u202C, \u0007bell"));
    expect(bare(texts.join(""))).toContain(long);
    expect(texts.join("")).toContain("A flag: \ufffd.");
    expect(texts.join("")).not.toMatch(/[\u202e\u0007]/u);
  });

  it("is a page even where there are no words", async () => {
    expect((await read(page(""))).texts).toHaveLength(1);
  });
});
