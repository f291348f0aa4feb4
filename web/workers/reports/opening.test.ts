import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { Publisher } from "../../ledger/testing/publisher.js";
import { unseal } from "../../seal/age.js";
import { writeMessage, writeText } from "../../seal/bodies.js";
import { publicKey } from "../../seal/ed25519.js";
import { readEnvelope } from "../../seal/envelope.js";
import { readParcel } from "../../seal/parcel.js";
import { sealPost } from "../../seal/post.js";
import { write } from "../../seal/jsontext.js";
import { b64, H, random, same } from "../../seal/primitives.js";
import { identity } from "../../seal/recipients.js";
import { makeOffice, TODAY, type Person, type TestOffice } from "../../seal/testing/office.js";
import type { Proven } from "../../seal/proven.js";
import { readSheet, writeSheet, type Sheet } from "../../seal/sheet.js";
import type { Keyring } from "../keyring.js";
import { agreedTo, namedIn, recordedEntries } from "./entries.js";
import { formOf, learnForm, learnSheet } from "./forms.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { filedBy, storyOf, titleOf } from "./story.js";
import { TestThread, unlocked, WORDS } from "./testing/desk.js";
import { writePost } from "./writing.js";

const NO_FORM = new Uint8Array(0);
let office: TestOffice;
let keys: Keyring;

beforeAll(() => {
  office = makeOffice();
  keys = unlocked(office, office.handler);
});

const open = (thread: TestThread): Promise<OpenThread> => openThread(readThread(thread.parcel()), keys);
const faults = (opened: OpenThread): string[] => opened.faults.map((one) => `${one.chain}${one.n} ${one.code}`);

async function answered(thread: TestThread, text = "Which week?", chain: "o" | "i" = "o"): Promise<void> {
  thread.take(await writePost(await open(thread), keys, { chain, text, language: "en" }));
}

function forged(thread: TestThread, by: Person, changed: Partial<Parameters<typeof sealPost>[0]> = {}): ReturnType<typeof sealPost> {
  const { id, box, tag } = thread.drop.mailbox;
  return sealPost({
    office: office.id, desk: office.desk, thread: id, kind: "message", chain: "o", n: 0, seen: thread.drop.post.c,
    body: writeMessage({ text: "Please send your name.", language: "en" }), audience: office.epoch.recipient,
    box: box.recipient, by: by.by, seed: by.seed, tag, ...changed,
  });
}

describe("a report that is what was acknowledged", () => {
  it("is opened with its answers and nothing red", async () => {
    const opened = await open(await TestThread.filed(office, { what: WORDS, where: "In the yard" }));
    expect(faults(opened)).toEqual([]);
    expect(titleOf(opened)).toBe(WORDS);
    const story = storyOf(opened, keys, undefined, "en");
    const [report] = story.entries;
    expect(report?.kind === "report" && report.answers.map((one) => one.text)).toEqual([WORDS, "In the yard"]);
    expect(story.answerable).toBe(true);
  });

  it("says that it is a test once it is open", async () => {
    const opened = await open(await TestThread.filed(office, { what: "Trying the line" }, { test: office.lead }));
    expect(filedBy(opened, keys, "en")).toMatchObject({ purpose: "test", unproven: false, filer: { id: b64(office.lead.id) } });
  });

  it("cannot be told from others before it is opened: the same sizes, the same fields in clear", async () => {
    const [plain, test] = [await TestThread.filed(office), await TestThread.filed(office, undefined, { test: office.lead })];
    const [a, b] = [plain, test].map(({ drop }) => readParcel(drop.parcel));
    expect(Object.keys(b?.head ?? {})).toEqual(Object.keys(a?.head ?? {}));
    expect(b?.files.map(({ as, bytes }) => [as, bytes.length])).toEqual(a?.files.map(({ as, bytes }) => [as, bytes.length]));
  });

  it("does not believe a test statement of somebody who may make none", async () => {
    const opened = await open(await TestThread.filed(office, { what: "Trying the line" }, { test: office.handler }));
    expect(filedBy(opened, keys, "en")).toEqual({ purpose: "", filer: null, unproven: true, referred: null });
  });

  it("is known as a complaint about the office by what the reporting person chose", async () => {
    const opened = await open(await TestThread.filed(office, { what: WORDS, concern: "complaint" }));
    expect(storyOf(opened, keys, undefined, "en").complaint).toBe(true);
  });
});

describe("a conversation", () => {
  it("goes both ways and is shown in the order in which it was spoken", async () => {
    const thread = await TestThread.filed(office);
    await answered(thread);
    await thread.reply("The first week of March.", thread.rows.find((row) => row.chain === "o")?.c);
    const opened = await open(thread);
    expect(faults(opened)).toEqual([]);
    const story = storyOf(opened, keys, undefined, "en");
    expect(story.entries.map((one) => `${one.chain}${one.n}`)).toEqual(["r0", "o0", "r1"]);
  });

  it("seals an answer once for the desk and once for the reporting person, the same words in both", async () => {
    const thread = await TestThread.filed(office);
    const parcel = await writePost(await open(thread), keys, { chain: "o", text: "Which week?", language: "en" });
    const { files } = readParcel(parcel);
    expect(files.map((one) => one.as)).toEqual(["office", "own"]);
    const [desk, own] = files;
    const one = readEnvelope(await unseal(desk?.bytes ?? NO_FORM, [office.epoch]));
    const other = readEnvelope(await unseal(own?.bytes ?? NO_FORM, [thread.drop.mailbox.box]));
    expect(same(one.c, other.c)).toBe(true);
    await expect(unseal(desk?.bytes ?? NO_FORM, [thread.drop.mailbox.box])).rejects.toMatchObject({ code: "not-mine" });
  });

  it("seals a note for the desk only", async () => {
    const thread = await TestThread.filed(office);
    const parcel = await writePost(await open(thread), keys, { chain: "i", text: "Seen by two.", language: "en" });
    const { head, files } = readParcel(parcel);
    expect(files.map((one) => one.as)).toEqual(["office"]);
    expect("T" in head).toBe(false);
    thread.take(parcel);
    expect(faults(await open(thread))).toEqual([]);
    await expect(unseal(files[0]?.bytes ?? NO_FORM, [thread.drop.mailbox.box])).rejects.toMatchObject({ code: "not-mine" });
  });

  it("writes no answer where the words were not kept", async () => {
    const opened = await open(await TestThread.filed(office, { what: WORDS }, { answerable: false }));
    await expect(writePost(opened, keys, { chain: "o", text: "?", language: "en" })).rejects.toMatchObject({ code: "unanswerable" });
  });

  it("takes no correction from whom nothing proves to be an office that referred this", async () => {
    const thread = await TestThread.filed(office, { what: WORDS });
    const { id, sign, signPublic, box, tag } = thread.drop.mailbox;
    thread.keep(await sealPost({
      office: office.id, desk: office.desk, thread: id, kind: "message", chain: "r", n: 1, prev: thread.drop.post.c,
      body: writeMessage({ text: "Nothing was found.", language: "en", correction: { id: new Uint8Array(16), why: "wrong" } }),
      audience: office.epoch.recipient, box: box.recipient, by: { key: signPublic }, seed: sign, tag,
    }));
    const story = storyOf(await open(thread), keys, undefined, "en");
    expect(story.entries.at(-1)).toMatchObject({ kind: "message", text: "Nothing was found.", correction: null });
  });

  it("hides a contact that was taken back", async () => {
    const thread = await TestThread.filed(office, { what: WORDS }, { contact: "by letter to box 4" });
    expect(storyOf(await open(thread), keys, undefined, "en").contact).toBe("by letter to box 4");
    const { id, sign, signPublic, box, tag } = thread.drop.mailbox;
    thread.keep(await sealPost({
      office: office.id, desk: office.desk, thread: id, kind: "message", chain: "r", n: 1, prev: thread.drop.post.c,
      body: writeMessage({ text: "", language: "en", withdraws: "contact" }), audience: office.epoch.recipient,
      box: box.recipient, by: { key: signPublic }, seed: sign, tag,
    }));
    const opened = await open(thread);
    const story = storyOf(opened, keys, undefined, "en");
    expect(story).toMatchObject({ contact: "", withdrawn: opened.sealed.day });
    expect(story.entries.map((one) => one.kind)).toEqual(["report", "withdrawal"]);
  });
});

describe("a server that lies", () => {
  it("is named where it shows another file than it acknowledged", async () => {
    const thread = await TestThread.filed(office);
    const other = await TestThread.filed(office, { what: "Something else" });
    const [row] = thread.rows;
    const [swapped] = other.rows;
    if (row === undefined || swapped === undefined) throw new Error("both have a report");
    row.files = swapped.files;
    const opened = await open(thread);
    expect(faults(opened)).toEqual(["r0 envelope-place"]);
    expect(opened.posts).toEqual([]);
    expect(titleOf(opened)).toBe("");
  });

  it("is named where a byte of the file was altered", async () => {
    const thread = await TestThread.filed(office);
    const [row] = thread.rows;
    const file = row?.files[0];
    if (row === undefined || file === undefined) throw new Error("there is a file");
    const bytes = file.bytes.slice();
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    row.files = [{ ...file, bytes }, ...row.files.slice(1)];
    expect(faults(await open(thread))).toEqual(["r0 age-payload"]);
  });

  it("is named where the promise is another key's", async () => {
    const thread = await TestThread.filed({ ...office, promise: random(32) });
    expect(faults(await open(thread))).toEqual(["r0 promise-signature"]);
  });

  it("is named where the content is not the promised one", async () => {
    const thread = await TestThread.filed(office);
    const [row] = thread.rows;
    if (row !== undefined) row.c = random(32);
    expect(faults(await open(thread))).toEqual(["r0 content"]);
  });

  it("is named where the entry stands under another tag", async () => {
    const thread = await TestThread.filed(office);
    const [row] = thread.rows;
    if (row !== undefined) row.T = random(32);
    const opened = await open(thread);
    expect(faults(opened)).toEqual(["r0 content"]);
    expect(storyOf(opened, keys, undefined, "en").entries.map((one) => one.kind)).toEqual(["fault"]);
  });

  it("is deleted with what nothing proves named as that, and with nothing that lacks its entry", async () => {
    const [thread, other] = [await TestThread.filed(office), await TestThread.filed(office)];
    await thread.reply("And a second one.");
    await answered(thread);
    const own = [...thread.rows];
    expect(recordedEntries(await open(thread), keys)).toMatchObject({ entries: { length: 3 }, unproven: [] });
    const [, mine] = own, [theirs] = other.rows;
    if (mine === undefined || theirs === undefined) throw new Error("both have posts");
    const holds = (row: typeof mine): Promise<OpenThread> => {
      thread.rows.splice(0, thread.rows.length, ...own.filter((one) => one !== mine), row);
      return open(thread);
    };
    // Another's place, and one's own place under another number.
    for (const row of [{ ...theirs, n: 1 }, { ...mine, n: 5 }]) {
      const found = recordedEntries(await holds(row), keys);
      expect(found).toMatchObject({ entries: { length: 3 }, unproven: { length: 1 } });
      const [hash] = found.unproven;
      expect(namedIn(found, "t")).toMatchObject([{ threads: ["t"], reason: "unproven", unproven: [hash && b64(hash)] }]);
    }
    const lacking = await holds({ ...mine, T: undefined });
    expect(() => recordedEntries(lacking, keys)).toThrow(expect.objectContaining({ code: "entries-unproven" }));
  });

  it("whose first post opens for nobody is deleted by two who sign that none of it is proven", async () => {
    const thread = await TestThread.filed(office);
    await thread.reply("And a second one.");
    const [first] = thread.rows;
    if (first === undefined) throw new Error("it has posts");
    thread.rows.splice(0, 1, { ...first, files: first.files.map((file) => ({ ...file, bytes: random(400) })) });
    const found = recordedEntries(await open(thread), keys);
    expect(found.unproven).toEqual(found.entries);
    const asked = namedIn(found, "t");
    expect(agreedTo(found, "t", asked)).toEqual(asked);
    // Who can prove more signs what the other could not; who can prove less signs nothing, nor anything else.
    expect(agreedTo({ ...found, unproven: [] }, "t", asked)).toEqual(asked);
    expect(() => agreedTo(found, "t", namedIn({ ...found, unproven: [] }, "t"))).toThrow(expect.objectContaining({ code: "act-shape" }));
    expect(() => agreedTo(found, "t", [{ ...asked[0], unproven: [b64(random(32))] }])).toThrow(expect.objectContaining({ code: "act-shape" }));
  });

  it("keeps no report from being deleted by a file in it that opens for nobody, where its entry is the report's", async () => {
    const thread = await TestThread.filed(office);
    const post = await thread.reply("Sealed to nobody here.");
    thread.rows.pop();
    thread.keep({ ...post, files: post.files.map((file) => ({ ...file, bytes: random(400) })) });
    const opened = await open(thread);
    expect(faults(opened)).toEqual([expect.stringContaining("r1 ")]);
    expect(recordedEntries(opened, keys)).toMatchObject({ entries: { length: 2 }, unproven: [] });
  });

  it("is named where it leaves a message out, and the rest stays readable", async () => {
    const thread = await TestThread.filed(office);
    await thread.reply("And the gate.");
    await thread.reply("And the lamp.");
    thread.rows.splice(1, 1);
    const opened = await open(thread);
    expect(faults(opened)).toContain("r1 chain-hole");
    expect(opened.posts.map((one) => one.n)).toEqual([0, 2]);
  });
});

describe("the labels above the answers", () => {
  const formWith = (label: string): Uint8Array => write({
    v: 1, kind: "form", sections: [{ id: "a", title: { en: "A" }, questions: [{ id: "what", kind: "long", label: { en: label } }] }],
  });
  const labels = (opened: OpenThread, held: Keyring): string[] => storyOf(opened, held, formOf(opened, held).form, "en").entries
    .flatMap((one) => one.kind === "report" ? one.answers.map(({ label }) => label) : []);
  const sheetWith = (form: Uint8Array, number: number): Proven<Sheet> => {
    const sheet = office.manifest.sheets.get(b64(office.desk));
    if (sheet === undefined) throw new Error("the office has one desk");
    return readSheet(writeSheet({ ...sheet, number, form: H(form) })) as Proven<Sheet>;
  };
  const under = (sheet: Proven<Sheet>): Keyring => {
    const held = unlocked(office, office.handler);
    held.settle({ ...office.manifest, sheets: new Map([[b64(office.desk), sheet]]) }, [...keys.people.values()], []);
    return held;
  };

  it("are those of the form that the desk's sheet names, and of no other that a server hands over", async () => {
    const form = formWith("What did you see or hear?");
    const now = sheetWith(form, 1);
    const opened = await open(await TestThread.filed(office, { what: WORDS }, { shown: { sheet: now } }));
    learnForm(formWith("Who was it?"));
    expect(labels(opened, under(now))).toEqual(["what"]);
    learnForm(form);
    expect(labels(opened, under(now))).toEqual(["What did you see or hear?"]);
  });

  it("stay those that the author was asked, when the desk has another form by now", async () => {
    const [asked, later] = [formWith("What was it like then?"), formWith("What is it like now?")];
    const before = sheetWith(asked, 2);
    const now = under(sheetWith(later, 3));
    const opened = await open(await TestThread.filed(office, { what: WORDS }, { shown: { sheet: before } }));
    learnForm(later);
    expect(formOf(opened, now)).toEqual({ form: undefined, lacks: b64(before.hash) });
    expect(labels(opened, now)).toEqual(["what"]);
    expect(learnSheet(before.doc)).toBe(b64(H(asked)));
    learnForm(asked);
    expect(labels(opened, now)).toEqual(["What was it like then?"]);
    expect(formOf(opened, now).lacks).toBe("");
  });
});

describe("somebody who may not write", () => {
  it("is refused who has no role at this desk", async () => {
    const thread = await TestThread.filed(office);
    thread.keep(await forged(thread, office.stranger));
    expect(faults(await open(thread))).toEqual(["o0 envelope-author"]);
  });

  it("is refused who signs in a colleague's name", async () => {
    const thread = await TestThread.filed(office);
    thread.keep(await forged(thread, office.lead, { seed: office.stranger.seed }));
    expect(faults(await open(thread))).toEqual(["o0 envelope-signature"]);
  });

  it("is refused who writes in the reporting person's place", async () => {
    const thread = await TestThread.filed(office);
    const { box } = thread.drop.mailbox;
    thread.keep(await forged(thread, office.handler, { chain: "r", n: 1, prev: thread.drop.post.c, box: box.recipient }));
    expect(faults(await open(thread))).toEqual(["r1 envelope-author"]);
  });

  it("is named where words were sealed for a silent reader too", async () => {
    const thread = await TestThread.filed(office);
    thread.keep(await forged(thread, office.handler, {
      kind: "note", chain: "i", seen: undefined, body: writeText({ text: "Hm.", language: "en" }), tag: undefined,
      box: identity(random(32)).recipient,
    }));
    expect(faults(await open(thread))).toEqual(["i0 envelope-audience"]);
  });
});

describe("what is unread", () => {
  it("is what others wrote beyond the mark", async () => {
    const thread = await TestThread.filed(office);
    await answered(thread);
    thread.marks = { r: 0 };
    await thread.reply("The first week.");
    const story = storyOf(await open(thread), keys, undefined, "en");
    expect(story.entries.filter((one) => one.unread).map((one) => `${one.chain}${one.n}`)).toEqual(["r1"]);
    expect(b64(thread.drop.mailbox.id)).toBe(story.thread);
  });
});

describe("a charter that followed", () => {
  afterEach(() => { vi.unstubAllGlobals(); });

  /** The handler under the next charter, before a server that serves the published record. */
  function renewed(publisher: Publisher): Keyring {
    const later = unlocked(office, office.handler);
    const old = office.manifest.charter;
    const record = { ...old.record, host: publisher.host, checkpoint: publicKey(publisher.checkpointSeed) };
    const next = { ...old, record, number: old.number + 1, from: "2026-03-10", hash: random(32), prev: old.hash };
    later.settle({ ...office.manifest, charter: next }, [], [old]);
    vi.stubGlobal("location", { origin: "https://office.example.org" });
    vi.stubGlobal("fetch", (address: string) => {
      const file = publisher.files.get(address.split("/record/")[1] ?? "");
      return Promise.resolve(new Response((file ?? "") as Uint8Array<ArrayBuffer>, { status: file === undefined ? 404 : 200 }));
    });
    return later;
  }

  const leaves = (thread: TestThread): Uint8Array[] => readThread(thread.parcel()).posts
    .flatMap(({ promise }) => promise === undefined ? [] : [promise.leaf]);

  it("leaves standing what the record of that day holds, and nothing written under the one before it later", async () => {
    const thread = await TestThread.filed(office);
    await answered(thread);
    const publisher = new Publisher(office.id, office.promise);
    publisher.publish(TODAY, leaves(thread));
    const read = async (): Promise<string[]> => faults(await openThread(readThread(thread.parcel()), renewed(publisher)));
    expect(await read()).toEqual([]);
    for (const row of thread.rows) if (row.chain === "o") row.day = "2026-03-11";
    expect(await read()).toEqual(["o0 envelope-author"]);
  });

  it("leaves promises of earlier days standing under the record key of then, and of later days under its own alone", async () => {
    const thread = await TestThread.filed(office);
    const publisher = new Publisher(office.id, office.promise);
    publisher.publish(TODAY, leaves(thread));
    const later = renewed(publisher);
    const other = { ...later.manifest.charter.record, promise: publicKey(random(32)) };
    later.settle({ ...later.manifest, charter: { ...later.manifest.charter, record: other } }, [], [office.manifest.charter]);
    expect(faults(await openThread(readThread(thread.parcel()), later))).toEqual([]);
    for (const row of thread.rows) row.day = "2026-03-11";
    expect(faults(await openThread(readThread(thread.parcel()), later))).toEqual(["r0 promise-signature"]);
  });

  it("leaves nothing standing that only a promise dates back", async () => {
    const thread = await TestThread.filed(office);
    await answered(thread);
    const publisher = new Publisher(office.id, office.promise);
    const read = async (): Promise<string[]> => faults(await openThread(readThread(thread.parcel()), renewed(publisher)));
    expect(await read()).toEqual(["o0 envelope-author"]);
    publisher.publish(TODAY, leaves(thread).slice(0, 1));
    expect(await read()).toEqual(["o0 envelope-author"]);
  });
});
