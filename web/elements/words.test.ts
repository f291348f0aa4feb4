import { afterEach, describe, expect, it, vi } from "vitest";
import { listed, size, t, wholeDay } from "./words.js";

function page(lang: string, dir: "ltr" | "rtl"): void {
  vi.stubGlobal("document", { documentElement: { lang, dir }, getElementById: () => null });
}

afterEach(() => { vi.unstubAllGlobals(); });

describe("what is put into a sentence", () => {
  it("keeps its own direction on a page from right to left", () => {
    page("ar", "rtl");
    for (const [value, shown] of [
      ["Bao Linde", "\u2068Bao Linde\u2069"], ["2026-03-01", "\u20682026-03-01\u2069"], ["555 0161", "\u2068555 0161\u2069"], ["é", "\u2068é\u2069"], ["布兰特", "\u2068布兰特\u2069"],
    ] as const) expect(t("Answers for it: {name}", { name: value })).toBe(`Answers for it: ${shown}`);
  });

  it("stands as it is where it runs with the sentence, and in every page from left to right", () => {
    page("ar", "rtl");
    for (const value of ["مكتب البلاغات", "٦ مايو ٢٠٢٦", "12", ""]) expect(t("{name}", { name: value })).toBe(value);
    expect(t("{n} of them", { n: 3 })).not.toContain("\u2068");
    page("en", "ltr");
    expect(t("{name}", { name: "مكتب Bao 2026-03-01" })).toBe("مكتب Bao 2026-03-01");
  });
});

describe("names in a list", () => {
  it("keep each its own direction, and the list that of the page", () => {
    page("ar", "rtl");
    // Were the list kept apart as a whole, its "and" would stand before the wrong name.
    expect(listed(["Bao Tran", "أنت"])).toBe("\u2068Bao Tran\u2069 وأنت");
    expect(listed(["布兰特", "Ottilie Brandt"])).toBe("\u2068布兰特\u2069 و\u2068Ottilie Brandt\u2069");
    page("en", "ltr");
    expect(listed(["Bao Tran", "you"])).toBe("Bao Tran and you");
  });
});

describe("a day beside another", () => {
  it("is parted by no end of a line", () => {
    for (const [lang, dir] of [["ar", "rtl"], ["en", "ltr"], ["zh-Hans", "ltr"]] as const) {
      page(lang, dir);
      for (const style of ["long", "short"] as const) expect(wholeDay("2026-11-17", style)).not.toMatch(/ /);
    }
  });
});

describe("a size in words", () => {
  // The same table as tests/core/test_sizes.py: a server, a terminal and a page say one size alike.
  it("is in the unit in which people think", () => {
    page("en", "ltr");
    const said = [
      [0, "0 bytes"], [999, "999 bytes"], [1000, "1 kB"], [1540, "1.5 kB"], [31_000, "31 kB"], [33_554_432, "34 MB"], [2_000_000, "2 MB"], [4_294_967_296, "4.3 GB"],
    ] as const;
    for (const [bytes, words] of said) expect(size(bytes)).toBe(words);
  });

  it("is in the reader's language", () => {
    page("ar", "rtl");
    expect(size(33_554_432)).toContain("م.ب");
    page("zh-Hans", "ltr");
    expect(size(33_554_432)).toBe("34 MB");
  });
});
