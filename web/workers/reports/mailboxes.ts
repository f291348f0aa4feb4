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

const GENERATION = 0;

/** A mailbox as it goes to the server, and what its first note is sealed with. */
interface Box extends Omit<ComposedMailbox, "note"> {
  readonly shared: Pick<PostDraft, "office" | "desk" | "thread" | "audience" | "by" | "seed">;
  /** Number of the newest post on chain o. */
  readonly newest: number;
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
  await say("message", writeMessage({ text: wish.text, language: wish.language }));
  if (wish.document !== undefined) await say("message", writeMessage({ text: wish.document.text, language: wish.document.language }));
  const { files, c } = await sealCaseKeys({
    ...where, n: 0, prev: undefined, seeds: [{ number: GENERATION, seed }],
    people: holders.map((one) => ({ id: one.entry.id, recipient: one.recipient })), barred: [], report: opening.c, by, seed: keys.vault.sign,
  });
  const ends = wish.ends ? { until: wish.until } : {};
  const act = signAct(keys.vault.sign, keys.member, wish.counter, {
    act: "open mailbox", subject: box.id, after: recipientHash(recipient), more: { keys: b64(c), people: [...wish.people].sort(), ...ends },
  });
  const mailbox = writeParcel({
    v: 1, id: b64(box.id), auth: b64(H(box.auth)), desk: wish.desk, generation: GENERATION, ...ends,
    posts: posts.map((post) => ({ T: b64(post.T ?? random(32)), c: b64(post.c) })),
  }, posts.flatMap((post) => post.files));
  const parcel = writeParcel(
    { v: 1, c: b64(c), people: [...wish.people], recipient: b64(recipientHash(recipient)), act: { ...act } },
    [...files.map((bytes): ParcelFile => ({ as: "keys", bytes })), { as: "mailbox", bytes: mailbox }],
  );
  return { thread: box.id, code, parcel, shared, newest: posts.length - 1 };
}
