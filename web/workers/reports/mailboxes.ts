/** A mailbox that a member opens for somebody: made, sealed and signed here, whatever it is for (docs/formats.md §16). */

import type { GoingFile } from "../../office/arrivals/types.js";
import { writeHandover, writeMessage } from "../../seal/bodies.js";
import { sealCaseKeys } from "../../seal/casekeys.js";
import type { Kind } from "../../seal/envelope.js";
import type { Tied } from "../../seal/hearing.js";
import { writeNote } from "../../seal/notes.js";
import { writeParcel, type ParcelFile } from "../../seal/parcel.js";
import { postParcel, sealPost, type PostDraft, type SealedPost } from "../../seal/post.js";
import { b64, H, random, unb64 } from "../../seal/primitives.js";
import { derive, newReceipt } from "../../seal/receipt.js";
import { identity, recipientHash } from "../../seal/recipients.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import { holder } from "./casework.js";

export interface BoxWish {
  readonly desk: string;
  readonly purpose: string;
  /** Until when it stays open at least. */
  readonly until: string;
  /** Ids of those who read it, base64url; two at least, this member among them. */
  readonly people: readonly string[];
  /** What its holder is told first. */
  readonly text: string;
  readonly language: string;
  /** A document that a helper gets beside it: what was to be hidden is not in it. */
  readonly document?: { readonly text: string; readonly language: string } | undefined;
  /** Whether `until` is its last day, which the server keeps to; a helper's mailbox alone ends. */
  readonly ends: boolean;
  readonly counter: number;
}

export interface MailboxWish extends BoxWish {
  /** The case from which it is opened, base64url: named in a sealed note and nowhere else. */
  readonly origin: string;
  /** The file of it that goes to the mailbox once that is open. */
  readonly file?: GoingFile | undefined;
}

export interface ComposedMailbox {
  /** The mailbox id, which is the thread's too. */
  readonly thread: Uint8Array;
  /** Sixteen bytes, for the letter; kept nowhere. */
  readonly code: Uint8Array;
  readonly parcel: Uint8Array;
  /** The first note in it: which case it belongs to. To be posted once the mailbox is there. */
  readonly note: Uint8Array;
}

/** Of a mailbox's first keys. */
export const GENERATION = 0;

/** A mailbox before the act that brings it into being, and what its first note is sealed with. */
export interface Born extends Omit<ComposedMailbox, "note" | "parcel"> {
  readonly shared: Pick<PostDraft, "office" | "desk" | "thread" | "audience" | "by" | "seed">;
  /** Number of the newest post on chain o. */
  readonly newest: number;
  /** Of the `keys`. */
  readonly c: Uint8Array;
  /** H of the recipient that the seed gives. */
  readonly recipient: Uint8Array;
  /** The keys of each who reads it, then the mailbox: as every parcel that brings one has them. */
  readonly files: readonly ParcelFile[];
}

/** What such a case is born of. */
export interface BirthWish extends Pick<BoxWish, "desk" | "purpose" | "until" | "people" | "ends"> {
  /** Ids of members who must not read it, base64url. */
  readonly barred: readonly string[];
  /** What its holder is told first. */
  readonly told: readonly { readonly text: string; readonly language: string }[];
}

/** A mailbox as it goes to the server. */
interface Box extends Born {
  readonly parcel: Uint8Array;
}

/** @throws RefusedError `keys-people`, `custodian` */
export async function composeMailbox(keys: Keyring, wish: MailboxWish): Promise<ComposedMailbox> {
  const { thread, code, parcel, shared, newest } = await openBox(keys, wish);
  const tie = await sealPost({
    ...shared, kind: "note", chain: "i", n: 0,
    body: writeNote({ text: "", language: wish.language, tied: tieOf(wish.origin, "case", wish.purpose, wish.file) }),
  });
  const note = postParcel(tie, { thread, heads: { o: newest }, audience: { generation: GENERATION } });
  return { thread, code, parcel, note };
}

/** What a note says of the other thread. */
export function tieOf(thread: string, side: "mailbox" | "case", purpose: string, file: GoingFile | undefined): Tied {
  return { thread: unb64(thread, 16), side, purpose, file: file && { ...file, blob: unb64(file.blob, 16) } };
}

/** The mailbox alone, tied to no case. Throws as `composeMailbox`. */
export async function openBox(keys: Keyring, wish: BoxWish): Promise<Box> {
  const { document } = wish;
  const made = await born(keys, { ...wish, barred: [], told: [{ text: wish.text, language: wish.language }, ...document === undefined ? [] : [document]] });
  const act = signAct(keys.vault.sign, keys.member, wish.counter, {
    act: "open mailbox", subject: made.thread, after: made.recipient,
    more: { keys: b64(made.c), people: [...wish.people].sort(), ...wish.ends ? { until: wish.until } : {} },
  });
  const parcel = writeParcel({ v: 1, c: b64(made.c), people: [...wish.people], recipient: b64(made.recipient), act: { ...act } }, made.files);
  return { ...made, parcel };
}

/** Seals and signs all of it but the act. Throws as `composeMailbox`, and `keys-barred`. */
export async function born(keys: Keyring, wish: BirthWish): Promise<Born> {
  const code = newReceipt(), box = derive(code, keys.office, "code");
  const seed = random(32), { recipient } = identity(seed);
  const { place: { entry, proof } } = keys;
  const by = { entry: entry.bytes, proof };
  const where = { office: keys.office, desk: unb64(wish.desk, 16), thread: box.id };
  const holders = wish.people.map((id) => holder(keys, id));
  const shared = { ...where, audience: recipient, by, seed: keys.vault.sign };
  const posts: SealedPost[] = [];
  const say = async (kind: Kind, body: Uint8Array): Promise<SealedPost> => {
    const post = await sealPost({ ...shared, kind, chain: "o", n: posts.length, prev: posts.at(-1)?.c, body, box: box.box.recipient, tag: box.tag });
    posts.push(post);
    return post;
  };
  const opening = await say("handover", writeHandover({
    purpose: wish.purpose, until: wish.until, sign: box.signPublic, box: box.box.recipient, tag: box.tag,
  }));
  await say("handover", writeHandover({ generation: GENERATION, recipient, people: holders.map((one) => one.entry.id) }));
  for (const { text, language } of wish.told) await say("message", writeMessage({ text, language }));
  const { files, c } = await sealCaseKeys({
    ...where, n: 0, prev: undefined, seeds: [{ number: GENERATION, seed }],
    people: holders.map((one) => ({ id: one.entry.id, recipient: one.recipient })), barred: wish.barred.map((id) => unb64(id, 16)), report: opening.c, by, seed: keys.vault.sign,
  });
  const ends = wish.ends ? { until: wish.until } : {};
  const mailbox = writeParcel({
    v: 1, id: b64(box.id), auth: b64(H(box.auth)), desk: wish.desk, generation: GENERATION, ...ends,
    posts: posts.map((post) => ({ T: b64(post.T ?? random(32)), c: b64(post.c) })),
  }, posts.flatMap((post) => post.files));
  return {
    thread: box.id, code, shared, newest: posts.length - 1, c, recipient: recipientHash(recipient),
    files: [...files.map((bytes): ParcelFile => ({ as: "keys", bytes })), { as: "mailbox", bytes: mailbox }],
  };
}
