import { seal } from "./age.js";
import { writeMessage, writeRekey, type Message } from "./bodies.js";
import type { FileName } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { postParcel, sealPost, type AudienceName, type PostDraft, type SealedPost } from "./post.js";
import { same } from "./primitives.js";
import { checkReceiptInside, derive, type Mailbox } from "./receipt.js";
import type { Recipient } from "./recipients.js";
import type { Found, Thread } from "./thread.js";
import type { WordList } from "./words.js";

/** Where a reporting person's post goes, all of it proven. */
export interface Destination {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  /** Of the desk's epoch, from the newest sheet; of the case, from the newest handover. */
  readonly recipient: Recipient;
  readonly audience: AudienceName;
}

/** A sealed post and the parcel for the report door. */
export interface Reply {
  readonly post: SealedPost;
  readonly parcel: Uint8Array;
}

/**
 * Seal a message of the reporting person into their thread, which was loaded and proven just before.
 *
 * @param receipt - the receipt in force and the lists it may be written in: a message that holds it is refused
 * @param files - attachments that the server holds whole already
 * @throws RefusedError `thread-unread`, `receipt-inside`
 */
export async function composeMessage(
  thread: Thread, mailbox: Mailbox, message: Message, to: Destination,
  receipt?: { readonly bytes: Uint8Array; readonly lists: readonly WordList[] }, files?: readonly FileName[],
): Promise<Reply> {
  if (receipt !== undefined) checkReceiptInside(receipt.bytes, [message.text, message.contact ?? ""], receipt.lists);
  const post = await sealPost({ ...draft(thread, mailbox, to), kind: "message", files, body: writeMessage(message) });
  return { post, parcel: postParcel(post, { ...request(thread, mailbox, to) }) };
}

/**
 * Replace the receipt: the thread's id stays, and every own copy is sealed anew.
 *
 * @param found - every envelope of r and o in the mailbox, unsealed; none may be missing
 * @returns the new mailbox, from which the thread goes on
 * @throws RefusedError `thread-unread`
 */
export async function composeRekey(
  thread: Thread, mailbox: Mailbox, receipt: Uint8Array, to: Destination, found: readonly Found[],
): Promise<Reply & { readonly mailbox: Mailbox }> {
  const next = derive(receipt, to.office);
  const body = writeRekey({ id: next.id, sign: next.signPublic, box: next.box.recipient, tag: next.tag });
  // Signed by the old key; box and tag are new from here on, so that who holds the old receipt follows no further.
  const post = await sealPost({
    ...draft(thread, mailbox, to), kind: "rekey", body, box: next.box.recipient, tag: next.tag,
  });
  const copies = [];
  for (const { chain, n, bytes } of found) {
    if (chain !== "i") copies.push({ chain, n, bytes: await seal(bytes, [next.box.recipient]) });
  }
  const rekey = { id: next.id, auth: next.auth, copies };
  return { post, parcel: postParcel(post, { ...request(thread, mailbox, to), rekey }), mailbox: next };
}

type Common = Omit<PostDraft, "kind" | "body">;

function draft(thread: Thread, mailbox: Mailbox, to: Destination): Common {
  const head = thread.chains.head("r");
  if (head === undefined || thread.reporter === undefined || !same(thread.reporter.sign, mailbox.signPublic)) {
    throw new RefusedError("thread-unread", "The conversation could not be read, so nothing can follow it.");
  }
  return {
    office: to.office, desk: to.desk, thread: to.thread, chain: "r", n: head + 1,
    prev: thread.chains.newest("r"), seen: thread.chains.newest("o"),
    audience: to.recipient, box: mailbox.box.recipient, by: { key: mailbox.signPublic }, seed: mailbox.sign,
    tag: mailbox.tag,
  };
}

function request(thread: Thread, mailbox: Mailbox, to: Destination): Parameters<typeof postParcel>[1] {
  return {
    thread: to.thread, heads: { r: thread.chains.head("r"), o: thread.chains.head("o") }, audience: to.audience,
    mailbox,
  };
}
