import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ADDED, between, moved, paintBars, type Bar } from "./bars.js";

const part = fc.double({ min: 0, max: 1, noNaN: true });
const corner = fc.record({ x: part, y: part });
const keys = fc.array(fc.tuple(fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"), fc.boolean()), { maxLength: 200 });

function painted(bar: Bar, width: number, height: number): readonly number[] {
  const rectangles: number[][] = [];
  paintBars({ fillStyle: "", fillRect: (...one) => { rectangles.push(one); } }, { width, height }, [bar]);
  return rectangles[0] ?? [];
}

describe("a bar", () => {
  it("covers every point that it touches, at whatever size it is painted", () => {
    fc.assert(fc.property(corner, corner, fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }), (from, to, width, height) => {
      const bar = between(from, to), [left = NaN, top = NaN, across = NaN, down = NaN] = painted(bar, width, height);
      expect(left).toBeLessThanOrEqual(Math.min(from.x, to.x) * width);
      expect(top).toBeLessThanOrEqual(Math.min(from.y, to.y) * height);
      expect(left + across).toBeGreaterThanOrEqual(Math.max(from.x, to.x) * width - 1e-6);
      expect(top + down).toBeGreaterThanOrEqual(Math.max(from.y, to.y) * height - 1e-6);
      expect([left, top, across, down].every(Number.isInteger)).toBe(true);
    }));
  });

  it("stays on the sheet and stays there to be seen, whatever keys are pressed", () => {
    fc.assert(fc.property(keys, (pressed) => {
      const { x, y, width, height } = pressed.reduce((bar, [key, stretches]) => moved(bar, key, stretches) ?? bar, ADDED);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9);
      expect(Math.min(width, height)).toBeGreaterThan(0);
    }));
  });

  it("is moved by arrows, stretched with Shift, and by no other key", () => {
    expect(moved(ADDED, "ArrowLeft", false)?.x).toBeLessThan(ADDED.x);
    expect(moved(ADDED, "ArrowDown", true)).toMatchObject({ x: ADDED.x, y: ADDED.y, width: ADDED.width });
    expect(moved(ADDED, "Enter", false)).toBeUndefined();
  });
});
