import { expect, test } from "vitest";

import { lawNotices } from "./law-notices.js";

test("a country's overlay has what its directive has people told", () => {
  const told = lawNotices("eu-2019-1937-de", "concerned", ["informed"], "2026-11-29");
  expect(told.map(({ source }) => source)).toEqual(["Directive (EU) 2019/1937 Art 22(1)", "Directive (EU) 2019/1937 Art 22(2)"]);
  expect([...told[0]?.text.keys() ?? []]).toEqual(["en", "zh-Hans", "ar"]);
});

test("a right that nobody has read in the law is told to nobody", () => {
  const said = lawNotices("eu-2019-1937", "reporter", ["received", "closed"], "2026-11-29").map(({ source }) => source);
  expect(said).toContain("Directive (EU) 2019/1937 Art 19");
  expect(said).not.toContain("Directive (EU) 2019/1937 Art 10");
});

test("no law that we ship: nothing is said, and the office's own commitment names no article", () => {
  expect(lawNotices("another", "reporter", ["received"], "2026-11-29")).toEqual([]);
  expect(lawNotices("generic", "reporter", ["received"], "2026-11-29").map(({ source }) => source)).toEqual([""]);
});
