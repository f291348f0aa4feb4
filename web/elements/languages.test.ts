import { expect, it } from "vitest";

import { nearest } from "./languages.js";

it("finds the same tag in any capitals", () => {
  expect(nearest(["en", "zh-Hans", "ar"], "zh-hans")).toBe("zh-Hans");
  expect(nearest(["en", "AR"], "ar")).toBe("AR");
});

it("finds another region or script of the same language before English", () => {
  expect(nearest(["en", "zh-Hant"], "zh-hans")).toBe("zh-Hant");
  expect(nearest(["de", "en"], "de-AT")).toBe("de");
});

it("falls back to English, then to whatever there is", () => {
  expect(nearest(["fr", "en"], "ar")).toBe("en");
  expect(nearest(["fr", "it"], "ar")).toBe("fr");
  expect(nearest([], "ar")).toBeUndefined();
});
