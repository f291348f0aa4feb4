import { describe, expect, it } from "vitest";

import { directionOf } from "./direction.js";

describe("the direction of a text", () => {
  it.each([
    ["The keys are copied", "ltr"], ["رأيت شخصًا عند البوابة", "rtl"], ["“12.3” רמפה", "rtl"], ["2026-03-02 · البوابة", "rtl"], ["3 · 仓库", "ltr"], ["12", "ltr"], ["", "ltr"],
  ])("of %s is %s", (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });
});
