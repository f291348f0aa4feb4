import { describe, expect, it } from "vitest";

import { meansSame } from "./apart.js";

describe("a name that a reporting person wrote", () => {
  it("means the member whose name it is, however it is written", () => {
    for (const asked of ["Bao Tran", "bao  TRAN", "Mr Bao Tran, night shift", "Tran", "Bao-Tran"]) {
      expect(meansSame(asked, "Bao Tran")).toBe(true);
    }
    expect(meansSame("陈宝", "陈宝")).toBe(true);
  });

  it("means nobody else", () => {
    for (const asked of ["", "  ", "Tranquil", "B", "Ilse Varga", "the night supervisor"]) {
      expect(meansSame(asked, "Bao Tran")).toBe(false);
    }
    expect(meansSame("Bao Tran", "")).toBe(false);
  });
});
