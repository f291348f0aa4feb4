import { beforeAll, describe, expect, it } from "vitest";

import { parseWhat } from "../../ledger/acts.js";
import type { FileName } from "../../seal/envelope.js";
import { readParcel, writeParcel } from "../../seal/parcel.js";
import { b64, H, random, unb64, utf8 } from "../../seal/primitives.js";
import { sourceOf } from "../../seal/source.js";
import { makeOffice, type Person, type TestOffice } from "../../seal/testing/office.js";
import { wordsOf } from "./entry.js";
import { proveExport, type ProvenExport } from "./exported.js";
import { composeMailbox } from "./mailboxes.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { storyOf, titleOf } from "./story.js";
import { composeTaking, proveTaken, takenOf, type TakingWish } from "./taken.js";
import { served } from "./testing/born.js";
import { TestThread, unlocked, WORDS } from "./testing/desk.js";
import { exported } from "./testing/exports.js";

let office: TestOffice, archive: Uint8Array, proven: ProvenExport, thread: TestThread;
const file: FileName = { blob: random(16), seed: random(32), hash: random(32), size: 9000, name: "case.zip", type: "application/zip" };

beforeAll(async () => {
  office = makeOffice();
  thread = await TestThread.filed(office, { what: `${WORDS}\nAnd more of it.` }, { mustNotSee: ["Dorn Alder"] });
  archive = await exported(thread, office);
  proven = await proveExport(sourceOf(archive), unlocked(office, office.handler));
});

function wish(more: Partial<TakingWish> = {}): TakingWish {
  return {
    desk: b64(office.desk), until: "2027-03-01", people: [b64(office.handler.id), b64(office.lead.id)], barred: [], title: titleOf(proven.open),
    counter: 3, file, ...more,
  };
}

type Composed = Awaited<ReturnType<typeof composeTaking>>;

const taken = (more: Partial<TakingWish> = {}): Promise<Composed> => composeTaking(unlocked(office, office.handler), proven, wish(more));
const opened = (who: Person, made: Composed): Promise<OpenThread> =>
  openThread(readThread(served(office, who.id, made, [], [file.hash])), unlocked(office, who));

describe("an exported case that is taken in", () => {
  it("is a case of those who hold it, says of which export it is, and has no other side", async () => {
    const made = await taken();
    for (const person of [office.handler, office.lead]) {
      const open = await opened(person, made), keys = unlocked(office, person);
      expect([open.faults, open.caseKeys?.people.length, titleOf(open)]).toEqual([[], 2, WORDS]);
      expect(takenOf(open)).toMatchObject({ file: { name: "case.zip" }, taken: { day: proven.opened.exported.day, mustNotSee: ["Dorn Alder"] } });
      expect(b64(takenOf(open)?.taken.from ?? random(16))).toBe(b64(thread.drop.mailbox.id));
      const story = storyOf(open, keys, undefined, "en");
      expect(story).toMatchObject({ opened: { purpose: "taken in" }, answerable: false, status: "case", mustNotSee: ["Dorn Alder"] });
      expect(story.entries.map(({ kind }) => kind)).toEqual(["handover", "taken"]);
    }
    await expect(opened(office.stranger, made)).resolves.toMatchObject({ caseKeys: undefined });
  });

  it("gives no word of it to whom its reporting person wants kept out", async () => {
    const open = await opened(office.handler, await taken());
    expect(wordsOf(open, storyOf(open, unlocked(office, office.handler), undefined, "en"), true).title).toBe(0);
    await expect(taken({ barred: [b64(office.lead.id)] })).rejects.toMatchObject({ code: "keys-barred" });
    await expect(taken({ people: [b64(office.handler.id)] })).rejects.toMatchObject({ code: "keys-people" });
  });

  it("carries whom it must not be given to into its keys", async () => {
    const open = await opened(office.handler, await taken({ barred: [b64(office.stranger.id)] }));
    expect(open.caseKeys?.barred.map(b64)).toEqual([b64(office.stranger.id)]);
  });

  it("is signed for with what the act of the export names, and the note", async () => {
    const { thread: id, parcel } = await taken(), { head, files } = readParcel(parcel);
    const act = parseWhat(unb64((head["act"] as { what: string }).what));
    const { exported: { thread: from }, record, digest } = proven.opened;
    const note = readParcel(files.at(-1)?.bytes ?? new Uint8Array()).head["c"];
    expect(act).toMatchObject({ act: "take in", subject: b64(id) });
    expect(act.fields).toMatchObject({ from: b64(from), list: b64(digest), export: b64(H(record.row)), note });
    // Nothing that the server gets is a word of the case.
    expect(new TextDecoder().decode(parcel)).not.toContain(WORDS);
  });

  it("is opened from the attachment by the same proof", async () => {
    const open = await opened(office.lead, await taken()), keys = unlocked(office, office.lead);
    const again = await proveTaken(open, sourceOf(archive), keys);
    expect(JSON.stringify(storyOf(again.open, keys, undefined, "en").entries)).toContain(WORDS);
    const altered = archive.slice();
    altered[altered.length >> 1] = (altered[altered.length >> 1] ?? 0) ^ 1;
    await expect(proveTaken(open, sourceOf(altered), keys)).rejects.toHaveProperty("code");
  });

  it("is refused where another export lies in its place, also one of the same case", async () => {
    const open = await opened(office.handler, await taken()), keys = unlocked(office, office.handler);
    for (const other of [await exported(thread, office), await exported(await TestThread.filed(office), office)]) {
      await expect(proveTaken(open, sourceOf(other), keys)).rejects.toMatchObject({ code: "taken-other" });
    }
    const strange = makeOffice();
    await expect(proveTaken(open, sourceOf(await exported(await TestThread.filed(strange), strange)), keys)).rejects.toMatchObject({ code: "export-foreign" });
  });

  it("is not what another mailbox says of itself", async () => {
    const keys = unlocked(office, office.handler);
    const box = await composeMailbox(keys, {
      desk: b64(office.desk), purpose: "helper", until: "2027-03-01", people: wish().people, text: "Please read.", language: "en", origin: b64(random(16)), ends: false, counter: 1,
    });
    const { head, files } = readParcel((await taken()).parcel);
    const first = files.at(-1);
    if (first === undefined) throw new Error("a note is there");
    const mixed = writeParcel({ ...readParcel(box.parcel).head, row: head["row"] ?? null }, [...readParcel(box.parcel).files, first]);
    const open = await openThread(readThread(served(office, office.handler.id, { thread: box.thread, parcel: mixed }, [], [file.hash])), keys);
    expect(open.faults.length).toBeGreaterThan(0);
    expect(takenOf(open)).toBeUndefined();
    await expect(proveTaken(open, sourceOf(utf8("PK")), keys)).rejects.toMatchObject({ code: "taken-none" });
  });
});
