import { beforeAll, describe, expect, it } from "vitest";

import { unseal } from "../../seal/age.js";
import { readMessage, writeMessage, writeRekey } from "../../seal/bodies.js";
import type { Outcome } from "../../seal/closing.js";
import { readEnvelope } from "../../seal/envelope.js";
import { readParcel } from "../../seal/parcel.js";
import { sealPost, type SealedPost } from "../../seal/post.js";
import { b64, H, unb64 } from "../../seal/primitives.js";
import { derive, newReceipt, type Mailbox } from "../../seal/receipt.js";
import { makeOffice, TODAY, type TestOffice } from "../../seal/testing/office.js";
import type { Recipient } from "../../seal/recipients.js";
import type { Keyring } from "../keyring.js";
import { openClearance, sealClearance } from "./clearance.js";
import { composeClosing } from "./closing.js";
import { composeMailbox, type ComposedMailbox, type MailboxWish } from "./mailboxes.js";
import { openThread, type OpenThread } from "./opening.js";
import { composeMatter } from "./ownmatters.js";
import { readThread } from "./parcel.js";
import { storyOf, titleOf } from "./story.js";
import { served } from "./testing/born.js";
import { unlocked } from "./testing/desk.js";
import { writePost } from "./writing.js";

const TOLD = "Please read this before you answer.";
let office: TestOffice;
let keys: Keyring;
let made: ComposedMailbox;
let box: Mailbox;

beforeAll(async () => {
  office = makeOffice({ officer: "handler" });
  keys = unlocked(office, office.handler);
  made = await composeMailbox(keys, {
    desk: b64(office.desk), purpose: "hearing", until: "2027-03-01", people: [b64(office.handler.id), b64(office.lead.id)],
    text: TOLD, language: "en", origin: b64(H(new Uint8Array(1)).slice(0, 16)), ends: false, counter: 1,
  });
  box = derive(made.code, office.id, "code");
});

/** A helper's, but for who reads it. */
function wish(): Omit<MailboxWish, "people"> {
  return { desk: b64(office.desk), purpose: "helper", until: "2027-03-01", text: TOLD, language: "en", origin: b64(made.thread), ends: false, counter: 1 };
}

const open = (who: Keyring, since: readonly SealedPost[] = []): Promise<OpenThread> => openThread(readThread(served(office, who.member, made, since)), who);
const faults = ({ faults: found }: OpenThread): string[] => found.map(({ chain, n, code }) => `${chain}${n} ${code}`);

function recipientIn({ thread }: OpenThread): Recipient {
  if (thread.handover === undefined) throw new Error("nobody reads it");
  return thread.handover.recipient;
}

/** What the holder writes: with the code, or with words of their own. */
async function holder(with_: Mailbox, n: number, prev: Uint8Array | undefined, next?: Mailbox): Promise<SealedPost> {
  return sealPost({
    office: office.id, desk: office.desk, thread: made.thread, chain: "r", n, prev, kind: next === undefined ? "message" : "rekey",
    body: next === undefined ? writeMessage({ text: "I was not there.", language: "en" })
      : writeRekey({ id: next.id, sign: next.signPublic, box: next.box.recipient, tag: next.tag }),
    audience: recipientIn(await open(keys)), box: (next ?? with_).box.recipient, by: { key: with_.signPublic }, seed: with_.sign,
    tag: (next ?? with_).tag,
  });
}

/** The mailbox after it was closed with this outcome. */
async function ended(outcome: Outcome): Promise<OpenThread> {
  const slip = { outcome, concern: "other" } as const;
  const parcel = await composeClosing(await open(keys), keys, { slip, text: "Looked into.", language: "en", counter: 2 });
  const { head, files } = readParcel(readParcel(parcel).files[0]?.bytes ?? new Uint8Array());
  const [T, c] = [unb64(head["T"] as string), unb64(head["c"] as string)];
  return open(keys, [{ chain: "o", n: head["n"] as number, c, T, files, blobs: [], leaf: undefined }]);
}

function clearanceIn({ posts }: OpenThread): Uint8Array | undefined {
  const last = posts.at(-1);
  return last?.kind === "message" ? last.body.clearance : undefined;
}

describe("a mailbox that a member opens for somebody", () => {
  it("is the thread that the code gives, and all of it is proven for each of its people", async () => {
    expect(b64(box.id)).toBe(b64(made.thread));
    for (const person of [office.handler, office.lead]) {
      const opened = await open(unlocked(office, person));
      expect(faults(opened)).toEqual([]);
      expect(titleOf(opened)).toBe(TOLD);
      expect(storyOf(opened, keys, undefined, "en")).toMatchObject({ opened: { purpose: "hearing", own: false }, answerable: true, case: { mine: true } });
    }
  });

  it("opens for nobody else of the office", async () => {
    const opened = await open(unlocked(office, office.stranger));
    expect(opened.posts).toEqual([]);
  });

  it("takes an answer of the office, which goes to its holder", async () => {
    const parcel = await writePost(await open(keys), keys, { chain: "o", text: "We wait for you.", language: "en" });
    expect(readParcel(parcel).files.map(({ as }) => as)).toEqual(["office", "own"]);
  });

  it("shows in red what was written before its holder had words of their own", async () => {
    const message = await holder(box, 0, undefined);
    expect(faults(await open(keys, [message]))).toEqual(["r0 opened-unowned"]);
  });

  it("and takes what follows those words for its holder's", async () => {
    const own = derive(newReceipt(), office.id);
    const rekey = await holder(box, 0, undefined, own);
    const message = await holder(own, 1, rekey.c);
    const opened = await open(keys, [rekey, message]);
    expect(faults(opened)).toEqual([]);
    expect(storyOf(opened, keys, undefined, "en").opened).toMatchObject({ own: true });
  });

  it("ends with a letter of clearance whose code shows any later handler the result", async () => {
    const closed = await ended("unfounded");
    const code = clearanceIn(closed), made = await sealClearance(closed, keys);
    if (code === undefined || made === undefined) throw new Error("no clearance");
    const later = unlocked(office, office.lead);
    await expect(openClearance(code, made.sealed, later)).resolves.toMatchObject({ outcome: "unfounded", text: "Looked into.", day: TODAY });
    await expect(openClearance(newReceipt(), made.sealed, later)).rejects.toMatchObject({ code: "not-mine" });
    expect(b64(made.id)).toBe(b64(derive(code, office.id, "clearance").id));
  });

  it("clears nobody about whom something was found", async () => {
    const closed = await ended("substantiated");
    expect(clearanceIn(closed)).toBeUndefined();
    expect(await sealClearance(closed, keys)).toBeUndefined();
  });

  it("brings a helper one document beside their task, and tells the server its last day and no more", async () => {
    const people = [b64(office.handler.id), b64(office.lead.id)];
    const { parcel, code } = await composeMailbox(keys, { ...wish(), people, document: { text: "Er hat an der █████ gefeilt.", language: "de" }, ends: true });
    const outer = readParcel(parcel), inner = readParcel(outer.files.at(-1)?.bytes ?? new Uint8Array());
    expect(inner.head).toMatchObject({ until: "2027-03-01" });
    const act = outer.head["act"] as { readonly what: string };
    expect(JSON.parse(new TextDecoder().decode(unb64(act.what)))).toMatchObject({ act: "open mailbox", until: "2027-03-01" });
    const opener = [derive(code, office.id, "code").box];
    const own = inner.files.filter(({ as }) => as === "own");
    const told = await Promise.all(own.slice(2).map(async ({ bytes }) => readMessage(readEnvelope(await unseal(bytes, opener)).body, "o")));
    expect(told.map(({ text, language }) => [text, language])).toEqual([[TOLD, "en"], ["Er hat an der █████ gefeilt.", "de"]]);
    // Nothing that the helper can open names the case from which it comes.
    const plain = await Promise.all(own.map(async ({ bytes }) => new TextDecoder().decode(await unseal(bytes, opener))));
    expect(plain.join("")).not.toContain(wish().origin);
  });

  it("goes to two people at least, none of whom keeps names", async () => {
    await expect(composeMailbox(keys, { ...wish(), people: [b64(office.handler.id)] })).rejects.toMatchObject({ code: "keys-people" });
  });
});

describe("a matter of the organisation's own", () => {
  const wish = (): Parameters<typeof composeMatter>[1] => ({
    desk: b64(office.desk), until: "2027-03-01", people: [b64(office.handler.id), b64(office.lead.id)],
    text: "Twelve of our pumps were opened.", language: "en", counter: 2,
  });

  it("is begun by who signs for the organisation, and read by those who hold it", async () => {
    const matter = await composeMatter(keys, wish());
    for (const person of [office.handler, office.lead]) {
      const reader = unlocked(office, person);
      const opened = await openThread(readThread(served(office, person.id, matter)), reader);
      expect([opened.faults, titleOf(opened)]).toEqual([[], "Twelve of our pumps were opened."]);
      expect(storyOf(opened, reader, undefined, "en")).toMatchObject({ opened: { purpose: "own" }, answerable: false, status: "case", referred: null });
    }
  });

  it("is begun by nobody else", async () => {
    await expect(composeMatter(unlocked(office, office.lead), wish())).rejects.toMatchObject({ code: "statement-role" });
  });
});
