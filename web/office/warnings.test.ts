import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { plusDays } from "../elements/days.js";
import { charterEnds, daysLeft } from "./warnings.js";

beforeAll(() => { vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });
afterAll(() => { vi.unstubAllGlobals(); });

// The last day lies behind a day on which clocks are put forward, in zones that do so.
const LAST = "2026-04-30";
const at = (left: number): { readonly charter: { readonly from: string; readonly notAfter: string }; readonly today: string } => (
  { charter: { from: "2025-05-01", notAfter: LAST }, today: plusDays(LAST, -left) });
const shown = (left: number): unknown => charterEnds(at(left) as Parameters<typeof charterEnds>[0]);

it.each([61, 60, 30, 1, 0, -1])("the charter's days are counted: %i", (left) => {
  expect(daysLeft(at(left) as Parameters<typeof daysLeft>[0])).toBe(left);
});

it.each([
  [61, null],
  [60, { text: "The office's charter ends in 60 days. Without a new one nobody can report.", danger: false }],
  [30, { text: "The office's charter ends in 30 days. Without a new one nobody can report.", danger: false }],
  [15, { text: "The office's charter ends in 15 days. Without a new one nobody can report.", danger: false }],
  [14, { text: "The office's charter ends in 14 days. Without a new one nobody can report.", danger: true }],
  [1, { text: "The office's charter ends in 1 day. Without a new one nobody can report.", danger: true }],
  [0, { text: "The office's charter ends today. Without a new one nobody can report from tomorrow on.", danger: true }],
  [-1, { text: "The office's charter has ended. Nobody can report until a new one is signed.", danger: true }],
])("what is said of the charter's end with %i days left", (left, said) => {
  expect(shown(left)).toEqual(said);
});
