/** A mailbox as this browser has proven it: every text, every promise, every place. What fails is named, not shown. */
import { LedgerError } from "../../ledger/errors";
import { checkPromise, readNotice, type MachineNotice } from "../../ledger/promises";
import { unseal } from "../../seal/age";
import { readRekey, readReport } from "../../seal/bodies";
import { inForce } from "../../seal/charter";
import { readEnvelope } from "../../seal/envelope";
import { SealError } from "../../seal/errors";
import { searchTag } from "../../seal/post";
import { b64, join, same } from "../../seal/primitives";
import type { Mailbox } from "../../seal/receipt";
import { recipientHash } from "../../seal/recipients";
import { readThread, type Found, type Post, type Thread } from "../../seal/thread";
import { chartersBack } from "../charters";
import type { ProvenOffice } from "../door";
import { requirePlausible } from "../plausible";
import { recipientsSince } from "../sheets";
import type { Office } from "../office";
import type { RawPost, RawThread } from "./fetching";
import { openingOf } from "./opened";
import { statesOf } from "./record";

/** An own copy, unsealed. */
export type OwnCopy = Found & { readonly chain: "r" | "o" };

/** A red line: what is wrong, where. */
export interface Fault {
  readonly chain: "r" | "o";
  readonly n: number;
  readonly code: string;
}

export interface Opened<O extends ProvenOffice = Office> {
  readonly office: O;
  readonly mailbox: Mailbox;
  /** The receipt, so that no message can give it away and a new one can replace it. */
  readonly receipt: Uint8Array;
  readonly raw: RawThread;
  readonly thread: Thread;
  readonly faults: readonly Fault[];
  /** What the machine said of this thread, signed; a notice that does not hold is left out. */
  readonly notices: readonly MachineNotice[];
  /** Unsealed own copies, for a new receipt. */
  readonly copies: readonly OwnCopy[];
}

export async function prove<O extends ProvenOffice>(office: O, mailbox: Mailbox, receipt: Uint8Array, raw: RawThread): Promise<Opened<O>> {
  const faults: Fault[] = [];
  const copies: OwnCopy[] = [];
  for (const post of raw.posts) {
    try {
      if (post.own === undefined) throw new SealError("copy-gone", "The copy is not there.");
      const bytes = await unseal(post.own, [mailbox.box]);
      checkRaw(post, bytes, office);
      copies.push({ chain: post.chain, n: post.n, bytes, day: post.day });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      faults.push({ chain: post.chain, n: post.n, code: error.code });
    }
  }
  const charters = await chartersOf(copies, office);
  const dated = await withProvenDays(copies, raw, office);
  const sheet = office.manifest.sheets.get(b64(raw.desk));
  const read = (audience: readonly Uint8Array[]): Thread => readThread(dated, {
    office: office.office, desk: raw.desk, thread: raw.thread, side: "reporter", own: ownBoxes(copies, mailbox), audience,
    charterOf: inForce(charters), reporter: mailbox.signPublic,
  });
  let thread = read(sheet === undefined ? [] : [recipientHash(sheet.recipient)]);
  if (thread.report !== undefined && thread.refused.some(({ chain, error }) => chain === "o" && error.code === "envelope-audience")) {
    // Answered while the desk had a key that it had neither when the report came nor has now.
    const back = await recipientsSince(office, b64(raw.desk), thread.report.sheet.number).catch(() => []);
    if (back.length > 0) thread = read(back);
  }
  for (const { chain, n, error } of thread.refused) if (chain !== "k" && chain !== "i") faults.push({ chain, n, code: error.code });
  for (const { chain, n, code } of thread.problems) if (chain !== "k" && chain !== "i") faults.push({ chain, n, code });
  faults.push(...gaps(raw), ...tagFaults(raw, thread));
  return { office, mailbox, receipt, raw, thread, faults: once(faults), copies, notices: noticesOf(raw, office) };
}

/** The copy is the promised one, and the promise is the office's. */
function checkRaw(post: RawPost, bytes: Uint8Array, office: ProvenOffice): void {
  checkPromise(post.promise, office.manifest.charter.record.promise);
  requirePlausible(post.promise, office);
  const fits = same(post.promise.leaf, join(post.T, post.c, post.f)) && same(post.promise.office, office.office)
    && post.promise.day === post.day;
  if (!fits || !same(readEnvelope(bytes).c, post.c)) {
    throw new SealError("promise", "The office promised something else than what lies here.");
  }
}

/** The machine's word is taken for what the office signed to this thread, and for nothing else. */
function noticesOf(raw: RawThread, office: ProvenOffice): MachineNotice[] {
  return raw.notices.flatMap((served) => {
    try {
      const notice = readNotice(served, office.manifest.charter.record.promise);
      return same(notice.office, office.office) && same(notice.thread, raw.thread) ? [notice] : [];
    } catch (error) {
      if (error instanceof LedgerError) return [];
      throw error;
    }
  });
}

/** Every box of this mailbox: a receipt that was replaced had another one. */
function ownBoxes(copies: readonly Found[], mailbox: Mailbox): Uint8Array[] {
  const boxes = [recipientHash(mailbox.box.recipient)];
  for (const { chain, bytes } of copies) {
    if (chain !== "r") continue;
    try {
      const { header, body } = readEnvelope(bytes);
      if (header.kind === "report") boxes.push(recipientHash(readReport(body).box));
      if (header.kind === "rekey") boxes.push(recipientHash(readRekey(body).box));
    } catch {
      // Named by readThread.
    }
  }
  return boxes;
}

/**
 * Who wrote under an earlier charter did so on the promise's day only if the record of that day says so: otherwise
 * somebody who left could write on, with a server that dates it back. Until the night only the newest charter counts.
 */
async function withProvenDays(copies: readonly OwnCopy[], raw: RawThread, office: ProvenOffice): Promise<readonly OwnCopy[]> {
  const newest = office.manifest.charter.number;
  const earlier = raw.posts.filter((post) => copies.some((copy) => copy.chain === "o" && post.chain === "o"
    && copy.n === post.n && (charterNumber(copy.bytes) ?? newest) !== newest));
  if (earlier.length === 0) return copies;
  const states = await statesOf(office, earlier.map((post) => post.promise)).catch(() => []);
  const unproven = new Set(earlier.filter((_, at) => states[at]?.state !== "kept").map((post) => post.n));
  return copies.map((copy) => copy.chain === "o" && unproven.has(copy.n) ? { ...copy, day: undefined } : copy);
}

/** The charter that a member's entry is of; undefined where it cannot be read, which readThread names. */
function charterNumber(bytes: Uint8Array): number | undefined {
  try {
    const { by } = readEnvelope(bytes).header;
    return by.entry === undefined ? undefined : by.proof.charter;
  } catch {
    return undefined;
  }
}

async function chartersOf(copies: readonly Found[], office: ProvenOffice): ReturnType<typeof chartersBack> {
  let least = office.manifest.charter.number;
  for (const { chain, bytes } of copies) if (chain === "o") least = Math.min(least, charterNumber(bytes) ?? least);
  return chartersBack(office, least).catch(() => [office.manifest.charter]);
}

/** Places that the server leaves out although a later one is there. */
function gaps(raw: RawThread): Fault[] {
  return (["r", "o"] as const).flatMap((chain) => {
    const there = new Set(raw.posts.filter((post) => post.chain === chain).map((post) => post.n));
    const last = Math.max(-1, ...there);
    return Array.from({ length: last + 1 }, (_, n) => n).filter((n) => !there.has(n))
      .map((n) => ({ chain, n, code: "chain-hole" }));
  });
}

/** An entry of the record that the receipt does not lead to could never be looked for. */
function tagFaults(raw: RawThread, thread: Thread): Fault[] {
  return thread.posts.flatMap((post) => {
    const { chain, n } = post;
    const claimed = raw.posts.find((one) => one.chain === chain && one.n === n);
    const tag = tagOf(post, thread);
    if (chain === "i" || claimed === undefined || tag === undefined) return [];
    return same(searchTag(tag, chain, n), claimed.T) ? [] : [{ chain, n, code: "record-tag" }];
  });
}

/** A rekey and all that follows it use the new tag: on r by number, on o by what its author had seen. */
function tagOf(post: Post, thread: Thread): Uint8Array | undefined {
  const { seen } = post.envelope.header;
  const upTo = post.chain === "r" ? post.n : seen === undefined ? -1 : thread.chains.placeOf("r", seen) ?? Infinity;
  let tag = thread.report?.tag ?? openingOf(thread)?.tag;
  for (const other of thread.posts) if (other.kind === "rekey" && other.n <= upTo) tag = other.body.tag;
  return tag;
}

/** One red line for each place: a file that does not open is not also "missing". */
function once(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ chain, n }) => {
    const place = `${chain}${n}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}
