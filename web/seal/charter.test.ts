import { describe, expect, it } from "vitest";

import { inForce, proveEarlier, readCharter, writeCharter, type Charter } from "./charter.js";
import { RefusedError } from "./errors.js";
import { random } from "./primitives.js";
import { asProven, type Proven } from "./proven.js";
import { makeOffice } from "./testing/office.js";

const first = makeOffice().manifest.charter;

function next(before: Charter, changed: Partial<Charter>): Proven<Charter> {
  return asProven(readCharter(writeCharter({ ...before, number: before.number + 1, prev: before.hash, ...changed })));
}

const second = next(first, { from: "2026-03-10", notAfter: "2026-07-08" });
const third = next(second, { from: "2026-04-01", notAfter: "2026-07-30" });

describe("earlier charters", () => {
  it("are proven by the hash in the one after them", () => {
    expect(proveEarlier({ doc: first.doc, signatures: [], by: [] }, second).number).toBe(0);
    expect(() => proveEarlier({ doc: first.doc, signatures: [], by: [] }, third)).toThrow(RefusedError);
    const elsewhere = next(first, { office: random(16) });
    expect(() => proveEarlier({ doc: first.doc, signatures: [], by: [] }, elsewhere)).toThrow(RefusedError);
  });

  it("prove only who wrote while they were in force", () => {
    const charterOf = inForce([third, second, first]);
    const counts: [number, string | undefined, boolean][] = [
      [0, "2026-02-01", true], [0, "2026-03-10", true], [0, "2026-03-11", false], [0, "2026-01-31", false],
      [1, "2026-03-10", true], [1, "2026-03-09", false], [1, "2026-04-02", false],
      [2, "2026-04-01", true], [2, "2026-07-31", false], [2, undefined, true], [1, undefined, false],
      [3, "2026-04-01", false],
    ];
    for (const [number, day, counted] of counts) expect([number, day, charterOf(number, day) !== undefined]).toEqual([number, day, counted]);
    expect(inForce([third, first])(0, "2026-03-01")).toBeUndefined();
  });
});
