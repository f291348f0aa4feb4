import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { drawn } from "./sample.js";

describe("drawing by chance", () => {
  it("gives so many of them, none twice", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(), { maxLength: 60 }), fc.nat(80), (all, n) => {
      const found = drawn(all, n);
      expect(found.length).toBe(Math.min(n, all.length));
      expect(new Set(found).size).toBe(found.length);
      expect(found.every((one) => all.includes(one))).toBe(true);
    }));
  });

  it("leaves nobody out: of many draws each is in some", () => {
    const met = new Set<number>();
    for (let draw = 0; draw < 400; draw += 1) for (const one of drawn([0, 1, 2, 3, 4, 5, 6, 7], 2)) met.add(one);
    expect(met.size).toBe(8);
  });
});
