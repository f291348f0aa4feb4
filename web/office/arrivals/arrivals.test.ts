import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { LABELS } from "../../seal/labels.js";
import { readForm } from "../../seal/form.js";
import { utf8 } from "../../seal/primitives.js";
import { arrange, labelsOf } from "./answers.js";
import { read, SHOWN, SORTS, START, write, type Route } from "./route.js";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const OTHER = "BBBBBBBBBBBBBBBBBBBBBA";

describe("addresses inside the workbench", () => {
  it("come back as they were written", () => {
    const id = fc.constantFrom(ID, OTHER);
    const list = fc.record({
      at: fc.constant("list" as const), desk: fc.constantFrom("", ID), shown: fc.constantFrom(...SHOWN),
      sort: fc.constantFrom(...SORTS), label: fc.constantFrom("", ...LABELS), status: fc.constantFrom("", "arrived"),
      since: fc.constantFrom("", "2026-03-01"), until: fc.constantFrom("", "2026-12-31"),
    });
    const one = fc.record({ at: fc.constant("case" as const), thread: id });
    fc.assert(fc.property(fc.oneof(list, one), (route) => {
      expect(read(write(route as Route))).toEqual(route);
    }));
  });

  it("understand nothing that is not an id or a known word", () => {
    for (const path of ["/../etc", "/somebody", "?desk=Northport", "?show=everything&sort=name", "/", "nonsense", "?label=suspect",
      "?since=yesterday&until=99", "?state=<b>"]) {
      expect(read(path)).toEqual(START);
    }
  });

  it("never carry what was searched for", () => {
    expect(write({ ...START, shown: "unread" })).toBe("?show=unread");
    expect(read("?show=unread&q=fuel")).toEqual({ ...START, shown: "unread" });
  });
});

describe("answers under their questions", () => {
  const form = readForm(utf8(JSON.stringify({
    v: 1, kind: "form", sections: [{ id: "s", title: { en: "S" }, questions: [
      { id: "what", kind: "long", label: { en: "What?", ar: "ماذا؟" } },
      { id: "known", kind: "choices", label: { en: "How do you know?" }, options: [
        { id: "own-eyes", label: { en: "Seen" } }, { id: "told", label: { en: "Told" } }] },
    ] }],
  })));

  it("stand in the form's order, each under its label in the reader's language", () => {
    const answers = new Map([["known", "own-eyes told"], ["what", "own-eyes"]]);
    expect(arrange(answers, labelsOf(form, "ar"))).toEqual([
      { question: "what", label: "ماذا؟", text: "own-eyes" },
      { question: "known", label: "How do you know?", text: "Seen; Told" },
    ]);
  });

  it("are shown as written where the form does not know them", () => {
    const answers = new Map([["colour", "red"], ["known", "by heart"], ["what", "  "]]);
    expect(arrange(answers, labelsOf(form, "en"))).toEqual([
      { question: "known", label: "How do you know?", text: "by heart" },
      { question: "colour", label: "colour", text: "red" },
    ]);
  });
});
