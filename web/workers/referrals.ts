/** Referrals of a case: sealed and signed here, and what is said in their mailboxes at the other offices. */
import { prove, type Opened } from "../line/mailbox/proving.js";
import { readersOf } from "../line/mailbox/places.js";
import { fetchThread } from "../line/mailbox/fetching.js";
import type { PassedOn, TheirMailbox } from "../office/referral/types.js";
import { checkPromise, promiseFields, readPromise } from "../ledger/promises.js";
import type { Message } from "../seal/bodies.js";
import type { Outcome } from "../seal/closing.js";
import type { Why } from "../seal/correction.js";
import { MalformedError, RefusedError } from "../seal/errors.js";
import { parse, type JsonObject } from "../seal/jsontext.js";
import { writeParcel } from "../seal/parcel.js";
import { b64, same, unb64 } from "../seal/primitives.js";
import { derive, newReceipt } from "../seal/receipt.js";
import type { Manner, Passed } from "../seal/referral.js";
import { composeMessage } from "../seal/replies.js";
import { shownName } from "../seal/shownname.js";
import type { Post } from "../seal/thread.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { keyring, type Keyring } from "./keyring.js";
import { isPeer, provenPeer, told, type ProvenPeer } from "./peers.js";
import "./protocol.js";
import { sealedFor } from "./referredfiles.js";
import { register } from "./registry.js";
import type { OpenThread } from "./reports/opening.js";
import { purposeOf, sealReferral } from "./reports/referring.js";
import { referrerOf } from "./reports/referred.js";
import { standingThen, type StandingThen } from "./standing.js";
import { foundAt } from "./reports/story.js";
import { writePost } from "./reports/writing.js";

const ANSWER = 64 * 1024;

export interface ReferralWish {
  readonly thread: string;
  /** F of the office, base64url; its desk's id. */
  readonly peer: string;
  readonly desk: string;
  readonly manner: Manner;
  /** The member's own words: the report itself where it is masked, else why it is passed on. */
  readonly text: string;
  readonly language: string;
  /** Files of the report that go along, as it names them, base64url; each was sealed for that desk by `pass-file`. */
  readonly files: readonly string[];
}

/** A correction with its words; `id` is made by the page, so that a second try is the same. */
export interface Corrected {
  readonly id: string;
  readonly why: Why;
  /** How the case ended, where it did; else empty. */
  readonly outcome: Outcome | "";
  readonly text: string;
  readonly language: string;
}

interface Named {
  readonly thread: string;
  /** The mailbox's id. */
  readonly referral: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Seal a report to another office's desk, with the case's note of it; the answer is the parcel to post. */
    "compose-referral": Act<ReferralWish & { readonly counter: number }, Uint8Array>;
    /** The same report sealed to the other desk's key in force. */
    "reseal-referral": Act<Named & { readonly counter: number }, Uint8Array>;
    /** What the open report's notes say was referred, oldest first. */
    "referrals": Act<{ readonly thread: string }, readonly PassedOn[]>;
    /** The promise that lies in the mailbox there, where the report in it is ours: it has arrived after all. */
    "referral-arrival": Act<Named, { readonly promise: JsonObject; readonly promise_key: string }>;
    /** Takes back what has not arrived; `c` as the server has it. */
    "sign-referral-withdrawal": Act<Named & { readonly c: string; readonly counter: number }, SignedAct>;
    /** Fetch, open and prove the mailbox of a referral. */
    "referral-mailbox": Act<Named, TheirMailbox>;
    /** Seal a message into that mailbox and send it; it is there when this answers. */
    "write-referral": Act<Named & { readonly text: string; readonly language: string }, null>;
    /** Ask the office that the open report comes from whether who signed it still did on the day on which it came. */
    "referrer-standing": Act<{ readonly thread: string }, StandingThen>;
    /** Tell that office how the case ended or what is to be put right; what it has already is not sent twice. */
    "correct-referral": Act<Named & Corrected, null>;
  }
}

/** Receipts of what was composed and is perhaps on its way: asked again for the same, it is the same mailbox. */
const begun = new Map<string, Uint8Array>();

register("compose-referral", ({ counter, ...wish }) => told(async () => {
  const keys = keyring();
  const open = openReport(wish.thread);
  const peer = await provenPeer(keys, wish.peer);
  const desk = peer.manifest.charter.desks.find((one) => b64(one.id) === wish.desk);
  if (desk === undefined) throw new RefusedError("sheet-desk", "The other office has no such desk any more.");
  const key = JSON.stringify(wish);
  const receipt = begun.get(key) ?? newReceipt();
  begun.set(key, receipt);
  const passed: Passed = {
    receipt, F: peer.F, host: peer.host, at: peer.office, desk: desk.id, names: peer.manifest.charter.names, deskNames: desk.names,
    manner: wish.manner, text: wish.text.trim(), language: wish.language,
    files: wish.files.map((blob) => sealedFor(wish.thread, blob, wish.desk)),
  };
  const drop = await sealReferral(open, keys, peer, passed);
  const note = await writePost(open, keys, { chain: "i", text: "", language: wish.language, referral: passed });
  const act = acted(open, keys, counter, passed, drop.post.c);
  return writeParcel({
    v: 1, peer: b64(peer.F), at: b64(peer.office), promise_key: b64(peer.manifest.charter.record.promise), act: { ...act },
  }, [{ as: "drop", bytes: drop.parcel }, { as: "note", bytes: note }]);
}));

register("reseal-referral", ({ thread, referral, counter }) => told(async () => {
  const keys = keyring();
  const open = openReport(thread);
  const passed = passedAs(open, referral);
  const peer = await provenPeer(keys, b64(passed.F));
  const drop = await sealReferral(open, keys, peer, passed);
  const act = acted(open, keys, counter, passed, drop.post.c);
  return writeParcel({ v: 1, act: { ...act } }, [{ as: "drop", bytes: drop.parcel }]);
}));

register("referrals", ({ thread }) => {
  const keys = keyring();
  return allPassed(openReport(thread)).map((passed): PassedOn => ({
    id: b64(mailboxOf(passed)), F: b64(passed.F), host: passed.host, names: Object.fromEntries(passed.names),
    deskNames: Object.fromEntries(passed.deskNames), manner: passed.manner, text: passed.text, language: passed.language,
    files: passed.files.map(({ name }) => shownName(name)),
    named: isPeer(keys, passed.F),
  }));
});

register("referral-mailbox", ({ thread, referral }) => told(async (): Promise<TheirMailbox> => {
  const opened = await openedMailbox(keyring(), passedAs(openReport(thread), referral));
  return {
    status: opened.raw.status, people: opened.thread.handover?.people.length ?? 0,
    day: opened.raw.posts.find(({ chain, n }) => chain === "r" && n === 0)?.day ?? "",
    entries: opened.thread.posts.flatMap((post) => entryOf(post, opened)),
    faults: opened.faults.map(({ chain, n, code }) => ({ place: `${chain}${n}`, code })),
  };
}));

register("referral-arrival", ({ thread, referral }) => told(async () => {
  const { office, raw, thread: proven, faults } = await openedMailbox(keyring(), passedAs(openReport(thread), referral));
  const first = raw.posts.find(({ chain, n }) => chain === "r" && n === 0);
  // Proven: what lies there came from the words in our note, and that office promised just that.
  if (first === undefined || proven.report === undefined || faults.some(({ chain, n }) => chain === "r" && n === 0)) {
    throw new RefusedError("no-mailbox", "The other office has no such mailbox yet, or has deleted it.");
  }
  return { promise: promiseFields(first.promise), promise_key: b64(office.manifest.charter.record.promise) };
}));

register("sign-referral-withdrawal", ({ thread, referral, c, counter }) => {
  const { vault, member } = keyring();
  const open = openReport(thread);
  return signAct(vault.sign, member, counter, {
    act: "withdraw referral", subject: open.sealed.thread, before: unb64(c, 32), more: { peer: b64(passedAs(open, referral).F) },
  });
});

register("referrer-standing", ({ thread }) => told(async () => {
  const keys = keyring(), open = openReport(thread);
  const { sealed, thread: { report } } = open;
  if (report === undefined) throw new RefusedError("not-proven", "The report itself failed a check.");
  const { F, charter } = referrerOf(report, foundAt(open, keys), sealed.day);
  return standingThen(await provenPeer(keys, b64(F)), charter, sealed.day);
}));

register("write-referral", ({ thread, referral, text, language }) => told(async () => {
  await send(await openedMailbox(keyring(), passedAs(openReport(thread), referral)), { text, language });
  return null;
}));

register("correct-referral", ({ thread, referral, text, language, id, why, outcome }) => told(async () => {
  const opened = await openedMailbox(keyring(), passedAs(openReport(thread), referral));
  const correction = { id: unb64(id, 16), why, outcome: outcome === "" ? undefined : outcome };
  // Our answer may have been lost on its way, or this page closed before it could note that it was sent.
  const there = opened.thread.posts.some((post) => post.chain === "r" && post.kind === "message"
    && post.body.correction !== undefined && same(post.body.correction.id, correction.id));
  if (!there) await send(opened, { text, language, correction });
  return null;
}));

/** Send what we say into the mailbox; it is there, and promised, when this returns. */
async function send(opened: Opened<ProvenPeer>, message: Message): Promise<void> {
  const { office, mailbox, raw } = opened;
  const reply = await composeMessage(opened.thread, mailbox, message, {
    office: office.office, desk: raw.desk, thread: raw.thread, recipient: readersOf(opened), audience: raw.audience,
  });
  const answer = parse(await office.door.post("post", reply.parcel, "bytes"), ANSWER) as JsonObject;
  const promise = readPromise(answer["promise"] ?? null);
  checkPromise(promise, office.manifest.charter.record.promise);
  if (reply.post.leaf === undefined || !same(promise.leaf, reply.post.leaf)) {
    throw new MalformedError("promise", "The other office promised something else than what was sent.");
  }
}

function acted(open: OpenThread, keys: Keyring, counter: number, passed: Passed, c: Uint8Array): ReturnType<typeof signAct> {
  return signAct(keys.vault.sign, keys.member, counter, {
    act: "refer", subject: open.sealed.thread, after: c,
    // Whoever audits us sees what was signed in the organisation's name, and by whom.
    more: { peer: b64(passed.F), ...(passed.manner === "own" && { as: purposeOf(passed) }) },
  });
}

/** What the proven notes say was referred. */
function allPassed({ posts }: OpenThread): Passed[] {
  return posts.flatMap((post) => (post.kind === "note" && post.body.referral !== undefined ? [post.body.referral] : []));
}

function passedAs(open: OpenThread, referral: string): Passed {
  const id = unb64(referral, 16);
  const found = allPassed(open).find((passed) => same(mailboxOf(passed), id));
  if (found === undefined) throw new RefusedError("referral-unknown", "No note of this case has the words of that mailbox.");
  return found;
}

function mailboxOf({ receipt, at }: Passed): Uint8Array {
  return derive(receipt, at).id;
}

async function openedMailbox(keys: Keyring, passed: Passed): Promise<Opened<ProvenPeer>> {
  const peer = await provenPeer(keys, b64(passed.F));
  if (!same(peer.office, passed.at)) throw new RefusedError("peer-another", "That office has another id than when this was referred.");
  const mailbox = derive(passed.receipt, peer.office);
  return prove(peer, mailbox, passed.receipt, await fetchThread(peer.door, mailbox));
}

function correctionIn(post: Post): TheirMailbox["entries"][number]["correction"] {
  const found = post.kind === "message" ? post.body.correction : undefined;
  return found === undefined ? null : { why: found.why, outcome: found.outcome ?? "" };
}

function entryOf(post: Post, { raw }: Opened<ProvenPeer>): TheirMailbox["entries"][number][] {
  if (post.kind !== "message" && post.kind !== "notice") return [];
  const { chain, n, body, member } = post;
  return [{
    key: `${chain}${n}`, day: raw.posts.find((one) => one.chain === chain && one.n === n)?.day ?? "", ours: chain === "r",
    author: member?.alias ?? "", text: body.text, language: body.language,
    closing: (post.kind === "message" ? post.body.closing : undefined) ?? null, correction: correctionIn(post),
  }];
}
