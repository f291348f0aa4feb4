import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { search } from "./search.js";

const texts = new Map([
  ["a", "The keys to the fuel store are copied every week. Somebody comes at night."],
  ["b", "مفاتيح المستودع تُنسخ كل أسبوع"], ["c", "仓库的钥匙每周都被复制"], ["d", "İstanbul'da bir depo, ve bir anahtar"],
]);
const found = (words: string): string => search(texts, words).map((hit) => hit.thread).join("");

describe("search", () => {
  it("finds words in any case and any script, all of them", () => {
    expect(found("FUEL keys")).toBe("a");
    expect(found("fuel lamp")).toBe("");
    expect(found("المستودع")).toBe("b");
    expect(found("钥匙")).toBe("c");
    expect(found("anahtar")).toBe("d");
  });

  it("finds nothing by no words", () => { expect(found("   ")).toBe(""); });

  it("shows the place as it was written", () => {
    const [hit] = search(texts, "Fuel");
    expect(hit?.found).toBe("fuel");
    expect(`${hit?.before}${hit?.found}${hit?.after}`.replaceAll("…", "")).toContain("keys to the fuel store");
  });

  it("shows the found words whatever surrounds them", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
      const text = `${before} needle ${after}`;
      const [hit] = search(new Map([["x", text]]), "needle");
      expect(hit?.found.toLowerCase()).toBe("needle");
    }));
  });
});
