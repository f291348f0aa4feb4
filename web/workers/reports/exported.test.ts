import { beforeAll, describe, expect, it } from "vitest";

import { promiseFields, signPromise } from "../../ledger/promises.js";
import { unsealed } from "../../importing/unsealing.js";
import { seal } from "../../seal/age.js";
import { writeArchive } from "../../seal/archive.js";
import { archived, DOCUMENTS, envelopePlace, PAGE, writeDocuments, writeList, type ExportedCase, type ExportedPost } from "../../seal/exportedcase.js";
import { write, type Json, type JsonObject } from "../../seal/jsontext.js";
import { CASE_FILE_MAX } from "../../seal/limits.gen.js";
import { writeManifest } from "../../seal/manifest.js";
import { sealWith } from "../../seal/passphrases.js";
import { b64, H, join, random, utf8 } from "../../seal/primitives.js";
import { identity, recipientHash } from "../../seal/recipients.js";
import { SealedSource, sourceOf } from "../../seal/source.js";
import { makeOffice, TODAY, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import { attached, compared, isNamed, proveExport, type ProvenExport } from "./exported.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { storyOf } from "./story.js";
import { TestThread, unlocked, WORDS } from "./testing/desk.js";
import { exported, partsOf, PICTURE, signed } from "./testing/exports.js";

let office: TestOffice, other: TestOffice;
let keys: Keyring;

beforeAll(() => {
  office = makeOffice();
  other = makeOffice();
  keys = unlocked(office, office.handler);
});

const faults = ({ open }: ProvenExport): string[] => open.faults.map(({ chain, n, code }) => `${chain}${n} ${code}`);
const told = ({ open }: ProvenExport): string => JSON.stringify(storyOf(open, keys, undefined, "en").entries);
const refused = async (archive: Uint8Array): Promise<string> => {
  const error: unknown = await proveExport(sourceOf(archive), keys).then(() => undefined, (one: unknown) => one);
  return (error as { code?: string } | undefined)?.code ?? "none";
};

describe("an exported case that is opened again", () => {
  it("is shown as it was, with nothing red", async () => {
    const thread = await TestThread.filed(office);
    await thread.reply("On Fridays, mostly.");
    const proven = await proveExport(sourceOf(await exported(thread, office)), keys);
    expect(faults(proven)).toEqual([]);
    expect(told(proven)).toContain(WORDS);
    expect(told(proven)).toContain("On Fridays");
    expect(proven.open.caseKeys).toBeUndefined();
  });

  it("brings along what the office kept beside it, which the act names with the rest", async () => {
    const thread = await TestThread.filed(office);
    const stood = { hearing: [{ step: "given" as const, reason: "", day: TODAY, until: TODAY }], panel: undefined, duties: [] };
    const proven = await proveExport(sourceOf(await exported(thread, office, { list: { stood } })), keys);
    expect(proven.opened.exported.stood).toEqual(stood);
    const other = { ...stood, hearing: [{ step: "nobody" as const, reason: "", day: TODAY, until: undefined }] };
    expect(await refused(await exported(thread, office, { list: { stood: other }, stale: true }))).toBe("export-act");
    expect((await proveExport(sourceOf(await exported(thread, office)), keys)).opened.exported.stood).toBeUndefined();
  });

  it("is held against what stands here", async () => {
    const thread = await TestThread.filed(office);
    await thread.reply("On Fridays, mostly.");
    const proven = await proveExport(sourceOf(await exported(thread, office)), keys);
    const here = (): Promise<OpenThread> => openThread(readThread(thread.parcel()), keys);
    expect(compared(proven, await here())).toEqual({ missing: [], other: [], newer: 0 });
    await thread.reply("And on Sundays.");
    expect(compared(proven, await here())).toEqual({ missing: [], other: [], newer: 1 });
    thread.rows.splice(1);
    expect(compared(proven, await here())).toEqual({ missing: [{ chain: "r", n: 1 }], other: [], newer: 0 });
    const [row] = thread.rows;
    if (row !== undefined) row.c = random(32);
    expect(compared(proven, await here())).toMatchObject({ other: [{ chain: "r", n: 0 }] });
  });

  it("names the people of its newest keys, and nobody else", () => {
    const named = (people: Uint8Array[]): boolean => isNamed({ open: { thread: { handover: { people } } } } as unknown as ProvenExport, office.handler.id);
    expect(named([office.lead.id, office.handler.id])).toBe(true);
    expect(named([office.lead.id])).toBe(false);
    expect(isNamed({ open: { thread: {} } } as unknown as ProvenExport, office.handler.id)).toBe(false);
  });

  it("takes an attachment for one of the case's only where a proven post names it", async () => {
    const file = { blob: random(16), name: "lock.png", size: PICTURE.length, part: "attachments/01.png", hash: H(PICTURE) };
    const proven = await proveExport(sourceOf(await exported(await TestThread.filed(office), office, { file })), keys);
    expect(attached(proven, file)).toBeUndefined();
  });
});

describe("an exported case that is not what was exported", () => {
  it("is refused wherever a byte was altered, added or left out", async () => {
    const archive = await exported(await TestThread.filed(office), office);
    for (let at = 0; at < archive.length; at += 97) {
      const altered = archive.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(await refused(altered), String(at)).not.toBe("none");
    }
    expect(await refused(archive.subarray(0, -1))).toBe("archive");
    for (const more of ["\0", "%PDF-1.6 a page in front", "PK"]) {
      expect(await refused(join(archive, utf8(more)))).toBe("archive");
      expect(await refused(join(utf8(more), archive))).toBe("archive");
    }
    expect(await refused(join(archive, archive))).toBe("archive");
  }, 60_000);

  it("is refused where no act of this office names it", async () => {
    const thread = await TestThread.filed(office);
    expect(await refused(await exported(thread, office, { list: { words: "Nobody asked." }, stale: true }))).toBe("export-act");
    for (const said of [{ act: "copy" }, { subject: b64(random(16)) }, { member: b64(random(16)) }, { reason: "move" }, { read: { z: 0 } }, { read: { r: 20_000 } }] satisfies JsonObject[]) {
      expect(await refused(await exported(thread, office, { said }))).toBe("export-act");
    }
    expect(await refused(await exported(thread, office, { seed: random(32) }))).toBe("promise-signature");
  });

  it("is refused where it is another office's, also under this one's name", async () => {
    const thread = await TestThread.filed(other);
    expect(await refused(await exported(thread, other))).toBe("export-foreign");
    expect(await refused(await exported(thread, other, { list: { office: office.id } }))).toBe("export-foreign");
    const ours = writeDocuments(writeManifest(office.files), []);
    expect(await refused(await exported(thread, other, { list: { office: office.id }, documents: ours }))).toBe("promise-signature");
    const mixed = writeDocuments(writeManifest({ ...office.files, charter: other.files.charter }), []);
    expect(await refused(await exported(await TestThread.filed(office), office, { documents: mixed }))).toBe("export-documents");
  });

  it("shows nothing of a second case that somebody put in", async () => {
    const thread = await TestThread.filed(office), second = await TestThread.filed(office, { what: "Another matter." });
    await second.reply("Of another person.");
    const { posts, contents } = await partsOf(thread, office), more = await partsOf(second, office);
    const strange = more.posts.filter(({ n }) => n === 1);
    for (const one of strange) contents.set(envelopePlace(one), more.contents.get(envelopePlace(one)) ?? new Uint8Array());
    const archive = spliced(thread, [...posts, ...strange], contents, { r: 1 });
    const proven = await proveExport(sourceOf(archive), keys);
    expect(told(proven)).not.toContain("Of another person.");
    expect(faults(proven).join()).toContain("r1 ");
    expect(told(proven)).toContain(WORDS);
  });

  it("says so where the end of a conversation was cut off, or more is in it than its author had read", async () => {
    const thread = await TestThread.filed(office);
    await thread.reply("On Fridays, mostly.");
    const { posts, contents } = await partsOf(thread, office);
    const cut = await proveExport(sourceOf(spliced(thread, posts.slice(0, 1), contents, { r: 1 })), keys);
    expect(faults(cut)).toEqual(["r1 chain-hole"]);
    const beyond = await proveExport(sourceOf(spliced(thread, posts, contents, { r: 0 })), keys);
    expect(faults(beyond).join()).toContain("r1 content");
    expect(told(beyond)).not.toContain("On Fridays");
  });

  it("shows no message that nobody promised", async () => {
    const thread = await TestThread.filed(office);
    const { posts: [post], contents } = await partsOf(thread, office);
    if (post === undefined) throw new Error("a report is there");
    const elsewhere: Json = promiseFields(signPromise(office.id, random(96), TODAY, office.promise));
    for (const promise of [undefined, {}, elsewhere]) {
      const proven = await proveExport(sourceOf(spliced(thread, [{ ...post, promise }], contents, { r: 0 })), keys);
      expect(told(proven)).not.toContain(WORDS);
      expect(faults(proven).join()).toContain("r0 ");
    }
  });
});

/** With the office's own promise: what a member and the server could make together. */
function spliced(thread: TestThread, posts: readonly ExportedPost[], contents: Map<string, Uint8Array>, read: JsonObject): Uint8Array {
  const page = utf8("%PDF-1.6"), documents = writeDocuments(writeManifest(office.files), []);
  const list: ExportedCase = {
    office: office.id, desk: office.desk, thread: thread.drop.mailbox.id, day: TODAY, by: office.handler.id, reason: "court", words: "", status: "case",
    audience: [recipientHash(office.epoch.recipient)], posts, files: [], page: H(page), documents: H(documents), stood: undefined,
  };
  const what = write({ act: "export", subject: b64(list.thread), member: b64(list.by), counter: 1, after: b64(H(writeList(list))), read, reason: "court" });
  const row = write({ salt: b64(random(16)), time: `${TODAY}T10:00:00Z`, ...signed(what, office) });
  const promise = promiseFields(signPromise(office.id, H(row), TODAY, office.promise));
  return writeArchive(archived(list, { row, promise }, new Map([...contents, [PAGE, page], [DOCUMENTS, documents]])));
}

const blobOf = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);

describe("the seal of a case file", () => {
  it("opens with its words however they were typed, or with its key, and with nothing else", async () => {
    const plain = utf8("an archive"), key = identity(random(32));
    const byWords = blobOf(await sealWith(plain, "eight drawn words", 10)), byKey = blobOf(await seal(plain, [key.recipient]));
    const opened = async (file: Blob, opening: string): Promise<Uint8Array> => {
      const seal = await unsealed({ file, opening });
      return new SealedSource(file, seal.key, seal.start).read(0, 100);
    };
    expect(await opened(byWords, "  Eight drawn\n words ")).toEqual(plain);
    expect(await opened(byKey, `${key.text}\n`)).toEqual(plain);
    await expect(opened(byKey.slice(0, -1), key.text)).rejects.toMatchObject({ code: "age-payload" });
    await expect(unsealed({ file: byWords, opening: "other words" })).rejects.toMatchObject({ code: "not-mine" });
    await expect(unsealed({ file: byKey, opening: "eight drawn words" })).rejects.toMatchObject({ code: "not-mine" });
    await expect(unsealed({ file: byWords, opening: key.text })).rejects.toMatchObject({ code: "not-mine" });
    await expect(unsealed({ file: byKey, opening: "AGE-SECRET-KEY-PQ-1ABC" })).rejects.toMatchObject({ code: "age-identity" });
    await expect(unsealed({ file: blobOf(utf8("no age file")), opening: "eight drawn words" })).rejects.toMatchObject({ code: "age-header" });
  });

  it("waits for no more rounds than we write, and opens nothing larger than a page can hold", async () => {
    const file = new TextDecoder("latin1").decode(await sealWith(utf8("x"), "words", 10)).replace(/(scrypt \S+) 10/u, "$1 19");
    await expect(unsealed({ file: blobOf(Uint8Array.from(file, (one) => one.charCodeAt(0))), opening: "words" })).rejects.toMatchObject({ code: "age-header" });
    const large = { size: CASE_FILE_MAX + 1 } as unknown as Blob;
    await expect(unsealed({ file: large, opening: "words" })).rejects.toMatchObject({ code: "export-size" });
  });
});
