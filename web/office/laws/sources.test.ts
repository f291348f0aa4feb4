import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { remarksLeftOut, sourceWords } from "./sources.js";

const OWN = "The office's own commitment (Fairline's default)";

function inLanguage(tag: string): void {
  vi.stubGlobal("document", { documentElement: { lang: tag }, getElementById: () => null });
}

beforeEach(() => { inLanguage("en"); });
afterEach(() => { vi.unstubAllGlobals(); });

it("is shown whole in English, but for what the chip beside it says already", () => {
  expect(sourceWords(`${OWN}; compare ISE-SAR 1.5.5: defined criminal activity`)).toBe("compare ISE-SAR 1.5.5: defined criminal activity");
  expect(sourceWords("Directive (EU) 2019/1937 Art 18(1): no longer than necessary")).toBe("Directive (EU) 2019/1937 Art 18(1): no longer than necessary");
  expect(sourceWords(OWN)).toBe("");
  expect(sourceWords(OWN, true)).toBe("the office's own commitment");
  expect(remarksLeftOut()).toBe("");
});

it.each([
  ["Directive (EU) 2019/1937 Art 18(1): no longer than necessary", "Directive (EU) 2019/1937 Art 18(1)"],
  [`${OWN}; compare ISE-SAR 1.5.5: defined criminal activity`, "compare ISE-SAR 1.5.5"],
  ["Ley 2/2023 (not started: three months); the shorter default stays", "Ley 2/2023"],
  ["公民举报危害国家安全行为奖励办法（2022） 第6条; the notice itself is the office's own commitment", "公民举报危害国家安全行为奖励办法（2022） 第6条"],
  ["Directive (EU) 2022/2555 (NIS2) Art 23(4)(b), trust service providers", "Directive (EU) 2022/2555 (NIS2) Art 23(4)(b), trust service providers"],
  ["NSPM-33; OSTP guidelines (2024)", "NSPM-33; OSTP guidelines (2024)"],
])("in another language keeps what is cited of %s, and leaves the English remark out", (source, shown) => {
  inLanguage("ar");
  expect(sourceWords(source)).toBe(shown);
  expect(remarksLeftOut()).not.toBe("");
});
