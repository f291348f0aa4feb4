/**
 * Opening a name under seal (docs/formats.md §26). A custodian's browser hands nothing over before it has proven who
 * asks, that the case is theirs, and that the reporting person was told or oversight knows why not; the asker's puts
 * together what was handed over, and keeps nothing of it.
 */

import { LedgerError } from "../../ledger/errors.js";
import { checkAct, parseRow, type ActRow } from "../../ledger/acts.js";
import type { PublishedRecord } from "../../ledger/record.js";
import { seal, unseal } from "../../seal/age.js";
import type { Where } from "../../seal/author.js";
import type { IdentityCard } from "../../seal/bodies.js";
import { readEnvelope, writeEnvelope } from "../../seal/envelope.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import {
  proveRelease, proveRequest, putTogether, writeRelease, writeRequest, type GivenName, type Ground, type ProvenRequest, type Release,
} from "../../seal/opening.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64, same } from "../../seal/primitives.js";
import { identity, recipientHash, type Recipient } from "../../seal/recipients.js";
import type { Share } from "../../seal/bodies.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import type { OpenThread } from "./opening.js";
import { dealtOf, passedOf } from "./sharing.js";
import { writeNamed } from "./writing.js";

const READS = /^(?:handler|lead)@/;
/** The acts by which the keys of a case are made. */
const GIVES = new Set(["triage", "rekey"]);
/** Where `c` stands in an entry of the arrivals: behind T. */
const C_AT = 32, C_END = 64;

export interface NameWish {
  readonly message: number;
  readonly ground: Ground;
  readonly reasons: string;
  readonly language: string;
  /** What the reporting person is told at the same moment, and in which language; or why they are not. */
  readonly told: { readonly text: string; readonly language: string } | null;
  readonly withheld: string;
  readonly counter: number;
}

/** What the server gives of a request beside its sealed file. */
export interface Claimed {
  readonly where: Where;
  readonly message: number;
  /** Rows of the acts log and the days of their batches: by which it was asked, and by which the asker was assigned. */
  readonly askedBy: ClaimedRow | undefined;
  readonly assignedBy: ClaimedRow | undefined;
  /** The day of the message that told the reporting person. */
  readonly told: string | undefined;
}

export interface ClaimedRow {
  readonly row: Uint8Array;
  readonly day: string;
}

/** Everybody who reads a request: the people of the case by its key, the custodians, and oversight. */
function readersOf(open: OpenThread, keys: Keyring): Recipient[] {
  const { thread: { handover }, caseKeys } = open;
  const custodians = keys.manifest.charter.custody?.custodians ?? [];
  if (handover === undefined || caseKeys === undefined) throw new RefusedError("state", "A name is asked for in a case, by who is assigned to it.");
  if (custodians.length === 0) throw new RefusedError("no-custodians", "This office has nobody who keeps names, so nobody can be asked.");
  return [...new Set([handover.recipient, ...custodians, ...overseers(keys)])];
}

function overseers({ people }: Keyring): Recipient[] {
  return [...people.values()].filter(({ entry }) => entry.roles.includes("oversight")).map(({ recipient }) => recipient);
}

/**
 * The parcel of a request: sealed to those who answer it, with the word to the reporting person in the same moment.
 *
 * @throws RefusedError `state`, `no-custodians`, `no-name` where none came with that message, and as `writePost`
 */
export async function composeNameRequest(open: OpenThread, keys: Keyring, wish: NameWish): Promise<Uint8Array> {
  const { sealed } = open, { place: { entry, proof, recipient } } = keys;
  givenName(open, keys, wish.message);
  const readers = readersOf(open, keys);
  const notice = wish.told === null ? undefined : await writeNamed(open, keys, { chain: "o", ...wish.told });
  const { bytes, c } = writeEnvelope({
    kind: "request", office: keys.office, desk: sealed.desk, thread: sealed.thread, to: readers.map(recipientHash), by: { entry: entry.bytes, proof },
  }, writeRequest({
    message: wish.message, ground: wish.ground, reasons: wish.reasons, language: wish.language, reply: recipient,
    ...notice === undefined ? { withheld: wish.withheld } : { notice: notice.c },
  }), keys.vault.sign);
  const act = signAct(keys.vault.sign, keys.member, wish.counter, { act: "request name", subject: sealed.thread, after: c, more: { message: wish.message } });
  const files = [{ as: "request", bytes: await seal(bytes, readers) }, ...notice === undefined ? [] : [{ as: "message", bytes: notice.parcel }]];
  return writeParcel({ v: 1, message: wish.message, c: b64(c), act: { ...act } }, files);
}

/** Where a name was given in this thread, as its proven posts say. Throws RefusedError `no-name`. */
export function givenName(open: OpenThread, keys: Keyring, message: number): GivenName {
  const post = open.posts.find((one) => one.chain === "r" && one.n === message);
  const dealt = post !== undefined && (post.kind === "report" || post.kind === "message") ? post.body.dealt : undefined;
  const sign = post?.envelope.header.by.key;
  if (dealt === undefined || sign === undefined) throw new RefusedError("no-name", "No sealed name came with this.");
  return { where: { office: keys.office, desk: open.sealed.desk, thread: open.sealed.thread }, message, dealt, sign };
}

/** The proven request inside a sealed file; undefined where it does not open here or does not hold. */
export async function openNameRequest(
  file: Uint8Array, where: Where, keys: Keyring, open?: OpenThread,
): Promise<{ readonly asked: ProvenRequest; readonly content: Uint8Array } | { readonly code: string }> {
  try {
    const openers = [...keys.seals, ...(open?.caseKeys?.generations ?? []).map(({ seed }) => identity(seed))];
    const content = await unseal(file, openers);
    // Who asks reads their own request too; that no custodian answers their own is asked of custodians.
    return { asked: proveRequest(content, where, charters(keys), open === undefined ? keys.member : new Uint8Array(16)), content };
  } catch (error) {
    if (error instanceof SealError) return { code: error.code };
    throw error;
  }
}

/**
 * A custodian's own share of what is asked for: the file of theirs opens, the others' do not. It was dealt to them, or
 * somebody who left passed it on.
 */
export async function ownShare(dealt: readonly Uint8Array[], passed: readonly Uint8Array[], { where, message }: Claimed, keys: Keyring): Promise<Share | undefined> {
  for (const file of dealt) {
    const found = await dealtOf(file, { where, message }, keys);
    if (found !== undefined) return found;
  }
  for (const file of passed) {
    const found = await passedOf(file, { where, message }, keys);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What of a request a custodian's browser can prove: `proven`, `waits` for a night of the record, or the code of what
 * does not hold. The newest act is the server's word: it could show an older one to whom the case was given then.
 */
export async function proveAsking(asked: ProvenRequest, content: Uint8Array, claimed: Claimed, keys: Keyring, record: PublishedRecord): Promise<string> {
  try {
    if (asked.request.message !== claimed.message) return "envelope-place";
    const doubt = actDoubt(asked, claimed, keys) ?? audienceDoubt(asked, content, keys);
    if (doubt !== undefined) return doubt;
    const published = await Promise.all([
      rowStands(claimed.askedBy, record), rowStands(claimed.assignedBy, record), noticeStands(asked, claimed, record),
    ]);
    return published.includes("missing") ? "name-record" : published.includes("waits") ? "waits" : "proven";
  } catch (error) {
    if (error instanceof SealError || error instanceof LedgerError) return error.code;
    throw error;
  }
}

/** The asker signed for just this request, and whoever may give a case to people gave it to the asker and not to oneself. */
function actDoubt(asked: ProvenRequest, { where, askedBy, assignedBy }: Claimed, keys: Keyring): string | undefined {
  if (askedBy === undefined || assignedBy === undefined) return "name-acts";
  const own = parseRow(askedBy.row), gave = parseRow(assignedBy.row);
  checkAct(own, asked.asker.sign);
  const { act: { after, member } } = own;
  if (!speaksOf(own, "request name", where) || !isThis(after, asked.c) || !isThis(member, asked.asker.id)) return "name-acts";
  const giver = gave.act.member && keys.people.get(b64(gave.act.member));
  // Who has left is proven by no list that is in force: new keys are given out first.
  if (giver?.entry.roles.some((role) => READS.test(role)) !== true) return "name-giver";
  checkAct(gave, giver.entry.sign);
  const people = gave.act.fields["people"];
  if (!GIVES.has(gave.act.act) || gave.act.subject !== b64(where.thread) || !Array.isArray(people)) return "name-acts";
  if (people.includes(b64(keys.member))) return "same-person";
  return people.includes(b64(asked.asker.id)) ? undefined : "name-assigned";
}

function isThis(found: Uint8Array | undefined, wanted: Uint8Array): boolean {
  return found !== undefined && same(found, wanted);
}

function speaksOf({ act }: ActRow, name: string, { thread }: Where): boolean {
  return act.act === name && act.subject === b64(thread);
}

/** Where the reporting person is not told, oversight reads why: otherwise nobody outside the case would know. */
function audienceDoubt({ request }: ProvenRequest, content: Uint8Array, keys: Keyring): string | undefined {
  if (request.withheld === undefined) return undefined;
  const to = new Set(readEnvelope(content).header.to.map(b64));
  return overseers(keys).every((one) => to.has(b64(recipientHash(one)))) ? undefined : "name-oversight";
}

type Stands = "stands" | "waits" | "missing";

async function rowStands(claimed: ClaimedRow | undefined, record: PublishedRecord): Promise<Stands> {
  if (claimed === undefined) return "missing";
  const entries = await record.entries("acts", claimed.day);
  const { leaf } = parseRow(claimed.row);
  return entries === undefined ? "waits" : entries.some((one) => same(one, leaf)) ? "stands" : "missing";
}

async function noticeStands({ request: { notice } }: ProvenRequest, { told }: Claimed, record: PublishedRecord): Promise<Stands> {
  if (notice === undefined) return "stands";
  if (told === undefined) return "missing";
  const entries = await record.entries("arrivals", told);
  return entries === undefined ? "waits" : entries.some((one) => same(one.subarray(C_AT, C_END), notice)) ? "stands" : "missing";
}

/** The parcel that hands one's share over, to the asker and nobody else. */
export async function composeRelease(asked: ProvenRequest, share: Share, { where }: Claimed, keys: Keyring, counter: number): Promise<Uint8Array> {
  const { entry, proof } = keys.place, reply = asked.request.reply;
  const { bytes, c } = writeEnvelope({
    kind: "release", office: where.office, desk: where.desk, thread: where.thread, to: [recipientHash(reply)], by: { entry: entry.bytes, proof },
  }, writeRelease({ request: asked.c, index: share.index, share: share.share }), keys.vault.sign);
  const act = signAct(keys.vault.sign, keys.member, counter, { act: "release name", subject: where.thread, before: asked.c, after: c });
  return writeParcel({ v: 1, c: b64(c), act: { ...act } }, [{ as: "release", bytes: await seal(bytes, [reply]) }]);
}

/** What custodians handed over that proves to be for this request; how many of the files fail a check. */
export async function openReleases(
  files: readonly Uint8Array[], asked: ProvenRequest, where: Where, keys: Keyring,
): Promise<{ readonly good: readonly Release[]; readonly refused: number }> {
  const good: Release[] = [];
  for (const file of files) {
    try {
      good.push(proveRelease(await unseal(file, keys.seals), where, charters(keys), asked));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  }
  return { good, refused: files.length - good.length };
}

/**
 * The name; all empty where nobody gave one. It goes to the page, and nowhere else.
 *
 * @throws CannotOpenError `not-mine` for fewer shares than must agree; else as `putTogether`
 */
export function nameInside(file: Uint8Array, releases: readonly Release[], given: GivenName): Promise<IdentityCard> {
  return putTogether(file, releases, given);
}

function charters({ manifest, earlier }: Keyring): Parameters<typeof proveRequest>[2] {
  return (number) => [manifest.charter, ...earlier].find((one) => one.number === number);
}
