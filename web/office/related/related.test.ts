import { beforeEach, expect, test, vi } from "vitest";

import type { Arrival, Entry, Opened, Story } from "../arrivals/types.js";
import type { Facts, PersonFacts } from "../facts.js";
import type { Session } from "../session.js";
import { RelatedDesk } from "./desk.js";
import { relatedNow, wouldTell } from "./state.js";
import { isWritable, noneWords, otherWords } from "./words.js";

const HERE = "AAAAAAAAAAAAAAAAAAAAAA", THERE = "BBBBBBBBBBBBBBBBBBBBBA", DESK = "CCCCCCCCCCCCCCCCCCCCCA";
const PEOPLE = [{ id: "bao", name: "Bao Lin", alias: "Reader A" }, { id: "ilse", name: "Ilse Varga", alias: "Reader B" }]
  .map((one) => ({ ...one, roles: [`handler@${DESK}`] })) as unknown as PersonFacts[];
const FACTS = { people: PEOPLE, me: PEOPLE[0], desks: [{ id: DESK, people: ["bao", "ilse"] }] } as unknown as Facts;

vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });

function step(n: number, thread: string, why = ""): Entry {
  return { kind: "related", n, thread, why } as unknown as Entry;
}

function report(thread: string, entries: readonly Entry[] = [], more: Partial<Story> = {}): Story {
  return { thread, desk: DESK, status: "arrived", case: null, mustNotSee: [], entries, ...more } as unknown as Story;
}

let stories: Map<string, Story>;
let said: string[];

beforeEach(() => { [stories, said] = [new Map([[HERE, report(HERE)], [THERE, report(THERE)]]), []]; });

function desk(fails = ""): RelatedDesk {
  const session = {
    facts: FACTS,
    worker: { ask: (act: string, { thread, other, why }: Record<string, string>) => Promise.resolve([act, thread, other, why].join(" ")) },
    api: { postBytes: (path: string, parcel: string) => {
      if (path === `threads/${fails}/posts`) return Promise.reject(new Error("lost"));
      expect(path).toBe(`threads/${parcel.split(" ")[1] ?? ""}/posts`);
      said.push(parcel);
      return Promise.resolve({});
    } },
  };
  const lender = { open: (thread: string): Promise<Opened> => {
    const story = stories.get(thread);
    return Promise.resolve(story === undefined ? { state: "gone" } : { state: "open", story, lacks: "" });
  } };
  return new RelatedDesk(session as unknown as Session, lender, (_thread, sending) => sending());
}

test("for each other report its newest note counts, in whatever order they are shown", () => {
  expect(relatedNow([step(3, THERE, "mistake"), step(1, THERE), step(2, HERE)])).toEqual([HERE]);
  expect(relatedNow([step(1, THERE), step(2, THERE, "other-event"), step(4, THERE)])).toEqual([THERE]);
  expect(relatedNow([step(1, THERE, "mistake")])).toEqual([]);
});

test("both reports say so, the other one first, and what one says already is not said again", async () => {
  await desk().link(HERE, THERE);
  expect(said).toEqual([`write-related ${THERE} ${HERE} `, `write-related ${HERE} ${THERE} `]);
  said = [];
  stories.set(THERE, report(THERE, [step(0, HERE)]));
  await desk().link(HERE, THERE);
  expect(said).toEqual([`write-related ${HERE} ${THERE} `]);
});

test("where the second note fails, the report on the screen claims nothing", async () => {
  await expect(desk(THERE).link(HERE, THERE)).rejects.toThrow("lost");
  expect(said).toEqual([]);
});

test("what cannot be read is not linked", async () => {
  stories.delete(THERE);
  await expect(desk().link(HERE, THERE)).rejects.toMatchObject({ code: "related-closed" });
  expect(said).toEqual([]);
});

test("nobody learns by a link of a report that they should not see, from either side", async () => {
  const asks = report(HERE, [], { mustNotSee: ["Ilse Varga"] });
  const held = report(THERE, [], { status: "case", case: { people: ["bao"], barred: [] } as unknown as Story["case"] });
  expect(wouldTell(FACTS, asks, report(THERE))).toBe(true);
  expect(wouldTell(FACTS, report(THERE), asks)).toBe(true);
  expect(wouldTell(FACTS, held, report(HERE))).toBe(false);
  const barred = { ...held, case: { people: ["bao"], barred: ["ilse"] } as unknown as Story["case"] };
  expect(wouldTell(FACTS, barred, report(HERE))).toBe(true);
  stories.set(HERE, asks);
  await expect(desk().link(HERE, THERE)).rejects.toMatchObject({ code: "related-readers" });
  expect(said).toEqual([]);
});

test("taking back says why, in both where both can be read and in one where the other cannot", async () => {
  stories.set(THERE, report(THERE, [step(0, HERE)]));
  await desk().part(HERE, THERE, "other-event", true);
  expect(said).toEqual([`write-related ${THERE} ${HERE} other-event`, `write-related ${HERE} ${THERE} other-event`]);
  said = [];
  stories.delete(THERE);
  await desk().part(HERE, THERE, "mistake", true);
  expect(said).toEqual([`write-related ${HERE} ${THERE} mistake`]);
});

test("of a report that its reader cannot read it is said that it is there, and no more", () => {
  expect(otherWords(undefined)).toBe("Another report, which you cannot read");
  const known = { state: "open", declared: true, title: "The lock of the store.", day: "2026-03-02", test: false } as unknown as Arrival;
  expect(otherWords(known)).toContain("\u2068The lock of the store.\u2069 · ");
  // Known to the list, and not declared on: no word of it either.
  expect(otherWords({ ...known, declared: false })).not.toContain("lock");
});

test("a link is offered where a note can be written, also once the case is closed, and in no other state", () => {
  expect(["arrived", "case", "closed"].every(isWritable)).toBe(true);
  expect(["held", "aside", "deleted"].some(isWritable)).toBe(false);
});

test("the label that stood for a link before is still read as one that names no report", () => {
  expect(noneWords([])).toBe("no other report");
  expect(noneWords(["urgent", "event"])).toContain("a note may say");
});
