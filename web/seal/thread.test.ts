import { beforeAll, describe, expect, it } from "vitest";

import { unseal } from "./age.js";
import { readIdentityCard, readShare, writeHandover, writeMessage, writeText } from "./bodies.js";
import { inForce } from "./charter.js";
import { readEnvelope, writeEnvelope } from "./envelope.js";
import { cardIdentity, sealReport, type Drop, type Filing } from "./filing.js";
import { readNote } from "./notes.js";
import { readParcel } from "./parcel.js";
import { sealPost, searchTag, type PostDraft, type SealedPost } from "./post.js";
import { b64, H, join, random, same } from "./primitives.js";
import { asProven } from "./proven.js";
import { newReceipt, toDigits } from "./receipt.js";
import { identity, recipientHash } from "./recipients.js";
import { composeMessage, composeRekey } from "./replies.js";
import { combine } from "./shares.js";
import { charterOf, makeOffice, type Person, type TestOffice } from "./testing/office.js";
import { wordList } from "./testing/wordlists.js";
import { readThread, type Found, type Reader, type Thread } from "./thread.js";
import { entropyToWords } from "./words.js";

const TEXT = "The keys to the fuel store are copied every week.";
let office: TestOffice;
let filing: Filing;
let drop: Drop;

beforeAll(async () => {
  office = makeOffice();
  const sheet = office.manifest.sheets.get(b64(office.desk));
  if (sheet === undefined) throw new Error("the office has one desk");
  filing = {
    charter: office.manifest.charter, sheet, receipt: newReceipt(), answers: new Map([["what", TEXT]]), language: "en",
    card: { name: "Mira Solveig", contact: "by letter", note: "" }, answerable: true,
  };
  drop = await sealReport(filing);
});

function file(post: SealedPost, as: string): Uint8Array {
  const found = post.files.find((one) => one.as === as);
  if (found === undefined) throw new Error(`no file ${as}`);
  return found.bytes;
}

function reader(side: "reporter" | "office", changed: Partial<Reader> = {}): Reader {
  const { box, signPublic, id } = drop.mailbox;
  return {
    office: office.id, desk: office.desk, thread: id, side,
    own: [recipientHash(side === "office" ? office.epoch.recipient : box.recipient)],
    audience: [recipientHash(office.epoch.recipient)], charterOf: charterOf(office),
    ...(side === "office" && { readNote }), ...(side === "reporter" && { reporter: signPublic }), ...changed,
  };
}

async function found(post: SealedPost, as: "office" | "own"): Promise<Found> {
  const opener = as === "office" ? office.epoch : drop.mailbox.box;
  return { chain: post.chain, n: post.n, bytes: await unseal(file(post, as), [opener]) };
}

function answer(by: Person, changed: Partial<PostDraft> = {}): Promise<SealedPost> {
  const { id, box, tag } = drop.mailbox;
  return sealPost({
    office: office.id, desk: office.desk, thread: id, kind: "message", chain: "o", n: 0, seen: drop.post.c,
    body: writeMessage({ text: "Which week?", language: "en" }), audience: office.epoch.recipient, box: box.recipient,
    by: by.by, seed: by.seed, tag, ...changed,
  });
}

function reply(changed: Partial<PostDraft> = {}): Promise<SealedPost> {
  const { id, box, tag, sign, signPublic } = drop.mailbox;
  return sealPost({
    office: office.id, desk: office.desk, thread: id, kind: "message", chain: "r", n: 1, prev: drop.post.c,
    body: writeMessage({ text: "The second of March.", language: "en" }), audience: office.epoch.recipient,
    box: box.recipient, by: { key: signPublic }, seed: sign, tag, ...changed,
  });
}

const codes = (thread: Thread): string[] => thread.refused.map((one) => one.error.code);

describe("a report", () => {
  it("reaches the desk, and the reporting person's own box", async () => {
    for (const [side, as] of [["office", "office"], ["reporter", "own"]] as const) {
      const thread = readThread([await found(drop.post, as)], reader(side));
      expect(codes(thread)).toEqual([]);
      expect(thread.report?.answers.get("what")).toBe(TEXT);
      expect(thread.reporter && same(thread.reporter.sign, drop.mailbox.signPublic)).toBe(true);
    }
  });

  it("goes as one parcel whose entry commits to every file", () => {
    const { head, files } = readParcel(drop.parcel);
    expect(files.map((one) => one.as)).toEqual(["office", "own", "identity", "share", "share", "share"]);
    expect(head["auth"]).toBe(b64(H(drop.mailbox.auth)));
    expect(head["epoch"]).toBe(1);
    expect(drop.leaf.length).toBe(96);
    expect(b64(drop.leaf.subarray(32, 64))).toBe(head["c"]);
    expect(drop.parcel.length).toBeLessThan(48 * 1024);
  });

  it("looks the same whether a name is given or not", async () => {
    const without = await sealReport({ ...filing, card: undefined });
    const sizes = (one: Drop): number[] => one.post.files.map(({ bytes }) => bytes.length);
    expect(sizes(without)).toEqual(sizes(drop));
  });

  it("gives the name to two custodians with the report, and to neither alone", async () => {
    const { dealt } = readThread([await found(drop.post, "office")], reader("office")).report ?? {};
    if (dealt === undefined) throw new Error("the charter has custodians");
    const shares = drop.post.files.filter((one) => one.as === "share");
    const opened = await Promise.all(office.custodians.map(async (custodian, i) =>
      readShare(readEnvelope(await unseal(shares[i]?.bytes ?? random(0), [custodian])).body)));
    const two = new Map(opened.slice(1).map((one) => [one.index, one.share]));
    const K = await combine(two, dealt.shares);
    const card = cardIdentity(K, dealt.K2, drop.mailbox.id);
    const envelope = readEnvelope(await unseal(file(drop.post, "identity"), [card]));
    expect(readIdentityCard(envelope.body).name).toBe("Mira Solveig");
    await expect(unseal(file(drop.post, "identity"), [cardIdentity(K, random(32), drop.mailbox.id)]))
      .rejects.toMatchObject({ code: "not-mine" });
    const wrong = new Map([[0, opened[1]?.share ?? K], [1, opened[0]?.share ?? K]]);
    await expect(combine(wrong, dealt.shares)).rejects.toMatchObject({ code: "share-hash" });
  });

  it("refuses a name that would make the card longer than all others", async () => {
    const card = { name: "x".repeat(2000), contact: "", note: "" };
    await expect(sealReport({ ...filing, card })).rejects.toMatchObject({ code: "envelope-length" });
  });

  it("is refused at a place where it was not written for", async () => {
    const one = await found(drop.post, "office");
    for (const changed of [{ office: random(16) }, { desk: random(16) }, { thread: random(16) }]) {
      expect(codes(readThread([one], reader("office", changed)))).toEqual(["envelope-place"]);
    }
    expect(codes(readThread([{ ...one, n: 1 }], reader("office")))).toEqual(["envelope-place"]);
  });
});

describe("a conversation", () => {
  it("goes both ways, in the order of who had seen what", async () => {
    const [question, said] = [await answer(office.handler), await reply()];
    const posts = await Promise.all([drop.post, question, said].map((post) => found(post, "own")));
    const thread = readThread(posts, reader("reporter"));
    expect(codes(thread)).toEqual([]);
    expect(thread.problems).toEqual([]);
    expect(thread.posts.map((post) => [post.chain, post.n])).toEqual([["r", 0], ["r", 1], ["o", 0]]);
    const answered = await reply({ seen: question.c });
    const later = await Promise.all([drop.post, question, answered].map((post) => found(post, "office")));
    expect(readThread(later, reader("office")).posts.map((post) => post.chain)).toEqual(["r", "o", "r"]);
  });

  it("refuses who may not write: strangers, other keys, altered words", async () => {
    const cases = [
      { post: await answer(office.stranger), code: "envelope-author" },
      { post: await answer({ ...office.handler, seed: random(32) }), code: "envelope-signature" },
      { post: await answer({ ...office.handler, by: { ...office.handler.by, proof: { ...office.handler.by.proof, charter: 1 } } }), code: "envelope-author" },
      { post: await answer({ ...office.handler, by: { entry: office.lead.by.entry, proof: office.handler.by.proof } }), code: "roster-proof" },
      { post: await reply({ seed: random(32) }), code: "envelope-signature" },
      { post: await reply({ by: office.handler.by, seed: office.handler.seed }), code: "envelope-author" },
    ];
    for (const { post, code } of cases) {
      const posts = await Promise.all([drop.post, post].map((one) => found(one, "own")));
      expect(codes(readThread(posts, reader("reporter")))).toEqual([code]);
    }
  });

  it("refuses who writes under a charter that was over on the promise's day", async () => {
    const posts = await Promise.all([drop.post, await answer(office.handler)].map((post) => found(post, "own")));
    const { charter } = office.manifest;
    const newer = asProven({ ...charter, number: 1, from: "2026-03-01" });
    const charters = inForce([newer, charter]);
    for (const [day, refused] of [["2026-02-20", []], ["2026-03-02", ["envelope-author"]], [undefined, ["envelope-author"]]] as const) {
      const dated = posts.map((one) => ({ ...one, day }));
      expect(codes(readThread(dated, reader("reporter", { charterOf: charters })))).toEqual(refused);
    }
  });

  it("refuses an answer that was also sealed for somebody unknown", async () => {
    const tapped = await answer(office.handler, { audience: identity(random(32)).recipient });
    const posts = [await found(drop.post, "own"), await found(tapped, "own")];
    expect(codes(readThread(posts, reader("reporter")))).toEqual(["envelope-audience"]);
  });

  it("refuses repeats and forks, and names holes while the rest stays readable", async () => {
    const [one, two] = [await answer(office.handler), await answer(office.lead)];
    const posts = await Promise.all([drop.post, one, one, two].map((post) => found(post, "own")));
    expect(codes(readThread(posts, reader("reporter")))).toEqual(["chain-repeat", "chain-fork"]);
    const lost = await answer(office.handler, { n: 2, prev: random(32), seen: random(32) });
    const holed = await Promise.all([drop.post, one, lost].map((post) => found(post, "own")));
    const thread = readThread(holed, reader("reporter"));
    expect(thread.posts.length).toBe(3);
    expect(thread.problems).toEqual([
      { code: "chain-hole", chain: "o", n: 2 }, { code: "chain-seen", chain: "o", n: 2 },
    ]);
  });

  it("lets only the people of a handover write after it", async () => {
    const generation = identity(random(32)).recipient;
    const handover = await answer(office.lead, {
      kind: "handover",
      body: writeHandover({ generation: 0, recipient: generation, people: [office.handler.id] }),
    });
    const after = { n: 1, prev: handover.c, audience: generation };
    for (const [who, refused] of [[office.handler, []], [office.lead, ["envelope-author"]]] as const) {
      const post = await answer(who, after);
      const posts = await Promise.all([drop.post, handover, post].map((one) => found(one, "own")));
      expect(codes(readThread(posts, reader("reporter")))).toEqual(refused);
    }
  });

  it("goes on under a new receipt, and no longer under the old one", async () => {
    const receipt = newReceipt();
    const old = [await found(drop.post, "own"), await found(await answer(office.handler), "own")];
    const to = {
      office: office.id, desk: office.desk, thread: drop.mailbox.id, recipient: office.epoch.recipient,
      audience: { epoch: 1 },
    };
    const rekey = await composeRekey(readThread(old, reader("reporter")), drop.mailbox, receipt, to, old);
    const { mailbox: next } = rekey;
    const parcel = readParcel(rekey.parcel);
    expect(parcel.head["rekey"]).toEqual({ id: b64(next.id), auth: b64(H(next.auth)) });
    expect(parcel.head["T"]).toBe(b64(searchTag(next.tag, "r", 1)));
    expect(parcel.files.map((one) => one.of)).toEqual([undefined, undefined, { chain: "r", n: 0 }, { chain: "o", n: 0 }]);

    const mine = { own: [recipientHash(next.box.recipient)], reporter: next.signPublic };
    const copies = await Promise.all(parcel.files.slice(2).map(async ({ of, bytes }): Promise<Found> =>
      ({ chain: of?.chain ?? "i", n: of?.n ?? 0, bytes: await unseal(bytes, [next.box]) })));
    const now: Found = { chain: "r", n: 1, bytes: await unseal(file(rekey.post, "own"), [next.box]) };
    const thread = readThread([...copies, now], reader("reporter", mine));
    expect(codes(thread)).toEqual([]);
    expect(thread.posts.length).toBe(3);
    expect(codes(readThread(copies, reader("reporter", mine)))).toEqual(["envelope-author", "envelope-author"]);

    const said = await composeMessage(thread, next, { text: "Again.", language: "en" }, to);
    expect(said.post.n).toBe(2);
    await expect(composeMessage(thread, drop.mailbox, { text: "Again.", language: "en" }, to))
      .rejects.toMatchObject({ code: "thread-unread" });
    const late = await reply({ n: 2, prev: rekey.post.c });
    for (const [post, refused] of [[said.post, []], [late, ["envelope-author"]]] as const) {
      const posts = await Promise.all([drop.post, rekey.post, post].map((one) => found(one, "office")));
      expect(codes(readThread(posts, reader("office")))).toEqual(refused);
    }
  });

  it("is sealed by nobody who wrote the receipt into it", async () => {
    const words = wordList("english");
    const inside = entropyToWords(filing.receipt, words).join(", ").toUpperCase();
    for (const text of [`It is ${inside}.`, `It is ${toDigits(filing.receipt).join("-")}.`]) {
      const answers = new Map([["what", text]]);
      await expect(sealReport({ ...filing, answers, lists: [words] })).rejects.toMatchObject({ code: "receipt-inside" });
    }
  });

  it("does not begin at a closed desk without a test ticket, or with nothing said", async () => {
    const sheet = { ...filing.sheet, open: false };
    await expect(sealReport({ ...filing, sheet })).rejects.toMatchObject({ code: "desk-closed" });
    expect(readParcel((await sealReport({ ...filing, sheet, ticket: random(32) })).parcel).head["ticket"]).toBeTypeOf("string");
    await expect(sealReport({ ...filing, answers: new Map() })).rejects.toMatchObject({ code: "report-empty" });
  });

  it("may say nothing in words where a voice comes with it", async () => {
    const voice = { blob: random(16), seed: random(32), hash: random(32), size: 6400, name: "voice-1.webm", type: "audio/webm" };
    const drop = await sealReport({ ...filing, answers: new Map(), files: [voice] });
    expect(drop.post.blobs).toEqual([voice.blob]);
    expect(readParcel(drop.parcel).head["blobs"]).toEqual([b64(voice.blob)]);
  });

  it("keeps notes inside the office", async () => {
    const note = await answer(office.handler, {
      kind: "note", chain: "i", body: writeText({ text: "Ask the store.", language: "en" }), seen: undefined, box: undefined,
    });
    expect(note.files.length).toBe(1);
    expect(note.leaf).toBeUndefined();
    const thread = readThread([await found(drop.post, "office"), await found(note, "office")], reader("office"));
    expect(thread.posts.at(-1)).toMatchObject({ kind: "note", body: { text: "Ask the store." } });
    const shown = readThread([await found(drop.post, "office"), await found(note, "office")], reader("office", { readNote: undefined }));
    expect([shown.posts.length, codes(shown)]).toEqual([1, ["envelope-author"]]);
  });

  it("shows nothing of an envelope that was altered anywhere", async () => {
    const good = await found(drop.post, "office");
    for (let at = 0; at < good.bytes.length; at += 37) {
      const bytes = good.bytes.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(readThread([{ ...good, bytes }], reader("office")).posts).toEqual([]);
      expect(readThread([{ ...good, bytes: bytes.subarray(0, at) }], reader("office")).posts).toEqual([]);
    }
    const longer = join(good.bytes, new Uint8Array(good.bytes.length));
    expect(codes(readThread([{ ...good, bytes: longer }], reader("office")))).toEqual(["envelope-padding"]);
  });

  it("has no place for a kind on a chain that is not its own", () => {
    const { bytes } = writeEnvelope({
      office: office.id, desk: office.desk, thread: drop.mailbox.id, kind: "note", chain: "o", n: 0,
      to: [recipientHash(drop.mailbox.box.recipient)], by: office.handler.by,
    }, writeText({ text: "", language: "en" }), office.handler.seed);
    expect(codes(readThread([{ chain: "o", n: 0, bytes }], reader("reporter")))).toEqual(["envelope-kind"]);
  });
});
