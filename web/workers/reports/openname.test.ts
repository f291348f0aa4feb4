import { describe, expect, it } from "vitest";

import type { PublishedRecord } from "../../ledger/record.js";
import { unseal } from "../../seal/age.js";
import { shareInside } from "../../seal/opening.js";
import { write, type JsonObject } from "../../seal/jsontext.js";
import { readParcel } from "../../seal/parcel.js";
import { b64, join, random, unb64 } from "../../seal/primitives.js";
import { identity } from "../../seal/recipients.js";
import { makeOffice, TODAY, type Person, type TestOffice } from "../../seal/testing/office.js";
import { parseRow } from "../../ledger/acts.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import {
  composeNameRequest, composeRelease, givenName, nameInside, openNameRequest, openReleases, ownShare, proveAsking, type Claimed, type NameWish,
} from "./openname.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { TestThread, unlocked } from "./testing/desk.js";

const CARD = { name: "Noor Example", contact: "555 0100", note: "" };
const WISH: NameWish = {
  message: 0, ground: "court", reasons: "The court orders it.", language: "en", told: { text: "We ask for your name.", language: "en" }, withheld: "", counter: 7,
};

interface Stage {
  readonly office: TestOffice;
  readonly thread: TestThread;
  readonly asker: Keyring;
  readonly keeper: Keyring;
  readonly open: OpenThread;
}

async function staged(card = CARD): Promise<Stage> {
  const office = makeOffice(), thread = await TestThread.filed(office, undefined, { card });
  const asker = unlocked(office, office.handler), seed = random(32);
  const found = await openThread(readThread(thread.parcel()), asker);
  const handover = { generation: 0, recipient: identity(seed).recipient };
  // As it is once a triage gave it to two people: the case has a key of its own.
  const open = {
    ...found, sealed: { ...found.sealed, generation: 0, epoch: undefined }, thread: { ...found.thread, handover },
    caseKeys: { generations: [{ number: 0, seed }], people: [], barred: [] },
  } as unknown as OpenThread;
  return { office, thread, asker, keeper: unlocked(office, office.keeper), open };
}

function row(by: Person, act: string, subject: Uint8Array, more: { readonly after?: Uint8Array; readonly more?: JsonObject }): Uint8Array {
  const { what, sig } = signAct(by.seed, by.id, 3, { act, subject, ...more });
  return write({ salt: b64(random(16)), time: "2026-03-02T10:00:00Z", what: new TextDecoder().decode(unb64(what)), sig });
}

function gave({ office, open }: Stage, changed: { readonly by?: Person; readonly act?: string; readonly people?: readonly string[]; readonly subject?: Uint8Array } = {}): Uint8Array {
  const people = changed.people ?? [b64(office.lead.id), b64(office.handler.id)];
  return row(changed.by ?? office.lead, changed.act ?? "triage", changed.subject ?? open.sealed.thread, { more: { people: [...people].sort() } });
}

/** What the server gives of the request that this browser made. */
async function request(stage: Stage, wish: Partial<NameWish> = {}) {
  const { open, asker, office } = stage;
  const { head, files } = readParcel(await composeNameRequest(open, asker, { ...WISH, ...wish }));
  const act = head["act"] as JsonObject;
  const askedBy = write({ salt: b64(random(16)), time: "2026-03-02T10:00:00Z", what: new TextDecoder().decode(unb64(act["what"] as string)), sig: act["sig"] as string });
  const claimed: Claimed = {
    where: { office: office.id, desk: office.desk, thread: open.sealed.thread }, message: 0, told: TODAY,
    askedBy: { row: askedBy, day: TODAY }, assignedBy: { row: gave(stage), day: TODAY },
  };
  const notice = files[1] === undefined ? undefined : unb64(readParcel(files[1].bytes).head["c"] as string);
  return { file: files[0]?.bytes ?? new Uint8Array(0), c: unb64(head["c"] as string), claimed, notice };
}

/** A record whose published days hold these acts, and the word to the reporting person. */
function record(claimed: Claimed, notice: Uint8Array | undefined, lacks: "" | "act" | "notice" | "night" = ""): PublishedRecord {
  const acts = [claimed.askedBy, claimed.assignedBy].flatMap((one) => one === undefined ? [] : [parseRow(one.row).leaf]);
  const arrivals = notice === undefined ? [] : [join(random(32), notice, random(32))];
  return {
    entries: (log: string) => Promise.resolve(lacks === "night" ? undefined : log === "acts" ? acts.slice(lacks === "act" ? 1 : 0) : lacks === "notice" ? [random(96)] : arrivals),
  } as unknown as PublishedRecord;
}

async function assessed(stage: Stage, change: (claimed: Claimed) => Claimed = (one) => one, lacks: "" | "act" | "notice" | "night" = "", wish: Partial<NameWish> = {}): Promise<string> {
  const { file, claimed, notice } = await request(stage, wish);
  const opened = await openNameRequest(file, claimed.where, stage.keeper);
  if (!("asked" in opened)) return opened.code;
  const changed = change(claimed);
  return proveAsking(opened.asked, opened.content, changed, stage.keeper, record(changed, notice, lacks));
}

describe("opening a name under seal", () => {
  it("goes from the asker over the custodians back to the asker, who alone reads it", async () => {
    const stage = await staged(), { office, asker, keeper, open, thread } = stage;
    const { file, claimed, notice } = await request(stage);
    const shares = (thread.rows[0]?.files ?? []).filter(({ as }) => as === "share").map(({ bytes }) => bytes);
    const opened = await openNameRequest(file, claimed.where, keeper);
    if (!("asked" in opened)) throw new Error(opened.code);
    expect(await proveAsking(opened.asked, opened.content, claimed, keeper, record(claimed, notice))).toBe("proven");
    const own = await ownShare([...shares].reverse(), [], claimed, keeper);
    if (own === undefined) throw new Error("the keeper has a share");
    const first = readParcel(await composeRelease(opened.asked, own, claimed, keeper, 1)).files[0]?.bytes ?? new Uint8Array(0);
    const { good, refused } = await openReleases([first, random(300)], opened.asked, claimed.where, asker);
    expect([good.length, refused]).toEqual([1, 1]);
    // Nobody but the asker opens what was handed over.
    expect((await openReleases([first], opened.asked, claimed.where, unlocked(office, office.lead))).good).toEqual([]);
    const identityFile = thread.rows[0]?.files.find(({ as }) => as === "identity")?.bytes ?? new Uint8Array(0);
    const given = givenName(open, asker, 0);
    await expect(nameInside(identityFile, good, given)).rejects.toMatchObject({ code: "share-count" });
    // The second custodian of the two that must agree has no place in this list: their share as their browser hands it over.
    const second = shareInside(await unseal(shares[1] ?? new Uint8Array(0), [office.custodians[1] ?? identity(random(32))]), claimed.where, 0);
    const both = [...good, { request: opened.asked.c, index: second.index, share: second.share }];
    expect(await nameInside(identityFile, both, given)).toEqual(CARD);
    await expect(nameInside(identityFile, [...good, { request: opened.asked.c, index: 2, share: second.share }], given)).rejects.toMatchObject({ code: "share-hash" });
  });

  it("opens an empty card where nobody gave a name", async () => {
    const { office, asker, open, thread } = await staged({ name: "", contact: "", note: "" });
    const where = { office: office.id, desk: office.desk, thread: open.sealed.thread };
    const files = thread.rows[0]?.files ?? [];
    const shares = await Promise.all(files.filter(({ as }) => as === "share").map(async ({ bytes }, at) => shareInside(await unseal(bytes, [office.custodians[at] ?? identity(random(32))]), where, 0)));
    const releases = shares.slice(1).map(({ index, share }) => ({ request: random(32), index, share }));
    expect(await nameInside(files.find(({ as }) => as === "identity")?.bytes ?? new Uint8Array(0), releases, givenName(open, asker, 0))).toEqual({ name: "", contact: "", note: "" });
  });

  it("is asked for where a sealed name came, and in a case alone", async () => {
    const { asker, open } = await staged();
    await expect(composeNameRequest(open, asker, { ...WISH, message: 1 })).rejects.toMatchObject({ code: "no-name" });
    await expect(composeNameRequest({ ...open, caseKeys: undefined }, asker, WISH)).rejects.toMatchObject({ code: "state" });
  });

  it("waits for the night in which the record is published", async () => {
    expect(await assessed(await staged(), undefined, "night")).toBe("waits");
  });

  it("needs no word to the reporting person where the request says why there is none", async () => {
    const wish = { told: null, withheld: "The order forbids it." };
    expect(await assessed(await staged(), (one) => ({ ...one, told: undefined }), "notice", wish)).toBe("proven");
  });

  it.each([
    ["another request than was signed for", "name-acts", (stage: Stage) => (one: Claimed) => ({ ...one, askedBy: { row: row(stage.office.handler, "request name", stage.open.sealed.thread, { after: random(32) }), day: TODAY } })],
    ["a request signed for by somebody else", "act-signature", (stage: Stage) => (one: Claimed) => ({ ...one, askedBy: { row: row(stage.office.lead, "request name", stage.open.sealed.thread, { after: random(32) }), day: TODAY } })],
    ["an asker who is not on the case", "name-assigned", (stage: Stage) => (one: Claimed) => ({ ...one, assignedBy: { row: gave(stage, { people: [b64(stage.office.lead.id)] }), day: TODAY } })],
    ["a custodian who is on the case", "same-person", (stage: Stage) => (one: Claimed) => ({ ...one, assignedBy: { row: gave(stage, { people: [b64(stage.office.handler.id), b64(stage.office.keeper.id)] }), day: TODAY } })],
    ["a case given by nobody who may", "name-giver", (stage: Stage) => (one: Claimed) => ({ ...one, assignedBy: { row: gave(stage, { by: stage.office.stranger }), day: TODAY } })],
    ["another case", "name-acts", (stage: Stage) => (one: Claimed) => ({ ...one, assignedBy: { row: gave(stage, { subject: random(16) }), day: TODAY } })],
    ["another act", "name-acts", (stage: Stage) => (one: Claimed) => ({ ...one, assignedBy: { row: gave(stage, { act: "confirm triage" }), day: TODAY } })],
    ["no act", "name-acts", () => (one: Claimed) => ({ ...one, askedBy: undefined })],
    ["shares of another message", "envelope-place", () => (one: Claimed) => ({ ...one, message: 2 })],
    ["a word to the reporting person of no known day", "name-record", () => (one: Claimed) => ({ ...one, told: undefined })],
  ] as const)("is refused for %s", async (_what, code, change) => {
    const stage = await staged();
    expect(await assessed(stage, change(stage))).toBe(code);
  });

  it.each(["act", "notice"] as const)("is refused where the published record lacks the %s", async (lacks) => {
    expect(await assessed(await staged(), undefined, lacks)).toBe("name-record");
  });

  it("is refused where the reporting person is not told and oversight cannot read why", async () => {
    const stage = await staged(), { file, claimed, notice } = await request(stage, { told: null, withheld: "The order forbids it." });
    const place = stage.keeper.people.get(b64(stage.office.stranger.id));
    if (place === undefined) throw new Error("the stranger is a member");
    stage.keeper.people.set("overseer", { ...place, entry: { ...place.entry, roles: ["oversight"] } });
    const opened = await openNameRequest(file, claimed.where, stage.keeper);
    if (!("asked" in opened)) throw new Error(opened.code);
    expect(await proveAsking(opened.asked, opened.content, claimed, stage.keeper, record(claimed, notice))).toBe("name-oversight");
  });

  it("is not opened for who asks it of themselves", async () => {
    const stage = await staged(), { file, claimed } = await request(stage);
    const own = await openNameRequest(file, claimed.where, { seals: stage.keeper.seals, member: stage.office.handler.id, manifest: stage.keeper.manifest, earlier: [] } as unknown as Keyring);
    expect(own).toEqual({ code: "same-person" });
  });
});
