import { beforeAll, expect, it } from "vitest";

import { makeOffice, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { protectionOf } from "./protecting.js";
import { TestThread, unlocked } from "./testing/desk.js";
import { writePost } from "./writing.js";

let office: TestOffice;
let keys: Keyring;

beforeAll(() => {
  office = makeOffice();
  keys = unlocked(office, office.handler);
});

const open = (thread: TestThread): Promise<OpenThread> => openThread(readThread(thread.parcel()), keys);

async function assesses(thread: TestThread): Promise<void> {
  const written = { chain: "i", text: "Looked at.", language: "en", protection: { kind: "situation", danger: "some" } } as const;
  thread.take(await writePost(await open(thread), keys, written));
}

it("answers what its author had seen, and nothing that came later on the same day", async () => {
  const thread = await TestThread.filed(office);
  await thread.reply("They moved me to nights.", undefined, "measures");
  expect(protectionOf(await open(thread))).toMatchObject({ asks: [{ n: 1 }], answered: -1 });
  await assesses(thread);
  expect(protectionOf(await open(thread)).answered).toBe(1);
  await thread.reply("And now they threaten me.", undefined, "retaliation");
  const after = await open(thread);
  expect(after.faults).toEqual([]);
  expect(protectionOf(after)).toMatchObject({ asks: [{ n: 1 }, { n: 2 }], answered: 1 });
  await assesses(thread);
  expect(protectionOf(await open(thread)).answered).toBe(2);
});
