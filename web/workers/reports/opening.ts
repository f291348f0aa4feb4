/**
 * Opens one thread and checks all of it. That posts stand where they belong, come from who may write there and
 * follow one another is `seal/thread`'s to prove; here it is proven that each file is the very one that was
 * acknowledged. What fails becomes a fault with a code, and the rest stays readable.
 */

import { parseWhat } from "../../ledger/acts.js";
import { received, searchTag } from "../../ledger/leaves.js";
import { unseal } from "../../seal/age.js";
import type { CaseKeys, Opening } from "../../seal/bodies.js";
import { openCaseKeys, proveCaseKeys, type OpenedCaseKeys } from "../../seal/casekeys.js";
import { inForce, type Charter } from "../../seal/charter.js";
import { readEnvelope } from "../../seal/envelope.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { readNote } from "../../seal/notes.js";
import { undecided } from "../../seal/panel.js";
import { b64, H, join, same, verifies } from "../../seal/primitives.js";
import type { Proven } from "../../seal/proven.js";
import { identity, recipientHash, type Identity } from "../../seal/recipients.js";
import { isOpening, readThread as proveThread, type Found, type Post, type Thread } from "../../seal/thread.js";
import type { Keyring } from "../keyring.js";
import { isKept } from "../record.js";
import type { SealedPost, SealedThread } from "./parcel.js";
import { checkPromised } from "./promised.js";
import { shownTo } from "./shown.js";

/** A place in a thread of which nothing may be shown, or before which something is missing. */
export interface Fault {
  readonly chain: SealedPost["chain"];
  readonly n: number;
  readonly day: string;
  readonly code: string;
}

export interface OpenThread {
  readonly sealed: SealedThread;
  /** Everything that was proven of it. */
  readonly thread: Thread;
  /** Posts whose every check held, in the order in which they answer each other; notes last. */
  readonly posts: readonly Post[];
  readonly faults: readonly Fault[];
  /** Envelopes as they were unsealed, by chain and number: triage seals them unchanged to the case. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** The proven keys of a case, for who is assigned. */
  readonly caseKeys: OpenedCaseKeys | undefined;
}

export async function openThread(sealed: SealedThread, keys: Keyring): Promise<OpenThread> {
  const faults: Fault[] = [];
  const found: Found[] = [];
  const held = await heldKeys(sealed, keys);
  const openers = [...caseIdentities(held), ...keys.deskIdentities(sealed.desk)];
  const fault = (post: SealedPost, code: string): void => {
    faults.push({ chain: post.chain, n: post.n, day: post.day, code });
  };
  for (const post of sealed.posts) {
    try {
      const bytes = await unseal(acknowledged(post, sealed, keys), openers);
      found.push({ chain: post.chain, n: post.n, bytes, day: post.day });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      fault(post, error.code);
    }
  }
  const judged = await judge(sealed, found, keys, reader(sealed, keys, openers, held !== undefined));
  const { thread, posts } = judged;
  const { caseKeys, refused } = provenKeys(held, sealed, thread, keys);
  return {
    sealed, thread, posts, faults: [...faults, ...judged.faults, ...refused],
    contents: new Map(found.map(({ chain, n, bytes }) => [`${chain}${n}`, bytes])), caseKeys,
  };
}

/** What of unsealed posts holds: their places, their authors, and that they are what was promised; the rest is named. */
export async function judge(
  sealed: SealedThread, found: readonly Found[], keys: Keyring, by: Parameters<typeof proveThread>[1],
): Promise<Pick<OpenThread, "thread" | "posts" | "faults">> {
  const faults: Fault[] = [];
  const fault = (post: SealedPost, code: string): void => {
    faults.push({ chain: post.chain, n: post.n, day: post.day, code });
  };
  const thread = proveThread(await withProvenDays(found, sealed, keys), by);
  const undecidedly = await undecided(thread, sealed.thread, () => Promise.resolve([keys.manifest.charter, ...keys.earlier]));
  const posts = thread.posts.filter((post) => {
    const claimed = postAt(sealed, post.chain, post.n);
    if (claimed === undefined) return false;
    const promised = isPromised(post, claimed, thread);
    if (!promised) fault(claimed, "content");
    const alone = post.chain === "o" ? undecidedly.get(post.n) : undefined;
    if (alone !== undefined) fault(claimed, alone);
    return promised && alone === undefined;
  });
  for (const { chain, n, error } of thread.refused) {
    const claimed = postAt(sealed, chain, n);
    if (claimed !== undefined) fault(claimed, error.code);
  }
  for (const { chain, n, code } of thread.problems) {
    const claimed = postAt(sealed, chain, n);
    // A junk file before it has its own red line already.
    if (claimed !== undefined && !(code === "chain-hole" && postAt(sealed, chain, n - 1) !== undefined)) fault(claimed, code);
  }
  return { thread, posts, faults: [...faults, ...gaps(sealed), ...otherDocuments(sealed, thread, keys), ...unowned(sealed, thread)] };
}

interface HeldKeys {
  readonly content: Uint8Array;
  readonly keys: CaseKeys;
}

/** The case's keys as they lie there; the thread that they open proves them or does not. */
async function heldKeys(sealed: SealedThread, keys: Keyring): Promise<HeldKeys | undefined> {
  const file = sealed.case?.keys;
  if (file === undefined) return undefined;
  try {
    return await openCaseKeys(file, keys.seals);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function caseIdentities(held: HeldKeys | undefined): Identity[] {
  return (held?.keys.generations ?? []).map(({ seed }) => identity(seed));
}

function provenKeys(
  held: HeldKeys | undefined, sealed: SealedThread, thread: Thread, keys: Keyring,
): { readonly caseKeys: OpenedCaseKeys | undefined; readonly refused: readonly Fault[] } {
  const found = sealed.case;
  if (found?.keys === undefined) return { caseKeys: undefined, refused: [] };
  const place = { chain: "o" as const, n: sealed.heads.get("o") ?? 0, day: sealed.day };
  if (held === undefined) return { caseKeys: undefined, refused: [{ ...place, code: "keys-sealed" }] };
  try {
    const caseKeys = proveCaseKeys(held.content, {
      office: keys.office, desk: sealed.desk, thread: sealed.thread, n: found.n, handovers: thread.handovers,
      report: thread.posts.find((post) => post.kind === "report" || isOpening(post))?.c,
      charterOf: (number) => [keys.manifest.charter, ...keys.earlier].find((one) => one.number === number),
      own: keys.seals.map((seal) => recipientHash(seal.recipient)),
      acted: (c, { sign }) => found.act !== undefined && parseWhat(found.act.what).fields["keys"] === b64(c)
        && verifies(sign, "act", found.act.what, found.act.sig),
    });
    return { caseKeys, refused: [] };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return { caseKeys: undefined, refused: [{ ...place, code: error.code.startsWith("keys-") ? error.code : "keys-sealed" }] };
  }
}

/** What the server says of one place. */
export function postAt(sealed: SealedThread, chain: string, n: number): SealedPost | undefined {
  return sealed.posts.find((post) => post.chain === chain && post.n === n);
}

/**
 * The proven charter of that number, if it was in force on that day. Notes have no promise, so for them the day is the
 * server's word: with its help who has left could date a note back, but no answer to the reporting person.
 */
export function charterOf(keys: Keyring, number: number, day: string): Proven<Charter> | undefined {
  return inForce([keys.manifest.charter, ...keys.earlier])(number, day);
}

/**
 * An answer under an earlier charter is of the promise's day only if the record of that day holds it: a promise alone
 * could be dated back for who has left. Until the night only the newest charter counts.
 */
async function withProvenDays(found: readonly Found[], sealed: SealedThread, keys: Keyring): Promise<Found[]> {
  return Promise.all(found.map(async (one) => {
    const promise = one.chain === "o" && isEarlier(one.bytes, keys) ? postAt(sealed, one.chain, one.n)?.promise : undefined;
    return promise === undefined || await isKept(keys, promise) ? one : { ...one, day: undefined };
  }));
}

function isEarlier(bytes: Uint8Array, keys: Keyring): boolean {
  try {
    const { by } = readEnvelope(bytes).header;
    return by.entry !== undefined && by.proof.charter !== keys.manifest.charter.number;
  } catch {
    return false;
  }
}

function reader(
  sealed: SealedThread, keys: Keyring, openers: readonly Identity[], inCase: boolean,
): Parameters<typeof proveThread>[1] {
  const { manifest, office } = keys;
  const own = openers.map((one) => recipientHash(one.recipient));
  const sheet = manifest.sheets.get(b64(sealed.desk));
  return {
    office, desk: sealed.desk, thread: sealed.thread, side: "office", own,
    audience: sheet === undefined ? own : [...own, recipientHash(sheet.recipient)],
    charterOf: inForce([keys.manifest.charter, ...keys.earlier]), inCase, readNote,
  };
}

/** The sealed file of a post, once its hash is the one in the promise and the promise is this office's. */
function acknowledged(post: SealedPost, sealed: SealedThread, keys: Keyring): Uint8Array {
  const { file, hashes: [office] } = post;
  // What was sealed anew has other bytes; what is in it is held against c, which the promise names.
  const came = file !== undefined && office !== undefined && (post.anew || same(office, H(file))) && same(received(post.hashes), post.f);
  if (!came) throw another();
  checkEntry(post, sealed, keys);
  return file;
}

/**
 * The office promised this entry, for this day. Notes have none.
 *
 * @throws RefusedError `content`
 * @throws LedgerError `promise-signature`
 */
export function checkEntry(post: SealedPost, { day }: Pick<SealedThread, "day">, keys: Keyring): void {
  const { chain, promise, T, c, f } = post;
  if (chain === "i") return;
  if (promise === undefined || T === undefined) throw another();
  checkPromised(promise, keys);
  const fits = same(promise.leaf, join(T, c, f)) && same(promise.office, keys.office);
  if (!fits || promise.day !== post.day || post.day < day) throw another();
}

/** The content is the promised one, and its entry in the record is where the receipt in force leads. */
function isPromised(post: Post, claimed: SealedPost, thread: Thread): boolean {
  if (!same(post.c, claimed.c)) return false;
  if (post.chain === "i") return true;
  const tag = tagFor(post, thread);
  return tag !== undefined && claimed.T !== undefined && same(searchTag(tag, post.chain, post.n), claimed.T);
}

/** A rekey and all that follows it use the new tag: on r by number, on o by what its author had seen. */
function tagFor(post: Post, thread: Thread): Uint8Array | undefined {
  const { seen } = post.envelope.header;
  const upTo = post.chain === "r" ? post.n : seen === undefined ? -1 : thread.chains.placeOf("r", seen) ?? Infinity;
  let tag = thread.report?.tag ?? openingOf(thread)?.tag;
  for (const other of thread.posts) {
    if (other.kind === "rekey" && other.n <= upTo) tag = other.body.tag;
  }
  return tag;
}

/** Numbers that no post has although a later one is there. */
function gaps(sealed: SealedThread): Fault[] {
  return (["r", "o", "i"] as const).flatMap((chain) => {
    const numbers = sealed.posts.filter((post) => post.chain === chain).map((post) => post.n);
    const last = Math.max(-1, ...numbers, sealed.heads.get(chain) ?? -1);
    const missing = Array.from({ length: last + 1 }, (_, n) => n).filter((n) => !numbers.includes(n));
    return missing.map((n) => ({ chain, n, day: sealed.day, code: "chain-hole" }));
  });
}

/** The report stays readable: it is the office's documents, not its author's words, that somebody has doubled. */
function otherDocuments(sealed: SealedThread, { report }: Thread, keys: Keyring): Fault[] {
  const code = report && shownTo(report, sealed.desk, keys);
  return code === undefined ? [] : [{ chain: "r", n: 0, day: sealed.day, code }];
}

/** The first word of a mailbox that a member opened; undefined where a report did. */
export function openingOf({ posts }: Pick<Thread, "posts">): Opening | undefined {
  return posts.find(isOpening)?.body;
}

/** Whoever made the code of a mailbox, or saw the letter, can write in it until its holder has made words of their own. */
function unowned(sealed: SealedThread, thread: Thread): Fault[] {
  if (openingOf(thread) === undefined) return [];
  const first = thread.posts.find((post) => post.kind === "rekey")?.n ?? Infinity;
  const before = thread.posts.filter((post) => post.chain === "r" && post.kind === "message" && post.n < first);
  return before.map(({ chain, n }) => ({ chain, n, day: postAt(sealed, chain, n)?.day ?? sealed.day, code: "opened-unowned" }));
}

function another(): RefusedError {
  return new RefusedError("content", "This is not the file that was acknowledged.");
}
