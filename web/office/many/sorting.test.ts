import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CARD, Sorting, VARIANTS } from "./sorting.js";
import type { Alike, Heap, Variant } from "./types.js";

function group(name: string, n: number): Alike {
  const threads = Array.from({ length: n }, (_, at) => `${name}${at}`);
  return { first: `${name}0`, text: name, threads, variants: [], about: [], files: 0 };
}

function sorting(...groups: Alike[]): Sorting {
  const made = new Sorting();
  const alone = ["x", "y"].map((thread) => ({ thread, text: thread, more: false, like: null, about: [], files: 0 }));
  made.take({ alone, groups } satisfies Heap);
  return made;
}

describe("what is set aside", () => {
  it("is nothing before anything was read", () => {
    expect(sorting(group("a", 9)).chosen()).toMatchObject({ threads: [], kinds: 1, kindsRead: 0 });
  });

  it("is a kind whose text was on the screen, without what was left out of it", () => {
    const made = sorting(group("a", 3), group("b", 2));
    made.seen.add("a0");
    made.leave(["a2"]);
    expect(made.chosen()).toMatchObject({ threads: ["a0", "a1"], read: ["a0"], kinds: 2, kindsRead: 1 });
  });

  it("is a report by itself only where somebody says so and has read it", () => {
    const made = sorting(group("a", 2));
    made.goes("x");
    expect(made.chosen().threads).toEqual([]);
    made.seen.add("x");
    expect(made.chosen()).toMatchObject({ threads: ["x"], read: ["x"] });
    made.goes("x");
    expect(made.chosen().threads).toEqual([]);
  });

  it("counts the drawn ones that would go, and those of them that were read", () => {
    const made = sorting(group("a", 4), group("b", 3));
    made.drawn = ["a1", "a2", "b1"].map((thread) => ({ thread, first: `${thread.slice(0, 1)}0`, text: "", marks: [] }));
    for (const thread of ["a0", "b0", "a1"]) made.seen.add(thread);
    made.leave(["b0", "b1", "b2"]);
    expect(made.chosen()).toMatchObject({ drawn: 2, drawnRead: 1, kinds: 1 });
  });

  it("never holds what was left out, whatever was read", () => {
    const threads = ["a0", "a1", "a2", "b0", "b1", "x", "y"];
    fc.assert(fc.property(fc.subarray(threads), fc.subarray(threads), fc.subarray(["x", "y"]), (left, seen, too) => {
      const made = sorting(group("a", 3), group("b", 2));
      for (const one of left) made.leave([one]);
      for (const one of seen) made.seen.add(one);
      for (const one of too) made.goes(one);
      const chosen = made.chosen();
      expect(chosen.threads.filter((one) => left.includes(one) && !too.includes(one))).toEqual([]);
      expect(chosen.read.every((one) => seen.includes(one) && chosen.threads.includes(one))).toBe(true);
      expect(new Set(chosen.threads).size).toBe(chosen.threads.length);
    }));
  });

  it("is not a kind that somebody has come to since it was read, until it is read again", () => {
    const made = sorting(group("a", 12));
    made.seen.add("a0");
    made.drawn = made.rest.slice(0, 10).map((one) => ({ ...one, text: "", marks: [] }));
    made.take({ alone: [], groups: [group("a", 12)] });
    expect([made.chosen().kindsRead, made.isDrawn]).toEqual([1, true]);
    made.take({ alone: [], groups: [group("a", 13)] });
    expect(made.chosen()).toMatchObject({ threads: [], kindsRead: 0 });
    expect([made.sample, made.isDrawn]).toEqual([10, false]);
  });

  it("is not a kind of which variants are folded away, until they were unfolded and on the screen, at each place", () => {
    const at = (place: number, n: number): Variant[] => Array.from({ length: n }, (_, one) => ({ place, instead: "x", says: `${one}`, threads: [`a${one}`] }));
    const few = { ...group("a", 60), variants: at(1, VARIANTS) }, many = { ...few, variants: [...at(1, 3), ...at(4, VARIANTS + 1), ...at(9, VARIANTS + 9)] };
    const made = sorting(few);
    made.see("a0");
    expect([made.chosen().kindsRead, made.isFolded(few)]).toEqual([1, false]);
    const folded = sorting(many);
    for (const part of [CARD, 1]) folded.see("a0", part);
    expect([folded.chosen().threads, folded.isFolded(many)]).toEqual([[], true]);
    folded.see("a0", 2);
    expect([folded.chosen().kindsRead, folded.isFolded(many)]).toEqual([1, false]);
    folded.take({ alone: [], groups: [{ ...many, threads: [...many.threads, "new"] }] });
    expect(folded.chosen().threads).toEqual([]);
  });

  it("is not a report's kind because the report was read when it still stood alone", () => {
    const made = sorting();
    made.see("x");
    made.take({ alone: [], groups: [{ ...group("x", 2), first: "x", threads: ["x", "later"] }] });
    expect(made.chosen().kindsRead).toBe(0);
  });

  it("is drawn anew only where what it is drawn from has changed", () => {
    const made = sorting(group("a", 30));
    expect([made.sample, made.rest.length, made.isDrawn]).toEqual([10, 29, false]);
    made.drawn = made.rest.slice(0, 10).map((one) => ({ ...one, text: "", marks: [] }));
    expect(made.isDrawn).toBe(true);
    made.take({ alone: [], groups: [group("a", 5)] });
    expect(made.isDrawn).toBe(false);
    expect(sorting(group("a", 3001)).sample).toBe(60);
  });
});
