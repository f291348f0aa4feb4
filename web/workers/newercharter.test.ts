import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { writeFile } from "../seal/document.js";
import { write } from "../seal/jsontext.js";
import { writeManifest } from "../seal/manifest.js";
import { b64, publicKey } from "../seal/primitives.js";
import { proofJson } from "../seal/roster.js";
import { makeOffice, rolesOf, TODAY, underNext, type Person, type TestOffice } from "../seal/testing/office.js";
import { newVault } from "../seal/vault.js";
import { forget, hold, Keyring } from "./keyring.js";
import type { Reply } from "./protocol.js";
import "./proving.js";
import type { PersonRow } from "./proving.js";
import { handle } from "./registry.js";
import { openThread } from "./reports/opening.js";
import { readThread } from "./reports/parcel.js";
import { TestThread } from "./reports/testing/desk.js";
import { writePost } from "./reports/writing.js";

const first = makeOffice();
const { lead, handler, stranger } = first;
const roles = { lead: rolesOf(lead), handler: rolesOf(handler), stranger: rolesOf(stranger) };
const second = underNext(first, roles);

/** The record has no day that is not over. */
beforeEach(() => {
  vi.stubGlobal("location", { origin: "https://office.example.org" });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 404 })));
});
afterEach(() => { forget(); vi.unstubAllGlobals(); });

/** What the worker of one browser holds. */
function browser(person: Person): Keyring {
  const vault = { ...newVault(person.id, first.manifest.F), sign: person.seed };
  const keys = new Keyring(first.id, person.id, vault, [person.seal], publicKey(person.seed));
  keys.desks.set(b64(first.desk), new Map([[1, { number: 1, identity: first.epoch }]]));
  return keys;
}

/** Let that browser prove what the server shows by now; the answer is of `prove`. */
async function shown(keys: Keyring, office: TestOffice, earlier: readonly TestOffice[] = []): Promise<Reply> {
  hold(keys);
  const { number } = office.manifest.charter;
  const people = [office.lead, office.handler, office.stranger].filter(({ by }) => by.proof.charter === number).map((one): PersonRow => ({
    id: b64(one.id), name: "", joined: TODAY, way_back_tried: "", root: new Uint8Array(0), recipient: one.seal.recipient,
    entry: one.by.entry, proof: write(proofJson(one.by.proof)),
  }));
  const replies: Reply[] = [];
  const ask = { manifest: writeManifest(office.files), people, earlier: earlier.map(({ files }) => writeFile(files.charter)), now: Date.parse(`${TODAY}T12:00:00Z`), language: "en" };
  await handle({ id: 1, act: "prove", ask }, (message) => { if ("ok" in message) replies.push(message); });
  return replies[0] ?? { id: 1, ok: false, code: "no answer", sentence: "" };
}

async function faults(thread: TestThread, keys: Keyring): Promise<string[]> {
  return (await openThread(readThread(thread.parcel()), keys)).faults.map(({ chain, n, code }) => `${chain}${n} ${code}`);
}

async function answer(thread: TestThread, keys: Keyring): Promise<void> {
  const open = await openThread(readThread(thread.parcel()), keys);
  thread.take(await writePost(open, keys, { chain: "o", text: "Which week?", language: "en" }));
}

it("refuses on the same day what a page has signed under the charter before, and takes it once that page has asked for the newest", async () => {
  const [theirs, mine] = [browser(handler), browser(lead)];
  await shown(theirs, first);
  await shown(mine, second, [first]);
  const stale = await TestThread.filed(first);
  await answer(stale, theirs);
  expect(await faults(stale, mine)).toEqual(["o0 envelope-author"]);

  expect(await shown(theirs, second, [first])).toMatchObject({ ok: true, answer: { charter: { number: 1 } } });
  const fresh = await TestThread.filed(first);
  await answer(fresh, theirs);
  expect(await faults(fresh, mine)).toEqual([]);
});

it("does not read on the page before what a colleague has signed under the next, and reads it afterwards", async () => {
  const [theirs, mine] = [browser(handler), browser(lead)];
  await shown(theirs, second, [first]);
  await shown(mine, first);
  const thread = await TestThread.filed(first);
  await answer(thread, theirs);
  expect(await faults(thread, mine)).toEqual(["o0 envelope-author"]);
  await shown(mine, second, [first]);
  expect(await faults(thread, mine)).toEqual([]);
});

it("is proven from the root, and never goes back", async () => {
  const keys = browser(handler);
  await shown(keys, second, [first]);
  expect(keys.vault.pins.charter).toMatchObject({ number: 1 });
  expect(await shown(keys, first)).toMatchObject({ ok: false, code: "charter-older" });
  const forged = { ...second.files, charter: { ...second.files.charter, signatures: [] } };
  expect(await shown(browser(handler), { ...second, files: forged })).toMatchObject({ ok: false, code: "charter-signature" });
});

it("says who is in it no more, and writes nothing in their name", async () => {
  const keys = browser(handler);
  await shown(keys, first);
  const gone = underNext(first, { lead: roles.lead, stranger: roles.stranger });
  expect(await shown(keys, gone, [first])).toMatchObject({ ok: true, answer: { placed: false } });
  const thread = await TestThread.filed(first);
  await expect(answer(thread, keys)).rejects.toMatchObject({ code: "not-in-charter" });
});
