import { describe, expect, it } from "vitest";

import type { Arrival, ListQuery } from "../../office/arrivals/types.js";
import { START } from "../../office/arrivals/route.js";
import { TEXT_MAX, type IndexEntry } from "../../seal/indexpages.js";
import { toBits, type WorkLabel } from "../../seal/labels.js";
import { b64 } from "../../seal/primitives.js";
import { Rows, type Row } from "./list.js";
import { Lister } from "./listing.js";
import { cutBytes } from "./search.js";
import { Shelf } from "./shelf.js";

const DESK = b64(new Uint8Array(16).fill(1));
const id = (name: string): Uint8Array => new Uint8Array(16).fill(name.charCodeAt(0));
const { desk, shown: all, sort, label, status, since, until } = START;
const QUERY: ListQuery = { desk, shown: all, sort, label, status, since, until, words: "", thread: "", around: false, from: 0, to: 100 };

function row(name: string, changed: Partial<Row> = {}): Row {
  return {
    thread: b64(id(name)), desk: DESK, day: "2026-03-02", newest: "2026-03-02", status: "arrived", unread: 0, declared: true,
    ours: true, sum: 1, answered: false, assigned: false, alarm: false, opened: false, ...changed,
  };
}

function entry(name: string, said: string, changed: Partial<IndexEntry> = {}): IndexEntry {
  const text = cutBytes(said, TEXT_MAX);
  return {
    thread: id(name), counts: [1, 0, 0], ours: true, faulty: false, apart: false, test: false, labels: 0,
    title: cutBytes(said, 8).length, text, newestNote: new Uint8Array(32), ...changed,
  };
}

function world(rows: readonly Row[], entries: readonly IndexEntry[] = [], labels: readonly IndexEntry[] = []) {
  const own = new Shelf(id("m"), "member"), desk = new Shelf(id("\u0001"), "desk"), list = new Rows();
  list.take(rows, list.asking());
  for (const one of entries) own.learn(one);
  for (const one of labels) desk.learn(one);
  const lister = new Lister({ rows: list, own, desks: new Map([[DESK, desk]]) });
  const names = (found: readonly Arrival[]): string => found.map(({ thread }) => String.fromCharCode(atob(thread.replaceAll("-", "+").replaceAll("_", "/")).charCodeAt(0))).join("");
  const shown = (change: Partial<ListQuery> = {}): string => names(lister.list({ ...QUERY, ...change }).rows);
  return { own, desk, list, lister, shown };
}

describe("filters and orders", () => {
  const { shown } = world([
    row("a", { newest: "2026-03-05", ours: false }), row("b", { newest: "2026-03-01", day: "2026-02-28", unread: 2 }),
    row("c", { newest: "2026-03-03", desk: "elsewhere", declared: false }),
  ]);

  it("show the newest first unless asked otherwise", () => {
    expect(shown()).toBe("acb");
    expect(shown({ sort: "oldest" })).toBe("bca");
  });

  it("put who waits longest for us first", () => { expect(shown({ sort: "longest" })).toBe("bca"); });

  it("keep what is asked for", () => {
    expect(shown({ shown: "unread" })).toBe("b");
    expect(shown({ shown: "them" })).toBe("a");
    expect(shown({ shown: "new" })).toBe("c");
    expect(shown({ shown: "mine" })).toBe("b");
    expect(shown({ shown: "us", desk: "elsewhere" })).toBe("c");
    expect(shown({ since: "2026-03-01" })).toBe("ac");
    expect(shown({ until: "2026-03-01" })).toBe("b");
    expect(shown({ status: "closed" })).toBe("");
  });

  it("order two of one day by their random ids, so that the order tells nothing and stays", () => {
    expect(world([row("z"), row("y")]).shown()).toBe("yz");
    expect(world([row("y"), row("z")]).shown()).toBe("yz");
  });
});

describe("windows", () => {
  const { lister } = world(["a", "b", "c", "d", "e", "f", "g"].map((name) => row(name)));
  const inOrder = ["a", "b", "c", "d", "e", "f", "g"].map((name) => b64(id(name))).sort();
  it("hand over the rows that are asked for, and the place of a report", () => {
    const { rows, total, from, at } = lister.list({ ...QUERY, from: 2, to: 4, thread: inOrder[5] ?? "" });
    expect([rows.map(({ thread }) => thread), total, from, at]).toEqual([inOrder.slice(2, 4), 7, 2, 5]);
  });

  it("can be asked for around a report", () => {
    const { rows, from } = lister.list({ ...QUERY, thread: inOrder[3] ?? "", around: true, from: 1, to: 2 });
    expect([rows.length, from]).toEqual([3, 2]);
  });
});

describe("what is found by words", () => {
  const { shown, lister } = world(
    [row("a"), row("b"), row("c", { declared: false }), row("d"), row("e"), row("f")],
    [
      entry("a", "The keys to the FUEL store"), entry("b", "مفاتيح المستودع تُنسخ"), entry("c", "fuel, never declared"),
      entry("d", "仓库的钥匙每周都被复制"), entry("e", "", { apart: true }),
    ],
  );
  const hits = (words: string): string => shown({ words });

  it("has all of them, in any case and any script", () => {
    expect(hits("keys fuel")).toBe("a");
    expect(hits("keys lamp")).toBe("");
    expect(hits("المستودع")).toBe("b");
    expect(hits("钥匙")).toBe("d");
  });

  it("is never what this member has not declared on, even if it lies in the index", () => { expect(hits("fuel")).toBe("a"); });

  it("shows the place as it was written", () => {
    expect(lister.list({ ...QUERY, words: "fuel" }).rows[0]?.hit?.found).toBe("FUEL");
  });

  it("is nothing of what is set apart from this member", () => {
    expect(lister.list({ ...QUERY, thread: b64(id("e")), around: true, from: 0, to: 1 }).rows[0]).toMatchObject({ state: "apart", title: "" });
  });
});

describe("labels", () => {
  const bits = (...labels: WorkLabel[]): number => toBits(labels);
  const { shown, lister, desk } = world(
    [row("a", { declared: false }), row("b", { sum: 2 }), row("c")], [entry("b", "words", { labels: bits("urgent"), counts: [1, 0, 1] })],
    [entry("a", "", { labels: bits("translation"), title: 0 }), entry("b", "", { labels: bits("answer"), title: 0 })],
  );

  it("come from the desk's index for who has not opened a report, and else from what was seen later", () => {
    expect(shown({ label: "translation" })).toBe("a");
    expect(shown({ label: "urgent" })).toBe("b");
    expect(shown({ label: "answer" })).toBe("");
    desk.learn(entry("b", "", { labels: bits("second"), title: 0, counts: [1, 0, 2] }));
    lister.changed();
    expect(shown({ label: "second" })).toBe("b");
  });

  it("are all that a desk's index can show of a report", () => {
    desk.learn(entry("c", "words of a liar", { ours: false, test: true }));
    lister.changed();
    const found = lister.list({ ...QUERY, thread: b64(id("c")), around: true, from: 0, to: 1 }).rows[0];
    expect(found).toMatchObject({ title: "", test: false, waiting: "us", state: "sealed", labels: [] });
    expect(shown({ words: "liar" })).toBe("");
  });
});

describe("what is opened in the background", () => {
  it("is what no index knows as it is now, and never what was not declared on", () => {
    const { lister, own } = world([row("a", { sum: 2 }), row("b"), row("c", { declared: false }), row("d")], [entry("a", "old"), entry("b", "current")]);
    const next = (): string[] => lister.toOpen(9, new Set()).map(({ thread }) => thread);
    expect(next()).toEqual([b64(id("a")), b64(id("d"))]);
    own.learn(entry("a", "new", { counts: [2, 0, 0] }));
    lister.changed();
    expect(next()).toEqual([b64(id("d"))]);
    expect(lister.toOpen(9, new Set([b64(id("d"))]))).toEqual([]);
  });
});

describe("an answer that was asked for earlier", () => {
  it("takes back nothing that was done here since", () => {
    const { list } = world([row("a", { declared: false, unread: 1 }), row("b")]);
    const asked = list.asking();
    list.change([row("a", { declared: true, unread: 1 })]);
    list.drop(b64(id("b")));
    list.take([row("a", { declared: false, unread: 1 }), row("b"), row("c")], asked);
    expect([list.get(b64(id("a")))?.declared, list.get(b64(id("b"))), list.size]).toEqual([true, undefined, 2]);
    list.take([row("a", { unread: 2 }), row("b")], list.asking());
    expect([list.get(b64(id("a")))?.unread, list.size]).toEqual([2, 3]);
  });

  it("does not replace one that was asked for after it", () => {
    const { list } = world([row("a")]);
    const [earlier, later] = [list.asking(), list.asking()];
    list.take([row("a", { status: "closed" })], later);
    list.take([row("a", { status: "arrived" })], earlier);
    expect(list.get(b64(id("a")))?.status).toBe("closed");
  });
});
