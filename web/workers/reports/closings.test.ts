import { beforeAll, describe, expect, it } from "vitest";

import { decider } from "../../office/cases/reviewing.js";
import { b64, H, unb64 } from "../../seal/primitives.js";
import { readParcel } from "../../seal/parcel.js";
import type { SealedPost } from "../../seal/post.js";
import { makeOffice, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import { composeClosing } from "./closing.js";
import { closingsOf } from "./closings.js";
import { composeMailbox, type ComposedMailbox } from "./mailboxes.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { storyOf } from "./story.js";
import { served } from "./testing/born.js";
import { TestThread, unlocked } from "./testing/desk.js";
import { writePost } from "./writing.js";

const SLIP = { outcome: "unfounded", concern: "tampering" } as const;
let office: TestOffice;
let lead: Keyring;
let handler: Keyring;

beforeAll(() => {
  office = makeOffice();
  [lead, handler] = [unlocked(office, office.lead), unlocked(office, office.handler)];
});

const opened = (thread: TestThread, by: Keyring): Promise<OpenThread> => openThread(readThread(thread.parcel()), by);

/** Closed by these, one after the other, as a server that holds to no rule lets them. */
async function closedBy(...people: readonly Keyring[]): Promise<TestThread> {
  const thread = await TestThread.filed(office);
  for (const keys of people) {
    thread.take(await writePost(await opened(thread, keys), keys, { chain: "o", text: "Looked into.", language: "en", closing: SLIP }));
  }
  return thread;
}

describe("who closed a case", () => {
  it("is known from the closings themselves, and two after each other are two people's", async () => {
    const open = await opened(await closedBy(handler, lead), handler);
    expect(open.faults).toEqual([]);
    expect(closingsOf(open)).toEqual({ last: b64(lead.member), alike: [] });
    expect(closingsOf(await opened(await TestThread.filed(office), lead))).toEqual({ last: "", alike: [] });
  });

  it("is not whom the server names: the browser of who reads it says that it was the same person twice", async () => {
    const thread = await closedBy(handler, handler);
    const did = (what: string, member: Keyring): { what: string; member: string; at: string } => ({ what, member: b64(member.member), at: "2026-03-02T08:00:00Z" });
    thread.doings = [did("closed", handler), did("reopened", lead), did("closed", lead)];
    const story = storyOf(await opened(thread, lead), lead, undefined, "en");
    expect(story.closings).toEqual({ last: b64(handler.member), alike: [1] });
    expect(decider(story)).toBe(b64(handler.member));
  });

  it("counts the closing before, not all of them: three looks of two people are two second looks", async () => {
    expect(closingsOf(await opened(await closedBy(handler, lead, handler), lead)).alike).toEqual([]);
    expect(closingsOf(await opened(await closedBy(lead, handler, handler, lead, lead), lead)).alike).toEqual([2, 4]);
  });

  it("concludes nothing over a post that failed its check, which is red, and misses one that was taken out", async () => {
    const spoilt = await closedBy(handler, lead, handler);
    const middle = spoilt.rows.find(({ chain, n }) => chain === "o" && n === 1);
    if (middle === undefined) throw new Error("three closings");
    middle.files = middle.files.map((file) => ({ ...file, bytes: file.bytes.slice(0, -1) }));
    const open = await opened(spoilt, lead);
    expect(closingsOf(open).alike).toEqual([]);
    expect(open.faults.map(({ chain, n }) => `${chain}${n}`)).toContain("o1");
    spoilt.rows.splice(spoilt.rows.indexOf(middle), 1);
    const cut = await opened(spoilt, lead);
    expect(cut.faults).toContainEqual(expect.objectContaining({ chain: "o", n: 1, code: "chain-hole" }));
    expect(closingsOf(cut).alike).toEqual([]);
  });
});

describe("closing again", () => {
  it("is not signed by who signed the closing before, whatever the server says of it", async () => {
    const made: ComposedMailbox = await composeMailbox(handler, {
      desk: b64(office.desk), purpose: "protection", until: "2027-03-01", people: [b64(office.handler.id), b64(office.lead.id)],
      text: "You can write here.", language: "en", origin: b64(H(new Uint8Array(1)).slice(0, 16)), ends: false, counter: 1,
    });
    const since: SealedPost[] = [];
    const open = (keys: Keyring): Promise<OpenThread> => openThread(readThread(served(office, keys.member, made, since)), keys);
    const close = async (keys: Keyring): Promise<void> => {
      const parcel = await composeClosing(await open(keys), keys, { slip: SLIP, text: "Looked into.", language: "en", counter: 2 });
      const { head, files } = readParcel(readParcel(parcel).files[0]?.bytes ?? new Uint8Array());
      since.push({ chain: "o", n: head["n"] as number, c: unb64(head["c"] as string), T: unb64(head["T"] as string), files, blobs: [], leaf: undefined });
    };
    await close(handler);
    // The server of `served` says that the case is open and that nobody has closed it.
    await expect(close(handler)).rejects.toMatchObject({ code: "review" });
    await close(lead);
    await close(handler);
    expect(closingsOf(await open(lead))).toEqual({ last: b64(handler.member), alike: [] });
  });
});
