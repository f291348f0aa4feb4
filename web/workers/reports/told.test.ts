import { beforeAll, describe, expect, it } from "vitest";

import { readForm, writeForm, type Form } from "../../seal/form.js";
import { makeOffice, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import { openThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { storyOf } from "./story.js";
import { TestThread, unlocked, WORDS } from "./testing/desk.js";
import { tell, type Kept } from "./told.js";

const texts = (text: string): ReadonlyMap<string, string> => new Map([["en", text]]);
const option = (id: string): Form[number]["questions"][number]["options"][number] => ({ id, label: texts(id), help: undefined });
const FORM: Form = readForm(writeForm([{
  id: "first", title: texts("First"), questions: [
    { id: "what", kind: "long", label: texts("What?"), help: undefined, options: [], condition: undefined },
    { id: "kind", kind: "choice", label: texts("Kind?"), help: undefined, options: [option("loss"), option("access")], condition: undefined },
  ],
}]));
let office: TestOffice;
let keys: Keyring;

beforeAll(() => {
  office = makeOffice();
  keys = unlocked(office, office.handler);
});

async function told(answers: Record<string, string>, more: Parameters<typeof TestThread.filed>[2] = {}, then?: (thread: TestThread) => Promise<unknown>): Promise<Kept> {
  const thread = await TestThread.filed(office, { what: WORDS, ...answers }, more);
  await then?.(thread);
  const open = await openThread(readThread(thread.parcel()), keys);
  return tell(open, storyOf(open, keys, FORM, "en"), FORM);
}

describe("what grouping sees of a report", () => {
  it("is its written words; what was chosen stands beside them", async () => {
    const one = await told({ kind: "loss" });
    expect([one.text, one.about, one.files]).toEqual([WORDS, ["loss"], 0]);
    expect(one.frame).toBeDefined();
  });

  it("has the same frame whatever was written, and another where something else was chosen or a way to reach them given", async () => {
    const one = await told({ kind: "loss" });
    expect((await told({ kind: "loss", what: "Something else." })).frame).toBe(one.frame);
    const others = [await told({ kind: "access" }), await told({}), await told({ kind: "loss" }, { contact: "555 0142" }), await told({ kind: "loss" }, { answerable: false })];
    for (const other of others) expect(other.frame).toSatisfy((frame: string | undefined) => frame !== undefined && frame !== one.frame);
  });

  it("has no frame, and so is like no other, where there is more to it than its words", async () => {
    const some = [
      await told({}, { mustNotSee: ["Kim"] }), await told({}, { test: office.handler }), await told({ concern: "complaint" }),
      await told({}, {}, async (thread) => { await thread.reply("And there is more."); }), await told({ what: "word ".repeat(4001) }),
    ];
    for (const { frame, more } of some) expect([frame, more]).toEqual([undefined, true]);
    expect((await told({})).more).toBe(false);
  });

  it("is like no other where the form that tells choices from words is not here", async () => {
    const thread = await TestThread.filed(office, { what: WORDS });
    const open = await openThread(readThread(thread.parcel()), keys);
    expect(tell(open, storyOf(open, keys, undefined, "en"), undefined).frame).toBeUndefined();
  });
});
