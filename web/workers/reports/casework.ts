/** What is sealed and signed when a report becomes a case, and when its people change (docs/formats.md §14). */

import { writeHandover, type CaseHandover } from "../../seal/bodies.js";
import { sealCaseKeys } from "../../seal/casekeys.js";
import { seal } from "../../seal/age.js";
import { RefusedError } from "../../seal/errors.js";
import { writeNote, type Assessment } from "../../seal/notes.js";
import { writeParcel, type ParcelFile } from "../../seal/parcel.js";
import { postParcel, sealPost } from "../../seal/post.js";
import { b64, H, join, random, same, unb64, utf8 } from "../../seal/primitives.js";
import { identity, recipientHash } from "../../seal/recipients.js";
import { hasRole, type Entry } from "../../seal/roster.js";
import { parseWhat } from "../../ledger/acts.js";
import { signAct } from "../acts.js";
import type { Keyring, Place } from "../keyring.js";
import { postAt, type OpenThread } from "./opening.js";
import { CHAINS, type SealedPost } from "./parcel.js";

const DESK_COPY = utf8("fairline/1 desk copy\0");

export interface TriageWish {
  /** Ids of those who are assigned, base64url. */
  readonly people: readonly string[];
  /** Ids of members whom the reporting person named as not to see it, base64url. */
  readonly barred: readonly string[];
  readonly assessment: Assessment;
  readonly text: string;
  readonly language: string;
  readonly counter: number;
}

/**
 * The parcel of a triage.
 *
 * @throws RefusedError `not-proven`, `keys-people`, `keys-barred`, `custodian`, `state`
 */
export async function composeTriage(open: OpenThread, keys: Keyring, wish: TriageWish): Promise<Uint8Array> {
  const { sealed, thread } = open;
  if (sealed.status !== "arrived" || open.caseKeys !== undefined) throw moved();
  const report = thread.posts.find((post) => post.kind === "report");
  if (report === undefined) throw new RefusedError("not-proven", "The report itself failed a check, so it cannot become a case.");
  const desk = deskPosts(open);
  const deskCopy = deskCopyOf(desk);
  const seed = random(32), { recipient } = identity(seed);
  const n = sealed.case === undefined ? 0 : sealed.case.n + 1;
  const made = await newKeys(open, keys, {
    n, prev: actedKeys(open), seeds: [{ number: n, seed }], people: wish.people, barred: wish.barred, report: report.c,
  });
  const { place: { entry, proof } } = keys;
  const head = sealed.heads.get("i") ?? -1;
  const note = await sealPost({
    office: keys.office, desk: sealed.desk, thread: sealed.thread, kind: "note", chain: "i", n: head + 1, prev: newestOn(open, "i"),
    body: writeNote({ text: wish.text, language: wish.language, triage: wish.assessment }), audience: recipient,
    by: { entry: entry.bytes, proof }, seed: keys.vault.sign,
  });
  const act = signAct(keys.vault.sign, keys.member, wish.counter, {
    act: "triage", subject: sealed.thread, before: deskCopy, after: recipientHash(recipient),
    more: { keys: b64(made.c), people: [...wish.people].sort() },
  });
  const heads = { r: sealed.heads.get("r"), o: (sealed.heads.get("o") ?? -1) + 1 };
  const copies = await Promise.all(desk.map(async (post): Promise<ParcelFile> => ({
    // What nobody could open goes on as it is: it stays a red line, and nothing is missing.
    as: "copy", bytes: await seal(open.contents.get(`${post.chain}${post.n}`) ?? post.file, [recipient]), of: { chain: post.chain, n: post.n },
  })));
  return writeParcel(
    { ...made.head, act: { ...act }, desk_copy: b64(deskCopy) },
    [...made.files, { as: "note", bytes: postParcel(note, { thread: sealed.thread, heads, audience: { generation: n } }) }, ...copies],
  );
}

/** New keys for other people; old content is not sealed anew: whoever could read it has read it. */
export async function composeRekey(
  open: OpenThread, keys: Keyring, wish: { readonly people: readonly string[]; readonly counter: number },
): Promise<Uint8Array> {
  const { sealed, caseKeys, thread } = open;
  if (caseKeys === undefined || thread.handover === undefined || sealed.case === undefined) throw moved();
  const n = sealed.case.n + 1;
  const seed = random(32), { recipient } = identity(seed);
  const made = await newKeys(open, keys, {
    n, prev: caseKeys.c, seeds: [...caseKeys.generations, { number: n, seed }], people: wish.people,
    barred: caseKeys.barred.map(b64), report: caseKeys.report,
  });
  const act = signAct(keys.vault.sign, keys.member, wish.counter, {
    act: "rekey", subject: sealed.thread, before: recipientHash(thread.handover.recipient), after: recipientHash(recipient),
    more: { keys: b64(made.c), people: [...wish.people].sort() },
  });
  return writeParcel({ ...made.head, act: { ...act } }, made.files);
}

/** What a second person must find before they confirm: codes of what does not hold, empty if all does. */
export function triageFaults({ sealed, thread, posts, caseKeys }: OpenThread): string[] {
  const codes: string[] = [];
  if (!posts.some((post) => post.kind === "report")) codes.push("report");
  if (caseKeys === undefined || thread.handover === undefined) codes.push("keys");
  if (sealed.case === undefined || !same(deskCopyOf(untilTriage(sealed.posts, sealed.case.upto)), sealed.case.deskCopy)) codes.push("desk-copy");
  return codes;
}

/** The hash that stands for all of the desk's copies. */
export function deskCopyOf(posts: readonly Pick<SealedPost, "chain" | "n" | "hashes">[]): Uint8Array {
  const inOrder = CHAINS.flatMap((chain) => posts.filter((post) => post.chain === chain).sort((a, b) => a.n - b.n));
  return H(join(DESK_COPY, ...inOrder.flatMap(({ hashes: [office] }) => (office === undefined ? [] : [office]))));
}

interface KeysWish {
  readonly n: number;
  readonly prev: Uint8Array | undefined;
  readonly seeds: readonly { readonly number: number; readonly seed: Uint8Array }[];
  readonly people: readonly string[];
  readonly barred: readonly string[];
  readonly report: Uint8Array;
}

interface NewKeys {
  readonly c: Uint8Array;
  readonly head: { readonly v: 1; readonly n: number; readonly c: string; readonly people: string[]; readonly recipient: string };
  readonly files: readonly ParcelFile[];
}

/** The keys, one file a person, and the word to the reporting person about who reads from here on. */
async function newKeys(open: OpenThread, keys: Keyring, wish: KeysWish): Promise<NewKeys> {
  const { sealed, thread } = open;
  const toThem = thread.reporter;
  if (toThem === undefined) throw new RefusedError("not-proven", "The report itself failed a check, so nothing proves whom to tell.");
  const newest = wish.seeds.at(-1);
  if (newest === undefined) throw new RangeError("keys without a seed");
  const { recipient } = identity(newest.seed);
  const holders = wish.people.map((id) => holder(keys, id));
  const { place: { entry, proof } } = keys;
  const by = { entry: entry.bytes, proof };
  const { files, c } = await sealCaseKeys({
    office: keys.office, desk: sealed.desk, thread: sealed.thread, n: wish.n, prev: wish.prev, seeds: wish.seeds,
    people: holders.map((one) => ({ id: one.entry.id, recipient: one.recipient })), barred: wish.barred.map((id) => unb64(id, 16)),
    report: wish.report, by, seed: keys.vault.sign,
  });
  const body: CaseHandover = { generation: newest.number, recipient, people: holders.map((one) => one.entry.id) };
  const post = await sealPost({
    office: keys.office, desk: sealed.desk, thread: sealed.thread, kind: "handover", chain: "o",
    n: (sealed.heads.get("o") ?? -1) + 1, prev: newestOn(open, "o"), seen: thread.chains.newest("r"), body: writeHandover(body),
    audience: recipient, box: toThem.box, tag: toThem.tag, by, seed: keys.vault.sign,
  });
  const heads = { r: sealed.heads.get("r"), o: sealed.heads.get("o") };
  const handover = postParcel(post, { thread: sealed.thread, heads, audience: { generation: newest.number } });
  return {
    c, head: { v: 1, n: wish.n, c: b64(c), people: [...wish.people], recipient: b64(recipientHash(recipient)) },
    files: [...files.map((bytes): ParcelFile => ({ as: "keys", bytes })), { as: "handover", bytes: handover }],
  };
}

/** A member to whom keys may be given: never who keeps part of a name, because nobody alone may come to it. */
export function holder(keys: Keyring, id: string): Place {
  const found = keys.people.get(id);
  if (found === undefined || !worksAtDesk(found.entry)) throw new RefusedError("keys-people", "One of these people does not work at a desk.");
  if (hasRole(found.entry, "custodian")) throw new RefusedError("custodian", "Whoever keeps a part of names is assigned to no case.");
  return found;
}

function worksAtDesk({ roles }: Entry): boolean {
  return roles.some((role) => role.startsWith("handler@") || role.startsWith("lead@"));
}

/** `c` of the newest on a chain, as the promises name it where this browser cannot open it: a triage that was refused. */
function newestOn({ sealed }: OpenThread, chain: "o" | "i"): Uint8Array | undefined {
  const head = sealed.heads.get(chain);
  return head === undefined ? undefined : postAt(sealed, chain, head)?.c;
}

/** `c` of the keys that a triage made which came to nothing. */
function actedKeys({ sealed }: OpenThread): Uint8Array | undefined {
  const act = sealed.case?.act;
  const named = act === undefined ? undefined : parseWhat(act.what).fields["keys"];
  return typeof named === "string" ? unb64(named, 32) : undefined;
}

/** The posts that the desk reads, with their files; later ones were sealed to a case that came to nothing. */
function deskPosts({ sealed }: OpenThread): (SealedPost & { readonly file: Uint8Array })[] {
  const there = sealed.case === undefined ? sealed.posts : untilTriage(sealed.posts, sealed.case.upto);
  return there.flatMap((post) => (post.file === undefined ? [] : [{ ...post, file: post.file }]));
}

function untilTriage(posts: readonly SealedPost[], upto: ReadonlyMap<string, number>): SealedPost[] {
  return posts.filter((post) => post.n <= (upto.get(post.chain) ?? -1));
}

function moved(): RefusedError {
  return new RefusedError("state", "This report is not as you saw it any more. Please load it again.");
}
