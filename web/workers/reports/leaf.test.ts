import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { IndexPage, TEXT_MAX, writeDelta } from "../../seal/indexpages.js";
import { utf8 } from "../../seal/primitives.js";
import { Leaf } from "./leaf.js";
import { cutBytes } from "./search.js";
import { MARK_SIZE, markText, Word } from "./word.js";

function leafOf(written: string, titled: number): { leaf: Leaf; text: string } {
  const text = cutBytes(written, TEXT_MAX);
  const entry = {
    thread: new Uint8Array(16), counts: [1, 0, 0] as const, ours: true, faulty: false, apart: false, test: false, labels: 0,
    title: cutBytes(written, Math.min(titled, text.length)).length, text, newestNote: new Uint8Array(32),
  };
  return { leaf: new Leaf(IndexPage.readDelta(writeDelta([entry], 512)), true), text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(text) };
}

describe("a word", () => {
  const few = (most: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom("a", "b", "ш", "á", "门", "𐐨"), maxLength: most });

  it("is found where the platform's own search finds it, and nowhere else", () => {
    fc.assert(fc.property(few(30), few(4), few(30), (before, word, after) => {
      const text = utf8(before + after), all = utf8(before + word + after), size = utf8(before).length;
      if (word === "") return;
      expect(new Word(word).isIn(text, 0, text.length)).toBe((before + after).includes(word));
      expect(new Word(word).isIn(all, size, all.length)).toBe(true);
      expect(new Word(word).isIn(all, 0, size)).toBe(before.includes(word));
      const marks = new Uint32Array(3 * MARK_SIZE);
      markText(marks, 1, all, 0, all.length);
      expect([0, 1, 2].map((place) => new Word(word).mayBeIn(marks, place))).toEqual([utf8(word).length < 3, true, utf8(word).length < 3]);
    }));
  });
});

describe("a page in memory", () => {
  it("gives each text back as it was written, though it keeps it in lower case", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(100), (written, titled) => {
      const { leaf, text } = leafOf(written, titled);
      leaf.slim();
      expect(leaf.text(0)).toBe(text);
      const [word = ""] = text.toLowerCase().split(/\s+/);
      if (word !== "") expect(leaf.holds(0, [new Word(word)])).toBe(true);
      expect(text.startsWith(leaf.title(0))).toBe(true);
    }));
  });

  it.each(["İstanbul", "ΟΔΟΣ ΣΟΦΟΣ", "STRASSE ẞ", "K is not K", "仓库的钥匙", "مفاتيح المستودع", "ǅungla", "𐐀𐐁"])("even %s", (written) => {
    const { leaf } = leafOf(written, 600);
    leaf.slim();
    expect([leaf.text(0), leaf.title(0)]).toEqual([written, written]);
  });

  it("finds all the words within one text, and none across two", () => {
    const texts = ["Fuel and keys", "", "keys of 仓库", "nothing", "仓库 Fuel"];
    const entries = texts.map((text, n) => ({
      thread: new Uint8Array(16).fill(n), counts: [1, 0, 0] as const, ours: true, faulty: false, apart: false, test: false, labels: 0,
      title: 0, text: cutBytes(text, TEXT_MAX), newestNote: new Uint8Array(32),
    }));
    const leaf = new Leaf(IndexPage.readDelta(writeDelta(entries, 512)), true);
    const found = (...words: string[]): number[] => texts.map((_text, n) => n).filter((n) => leaf.holds(n, words.map((word) => new Word(word))));
    expect(found("fuel")).toEqual([0, 4]);
    expect(found("keys", "fuel")).toEqual([0]);
    expect(found("仓库")).toEqual([2, 4]);
    expect(found("fuel", "仓库")).toEqual([4]);
    expect(found("keysnothing")).toEqual([]);
    expect(new Leaf(IndexPage.readDelta(writeDelta(entries, 512)), false).holds(0, [new Word("fuel")])).toBe(false);
  });

  it("can be written into another page until its bytes have gone", () => {
    const { leaf } = leafOf("Words", 5);
    expect(leaf.entry(0)?.title).toBe(5);
    leaf.slim();
    expect([leaf.entry(0), leaf.isWhole, leaf.counts(0)]).toEqual([undefined, false, [1, 0, 0]]);
  });
});
