import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { IndexPage, TEXT_MAX, writeDelta } from "../../seal/indexpages.js";
import { Leaf } from "./leaf.js";
import { cutBytes } from "./search.js";

function leafOf(written: string, titled: number): { leaf: Leaf; text: string } {
  const text = cutBytes(written, TEXT_MAX);
  const entry = {
    thread: new Uint8Array(16), counts: [1, 0, 0] as const, ours: true, faulty: false, apart: false, test: false, labels: 0,
    title: cutBytes(written, Math.min(titled, text.length)).length, text, newestNote: new Uint8Array(32),
  };
  return { leaf: new Leaf(IndexPage.readDelta(writeDelta([entry], 512)), true), text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(text) };
}

describe("a page in memory", () => {
  it("gives each text back as it was written, though it keeps it in lower case", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(100), (written, titled) => {
      const { leaf, text } = leafOf(written, titled);
      leaf.slim();
      expect(leaf.text(0)).toBe(text);
      expect(leaf.lowered(0)).toBe(text.toLowerCase());
      expect(text.startsWith(leaf.title(0))).toBe(true);
    }));
  });

  it.each(["İstanbul", "ΟΔΟΣ ΣΟΦΟΣ", "STRASSE ẞ", "K is not K", "仓库的钥匙", "مفاتيح المستودع", "ǅungla", "𐐀𐐁"])("even %s", (written) => {
    const { leaf } = leafOf(written, 600);
    leaf.slim();
    expect([leaf.text(0), leaf.title(0)]).toEqual([written, written]);
  });

  it("can be written into another page until its bytes have gone", () => {
    const { leaf } = leafOf("Words", 5);
    expect(leaf.entry(0)?.title).toBe(5);
    leaf.slim();
    expect([leaf.entry(0), leaf.isWhole, leaf.counts(0)]).toEqual([undefined, false, [1, 0, 0]]);
  });
});
