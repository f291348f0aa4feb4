import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { utf8 } from "../../seal/primitives.js";
import { arrange, readQuestions } from "./answers.js";
import { arranged } from "./filters.js";
import { read, START, write, type Route } from "./route.js";
import type { Arrival } from "./types.js";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const OTHER = "BBBBBBBBBBBBBBBBBBBBBA";

function arrival(thread: string, changed: Partial<Arrival> = {}): Arrival {
  return {
    thread, desk: ID, day: "2026-03-02", newest: "2026-03-02", status: "arrived", unread: 0, waiting: "us",
    declared: true, state: "open", title: "", test: false, ...changed,
  };
}

describe("addresses inside the workbench", () => {
  it("come back as they were written", () => {
    const id = fc.constantFrom(ID, OTHER);
    const list = fc.record({
      at: fc.constant("list" as const), desk: fc.constantFrom("", ID), shown: fc.constantFrom("all", "unread", "us", "them"),
      sort: fc.constantFrom("newest", "oldest", "longest"),
    });
    const one = fc.record({ at: fc.constant("case" as const), thread: id });
    fc.assert(fc.property(fc.oneof(list, one), (route) => {
      expect(read(write(route as Route))).toEqual(route);
    }));
  });

  it("understand nothing that is not an id or a known word", () => {
    for (const path of ["/../etc", "/somebody", "?desk=Northport", "?show=everything&sort=name", "/", "nonsense"]) {
      expect(read(path)).toEqual(START);
    }
  });

  it("never carry what was searched for", () => {
    expect(write({ ...START, shown: "unread" })).toBe("?show=unread");
    expect(read("?show=unread&q=fuel")).toEqual({ ...START, shown: "unread" });
  });
});

describe("filters and orders", () => {
  const all = [
    arrival("a", { newest: "2026-03-05", waiting: "them" }), arrival("b", { newest: "2026-03-01", unread: 2 }),
    arrival("c", { newest: "2026-03-03", desk: OTHER }),
  ];
  const shown = (change: Partial<typeof START>): string => arranged(all, { ...START, ...change }).map((one) => one.thread).join("");

  it("show the newest first unless asked otherwise", () => {
    expect(shown({})).toBe("acb");
    expect(shown({ sort: "oldest" })).toBe("bca");
  });

  it("put who waits longest for us first", () => { expect(shown({ sort: "longest" })).toBe("bca"); });
  it("keep what is asked for", () => {
    expect(shown({ shown: "unread" })).toBe("b");
    expect(shown({ shown: "them" })).toBe("a");
    expect(shown({ shown: "us", desk: OTHER })).toBe("c");
  });

  it("order two of one day by their ids, so that the order tells nothing and stays", () => {
    const two = [arrival("z"), arrival("y")];
    expect(arranged(two, START).map((one) => one.thread)).toEqual(["y", "z"]);
    expect(arranged([...two].reverse(), START).map((one) => one.thread)).toEqual(["y", "z"]);
  });
});

describe("answers under their questions", () => {
  const form = utf8(JSON.stringify({
    v: 1, kind: "form", sections: [{ id: "s", title: { en: "S" }, questions: [
      { id: "what", kind: "long", label: { en: "What?", ar: "ماذا؟" } },
      { id: "known", kind: "choices", label: { en: "How do you know?" }, options: [
        { id: "own-eyes", label: { en: "Seen" } }, { id: "told", label: { en: "Told" } }] },
    ] }],
  }));

  it("stand in the form's order, each under its label in the reader's language", () => {
    const answers = new Map([["known", "own-eyes told"], ["what", "own-eyes"]]);
    expect(arrange(answers, readQuestions(form, "ar"))).toEqual([
      { question: "what", label: "ماذا؟", text: "own-eyes" },
      { question: "known", label: "How do you know?", text: "Seen; Told" },
    ]);
  });

  it("are shown as written where the form does not know them", () => {
    const answers = new Map([["colour", "red"], ["known", "by heart"], ["what", "  "]]);
    expect(arrange(answers, readQuestions(form, "en"))).toEqual([
      { question: "known", label: "How do you know?", text: "by heart" },
      { question: "colour", label: "colour", text: "red" },
    ]);
  });
});
