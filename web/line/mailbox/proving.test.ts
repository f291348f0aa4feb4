import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { signPromise } from "../../ledger/promises.js";
import { Publisher } from "../../ledger/testing/publisher.js";
import { writeMessage } from "../../seal/bodies.js";
import { writeFile } from "../../seal/document.js";
import { sealReport, type Drop } from "../../seal/filing.js";
import { identity } from "../../seal/recipients.js";
import { writeSheet } from "../../seal/sheet.js";
import { received, sealPost, type SealedPost } from "../../seal/post.js";
import { publicKey } from "../../seal/ed25519.js";
import { b64, H, join, random } from "../../seal/primitives.js";
import { newReceipt } from "../../seal/receipt.js";
import { makeOffice, TODAY, type TestOffice } from "../../seal/testing/office.js";
import type { Office } from "../office";
import { doorOf } from "../wire";
import type { RawPost, RawThread } from "./fetching";
import { prove } from "./proving";

const AFTER = "2026-03-05";
const receipt = newReceipt();

let office: TestOffice;
let publisher: Publisher;
let drop: Drop;
let answer: SealedPost;

/** The office as it is after another charter has come into force. */
function later(): Office {
  const { charter } = office.manifest;
  const record = { ...charter.record, host: publisher.host, checkpoint: publicKey(publisher.checkpointSeed) };
  const next = { ...charter, record, number: 1, prev: charter.hash, hash: H(random(4)), from: AFTER };
  return {
    id: b64(office.id), office: office.id, manifest: { ...office.manifest, charter: next }, door: doorOf(b64(office.id)),
  } as unknown as Office;
}

function raw(post: SealedPost, day = TODAY): RawPost {
  const f = received(post.files.map(({ bytes }) => bytes));
  const T = post.T ?? random(32);
  return {
    chain: post.chain as "r" | "o", n: post.n, T, c: post.c, f, day,
    promise: signPromise(office.id, join(T, post.c, f), day, office.promise), own: post.files[1]?.bytes,
  };
}

function thread(): RawThread {
  return {
    thread: drop.mailbox.id, desk: office.desk, status: "arrived", day: TODAY, audience: { epoch: 1 },
    notices: [], posts: [raw(drop.post), raw(answer)],
  };
}

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(`${AFTER}T12:00:00Z`), toFake: ["Date"] });
  office = makeOffice();
  publisher = new Publisher(office.id, office.promise);
  const sheet = office.manifest.sheets.get(b64(office.desk));
  if (sheet === undefined) throw new Error("no desk");
  drop = await sealReport({
    charter: office.manifest.charter, sheet, receipt, answers: new Map([["what", "A word."]]), language: "en", answerable: true,
  });
  answer = await sealPost({
    office: office.id, desk: office.desk, thread: drop.mailbox.id, kind: "message", chain: "o", n: 0, prev: undefined,
    seen: drop.post.c, body: writeMessage({ text: "Who left wrote this?", language: "en" }),
    audience: office.epoch.recipient, box: drop.mailbox.box.recipient, by: office.handler.by, seed: office.handler.seed,
    tag: drop.mailbox.tag,
  });
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("fetch", (address: string) => {
    const file = address.endsWith("/charter/0") ? writeFile(office.files.charter)
      : publisher.files.get(address.split("/record/")[1] ?? "");
    return Promise.resolve(file === undefined
      ? new Response('{"error":"no-record","message":"Nothing."}', { status: 404 })
      : new Response(file as Uint8Array<ArrayBuffer>));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const codes = async (): Promise<readonly string[]> => (
  await prove(later(), drop.mailbox, receipt, thread())).faults.map(({ chain, n, code }) => `${chain}${n} ${code}`);

test("a member's answer of before counts where the record of its day holds it", async () => {
  publisher.publish(TODAY, thread().posts.map(({ promise }) => promise.leaf));
  expect(await codes()).toEqual([]);
});

test("a promise that dates an answer back counts for nothing before the record says so", async () => {
  expect(await codes()).toEqual(["o0 envelope-author"]);
  publisher.publish(TODAY);
  expect(await codes()).toEqual(["o0 envelope-author"]);
});

test("a record that contradicts itself proves nobody", async () => {
  publisher.publish(TODAY, thread().posts.map(({ promise }) => promise.leaf));
  publisher.files.set("arrivals/checkpoint", random(64));
  expect(await codes()).toEqual(["o0 envelope-author"]);
});

test("an answer counts that was sealed to a key which the desk had neither when the report came nor has now", async () => {
  const first = office.manifest.sheets.get(b64(office.desk));
  if (first === undefined) throw new Error("no desk");
  const then = identity(random(32)).recipient;
  const middle = writeSheet({ ...first, number: first.number + 1, prev: first.hash, epoch: first.epoch + 1, recipient: then });
  const newest = { ...first, number: first.number + 2, prev: H(middle), epoch: first.epoch + 2, recipient: identity(random(32)).recipient };
  const between = await sealPost({
    office: office.id, desk: office.desk, thread: drop.mailbox.id, kind: "message", chain: "o", n: 0, prev: undefined,
    seen: drop.post.c, body: writeMessage({ text: "Thank you.", language: "en" }), audience: then,
    box: drop.mailbox.box.recipient, by: office.handler.by, seed: office.handler.seed, tag: drop.mailbox.tag,
  });
  const asked: string[] = [];
  const faults = async (document: Uint8Array): Promise<readonly string[]> => {
    const door = { get: (what: string) => { asked.push(what); return Promise.resolve(document); } };
    const manifest = { ...office.manifest, sheets: new Map([[b64(office.desk), newest]]) };
    const renewed = { id: b64(office.id), office: office.id, manifest, door } as unknown as Office;
    const found = await prove(renewed, drop.mailbox, receipt, { ...thread(), posts: [raw(drop.post), raw(between)] });
    return found.faults.map(({ chain, n, code }) => `${chain}${n} ${code}`);
  };
  expect(await faults(middle)).toEqual([]);
  // Back to the sheet that the report names and no further: who could read before it came is no reader of its answers.
  expect(asked).toEqual([`by-hash/${b64(H(middle))}`]);
  expect(await faults(writeSheet({ ...first, number: first.number + 1, prev: first.hash, recipient: then }))).toEqual(["o0 envelope-audience"]);
});
