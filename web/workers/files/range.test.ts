import fc from "fast-check";
import { expect, it } from "vitest";

import { readRange } from "./range.js";

const MOST = 1000;

it("gives what a player asks for, never more than a piece", () => {
  expect(readRange("bytes=0-", 5000, MOST)).toEqual({ start: 0, stop: 1000 });
  expect(readRange("bytes=0-1", 5000, MOST)).toEqual({ start: 0, stop: 2 });
  expect(readRange("bytes=4990-", 5000, MOST)).toEqual({ start: 4990, stop: 5000 });
  expect(readRange("bytes=4990-9999", 5000, MOST)).toEqual({ start: 4990, stop: 5000 });
  expect(readRange("bytes=-10", 5000, MOST)).toEqual({ start: 4990, stop: 5000 });
  expect(readRange("bytes=-9999", 500, MOST)).toEqual({ start: 0, stop: 500 });
  expect(readRange(null, 500, MOST)).toEqual({ start: 0, stop: 500 });
});

it("gives nothing for what is not there or is no range of bytes", () => {
  for (const header of ["bytes=5000-", "bytes=9-3", "bytes=-0", "bytes=-", "bytes=0-1,5-6", "pages=1-2", "", "bytes=a-b"]) {
    expect(readRange(header, 5000, MOST)).toBeUndefined();
  }
  expect(readRange(null, 0, MOST)).toBeUndefined();
});

it("stays inside the file, whatever is asked", () => {
  fc.assert(fc.property(fc.string(), fc.nat(), (header, size) => {
    const range = readRange(header, size, MOST);
    if (range === undefined) return;
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.stop).toBeLessThanOrEqual(size);
    expect(range.stop - range.start).toBeGreaterThan(0);
    expect(range.stop - range.start).toBeLessThanOrEqual(MOST);
  }));
  fc.assert(fc.property(fc.nat(), fc.nat(), fc.nat(), (first, last, size) => {
    const range = readRange(`bytes=${first}-${last}`, size, MOST);
    expect(range === undefined).toBe(first >= size || last < first);
  }));
});
