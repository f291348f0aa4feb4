import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { difference, slice, spoken, wordsOf, type Change, type Words } from "./difference.js";

/** The keys of `base` with the changes made in it. */
function changed(base: Words, other: Words, changes: readonly Change[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const change of changes) {
    out.push(...base.keys.slice(at, change.at), ...other.keys.slice(change.from, change.to));
    at = change.until;
  }
  return [...out, ...base.keys.slice(at)];
}

const sentence = fc.array(fc.constantFrom("the", "gate", "was", "open", "door", "7", ",", "门", "开", "باب"), { maxLength: 24 }).map((words) => words.join(" "));

describe("the difference of two texts", () => {
  it("turns the one into the other, whatever they say", () => {
    fc.assert(fc.property(fc.oneof(sentence, fc.string()), fc.oneof(sentence, fc.string()), (one, two) => {
      const [base, other] = [wordsOf(one), wordsOf(two)];
      const changes = difference(base, other, base.keys.length + other.keys.length) ?? [];
      expect(changed(base, other, changes)).toEqual(other.keys);
    }));
  });

  it("takes no more words than there are to change, and says so where it would", () => {
    fc.assert(fc.property(sentence, sentence, fc.nat(20), (one, two, most) => {
      const [base, other] = [wordsOf(one), wordsOf(two)];
      const all = difference(base, other, 1000) ?? [];
      const steps = all.reduce((sum, { at, until, from, to }) => sum + until - at + to - from, 0);
      expect(difference(base, other, most) === undefined).toBe(steps > most);
    }));
  });

  it("is shown as it was written", () => {
    const [base, other] = [wordsOf("The GATE was open at night."), wordsOf("The gate was  NOT open at Night.")];
    const changes = difference(base, other, 9) ?? [];
    expect(changes.map(({ at, until, from, to }) => [slice(base, at, until), slice(other, from, to)])).toEqual([["", "NOT"]]);
  });

  it("goes sign by sign where a script has no spaces", () => {
    const [base, other] = [wordsOf("昨天晚上有人在水厂北门复制钥匙"), wordsOf("昨天晚上有人在水厂南门复制钥匙")];
    const changes = difference(base, other, 9) ?? [];
    expect(changes.map(({ from, to }) => slice(other, from, to))).toEqual(["南"]);
    expect(wordsOf("type-C接口3个").keys).toEqual(["type", "-", "c", "接", "口", "3", "个"]);
  });

  it("counts words, not the signs between them", () => {
    const words = wordsOf("Well, no! At all?");
    expect(spoken(words, 0, words.keys.length)).toBe(4);
  });
});
