import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CONCERNS } from "../../seal/closing.js";
import { grouped, NO_KINDS, sufficesWord, type Kind, type Kinds } from "../cases/kinds.js";
import { amountWord, rewardsOf, kindsOf, type Reward } from "./kinds.js";
import type { Around } from "./periods.js";

const law = { en: "A law of the sea" };
const kind = (id: Kind["id"], tier: Kind["tier"]): Kind => ({ id, tier, label: { en: id }, source: "Article 1", status: "verified", confirmed: null });
const AROUND = {} as unknown as Around;
const kinds: Kinds = { law, classes: [kind("tampering", 1), kind("approach", 2)] };
const step = (least: number, below: number | null): Reward => ({ id: "t", least, below, currency: "CNY", label: { en: "Help" }, source: "Article 12", status: "verified", confirmed: null });

beforeEach(() => { vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });
afterEach(() => { vi.unstubAllGlobals(); });

it("puts what the law names first and leaves out nothing that can be counted", () => {
  const { named, others } = grouped(kinds);
  expect(named).toEqual(["tampering", "approach"]);
  expect([...named, ...others].sort()).toEqual([...CONCERNS].sort());
  expect(grouped(NO_KINDS).others).toEqual(CONCERNS);
});

it("says of each kind what suffices, and of one that the law does not name that it does not", () => {
  expect(sufficesWord(kinds, kinds.classes[0])).toBe("Unlawful as such: it counts when somebody observed it.");
  expect(sufficesWord(kinds, kinds.classes[1])).toContain("only with a fact that can be stated");
  expect(sufficesWord(kinds, undefined)).toMatch(/^A law of the sea does not name this kind\. An act that is unlawful/);
  expect(sufficesWord(NO_KINDS, undefined)).toMatch(/^An act that is unlawful/);
});

it("puts every amount into one step, as the law bounds it", () => {
  const plain = (one: Reward): string => amountWord(one).replaceAll("\u00a0", " ");
  expect(plain(step(0, 10001))).toBe("CNY 10,000 at most");
  expect(plain(step(10001, 30001))).toBe("more than CNY 10,000, CNY 30,000 at most");
  expect(plain(step(100001, null))).toBe("more than CNY 100,000; the law states no ceiling");
});

it("shows nothing of a law that names neither", () => {
  expect([kindsOf("generic", [], AROUND), rewardsOf("generic", [], AROUND)]).toEqual([null, null]);
});
