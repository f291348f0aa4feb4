import { describe, expect, it } from "vitest";

import type { Entry, Story } from "../arrivals/types.js";
import { lacksSources } from "./sources.js";

// As far as it is asked how the case ended, and what its notes say of it.
const closing = (outcome: string): Entry => ({ kind: "message", closing: { outcome, concern: "other" } }) as unknown as Entry;
const said = { kind: "message", closing: null } as unknown as Entry;
const story = (status: string, entries: readonly Entry[], sources?: readonly string[]): Story =>
  ({ status, entries, work: { shown: sources === undefined ? [] : [{ kind: "shown", sources }] } }) as unknown as Story;

describe("a case that was closed as substantiated", () => {
  it("lacks what shows it where no note says so", () => {
    expect(lacksSources(story("closed", [said, closing("substantiated"), said]))).toBe(true);
  });

  it("lacks nothing where a note does", () => {
    expect(lacksSources(story("closed", [closing("substantiated")], ["document"]))).toBe(false);
  });

  it("is asked by its newest end, and only while it is closed", () => {
    expect(lacksSources(story("closed", [closing("substantiated"), closing("unfounded")]))).toBe(false);
    expect(lacksSources(story("closed", [closing("unfounded"), closing("substantiated")]))).toBe(true);
    expect(lacksSources(story("case", [closing("substantiated")]))).toBe(false);
    expect(lacksSources(story("closed", []))).toBe(false);
  });
});
