import { expect, test } from "vitest";

import { caseNoteJson, carries, readCaseNote, SOURCES } from "./casenotes.js";

test("what others told carries no finding alone, and anything that was observed does", () => {
  expect(carries([])).toBe(false);
  expect(carries(["told"])).toBe(false);
  for (const one of SOURCES.filter((source) => source !== "told")) {
    expect(carries([one])).toBe(true);
    expect(carries([one, "told"])).toBe(true);
  }
});

test("a note of what shows it is read as it was written, in one order, and never of hearsay alone", () => {
  const written = caseNoteJson({ kind: "shown", sources: ["told", "seen"] });
  expect(written).toEqual({ kind: "shown", sources: ["seen", "told"] });
  expect(readCaseNote(written)).toEqual({ kind: "shown", sources: ["seen", "told"] });
  for (const sources of [[], ["told"], ["seen", "seen"], ["votes"]]) {
    expect(() => readCaseNote({ kind: "shown", sources })).toThrow();
  }
});
