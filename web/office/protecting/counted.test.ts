import { describe, expect, it } from "vitest";
import { readProtectionSlip, protectionSlipJson } from "../../seal/protecting.js";
import { countedProtection } from "./counted.js";
import type { Ask, ShownMeasure } from "./types.js";

const ASK: Ask = { about: "measures", day: "2026-11-01", n: 2 };
const measure = (changes: Partial<ShownMeasure> = {}): ShownMeasure => ({
  kind: "measure", id: "a", measure: "support", whom: "witness", grounds: "own-motion", who: "", begins: "2026-11-01", review: "2026-12-01", ended: "",
  text: "Words of the case", language: "en", by: "", at: "2026-11-01", n: 1, ...changes,
});

describe("what is counted of protection as a case closes", () => {
  it("is nothing where nobody asked and nothing was done", () => {
    expect(countedProtection({ asks: [], measures: [], ended: [] }, false)).toBeUndefined();
  });

  it("says that somebody asked and that no measure was taken", () => {
    expect(countedProtection({ asks: [ASK], measures: [], ended: [] }, false)).toEqual({ whom: "reporter", grounds: "request", measure: "none", result: "none" });
    expect(countedProtection({ asks: [ASK], measures: [], ended: [] }, true)?.whom).toBe("not-said");
  });

  it("names one measure, one person's place in the matter, and whether it stands on", () => {
    const one = { whom: "witness", grounds: "own-motion", measure: "support" };
    expect(countedProtection({ asks: [], measures: [measure()], ended: [] }, false)).toEqual({ ...one, result: "stands" });
    expect(countedProtection({ asks: [], measures: [], ended: [measure({ ended: "2026-11-20" })] }, false)).toEqual({ ...one, result: "ended" });
  });

  it("says of several that there were several, and of one request beside other grounds that they asked", () => {
    const found = countedProtection({ asks: [], measures: [measure()], ended: [measure({ measure: "police", whom: "relative", grounds: "request" })] }, false);
    expect(found).toEqual({ whom: "several", grounds: "request", measure: "several", result: "stands" });
  });

  it("has four words and nothing else: no text, no day, no id", () => {
    const slip = countedProtection({ asks: [ASK], measures: [measure()], ended: [] }, false);
    if (slip === undefined) throw new Error("nothing was counted");
    expect(Object.keys(protectionSlipJson(slip))).toEqual(["for", "grounds", "measure", "result"]);
    expect(readProtectionSlip(protectionSlipJson(slip))).toEqual(slip);
  });
});
