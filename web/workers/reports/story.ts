/** From proven posts to what the page shows: plain values in the order of time, without keys and without guesses. */

import { plusDays } from "../../elements/days.js";
import { arrange, labelsOf as questionLabels, type Questions } from "../../office/arrivals/answers.js";
import type { AttachedFile, CaseStory, Entry, SealedName, Story, TextEntry, TiedEntry } from "../../office/arrivals/types.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import type { Form } from "../../seal/form.js";
import type { Tied } from "../../seal/hearing.js";
import type { WorkLabel } from "../../seal/labels.js";
import { labelsAfter, type Note } from "../../seal/notes.js";
import { b64, same } from "../../seal/primitives.js";
import type { Destination } from "../../seal/referred.js";
import { proveStatement } from "../../seal/statement.js";
import { isOpening, type Post } from "../../seal/thread.js";
import type { Keyring } from "../keyring.js";
import { attached } from "./attached.js";
import { plainNote, wordsIn, workOf } from "./casenotes.js";
import { closingsOf } from "./closings.js";
import { panelOf } from "./panel.js";
import { plainStep, protectionOf } from "./protecting.js";
import { triageFaults } from "./casework.js";
import { charterOf, openingOf, postAt, type OpenThread } from "./opening.js";
import type { SealedPost } from "./parcel.js";
import { OWN_MATTER } from "./ownmatters.js";
import { TAKEN_IN, takenOf } from "./taken.js";
import { referredBy } from "./referred.js";
import { unreadable } from "./takeover.js";

const COMPLAINT = "complaint";

/** @param form - the one that the report's author was asked; without it the answers stand under their ids */
export function storyOf(open: OpenThread, keys: Keyring, form: Form | undefined, language: string): Story {
  const { sealed, thread } = open;
  const { report } = thread;
  const questions: Questions = form === undefined ? new Map() : questionLabels(form, language);
  const filed = filedBy(open, keys, language), taken = takenOf(open);
  const entries = [
    ...open.posts.flatMap((post) => entriesOf(post, open, keys, questions)).map((one) => heard(one, filed)),
    ...open.faults.map((fault): Entry => ({ kind: "fault", ...fault, at: "", unread: false })),
  ];
  return {
    thread: b64(sealed.thread), desk: b64(sealed.desk), day: sealed.day, status: sealed.status,
    entries: inTime(entries),
    doings: sealed.doings.map(({ what, member, chain, at, blob, n }) => ({ what, member, chain, at, blob, generation: chain === "" ? n ?? -1 : -1 })),
    language: report?.language ?? taken?.language ?? open.posts.find((post) => post.kind === "message")?.body.language ?? language,
    ...contactOf(open),
    name: report?.name ?? "",
    sealedNames: sealedNames(open),
    mustNotSee: report?.mustNotSee ?? taken?.taken.mustNotSee ?? [],
    // A matter of the organisation's own has no other side, nor has a case that was taken in.
    answerable: report?.answerable ?? ![OWN_MATTER, TAKEN_IN].includes(openingOf(thread)?.purpose ?? OWN_MATTER),
    opened: openedFor(open),
    ends: sealed.until ?? null,
    ...filed, continues: report?.continues ?? "",
    complaint: report?.answers.get("concern") === COMPLAINT,
    case: caseOf(open),
    labels: labelsOf(open), closings: closingsOf(open), work: workOf(open), protection: protectionOf(open), panel: panelOf(open),
    promised: plusDays(sealed.day, 1),
  };
}

function sealedNames({ sealed, posts }: OpenThread): SealedName[] {
  return posts.flatMap((post) => (post.kind === "report" || post.kind === "message") && post.chain === "r" && post.body.dealt !== undefined
    ? [{ n: post.n, day: postAt(sealed, "r", post.n)?.day ?? sealed.day }] : []);
}

/** The first words of a report, for the list; none where somebody spoke instead of writing. */
export function titleOf(open: OpenThread): string {
  const first = open.thread.report?.answers.get("what") ?? takenOf(open)?.title ?? firstTold(open) ?? "";
  const [line = ""] = first.trim().split("\n", 1);
  return Array.from(line).slice(0, 140).join("");
}

/** What the holder of a mailbox was told first; undefined where a report opened the thread. */
function firstTold({ thread: { posts } }: OpenThread): string | undefined {
  const told = posts.some(isOpening) ? posts.find((post) => post.chain === "o" && post.kind === "message") : undefined;
  return told?.kind === "message" ? told.body.text : undefined;
}

function openedFor({ thread, thread: { posts } }: OpenThread): Story["opened"] {
  const opening = openingOf(thread);
  return opening === undefined ? null
    : { purpose: opening.purpose, until: opening.until, own: posts.some(({ kind }) => kind === "rekey") };
}

/** Why a member filed it and who, if one did and it is proven; a statement that does not hold is said to be one. */
export function filedBy(open: OpenThread, keys: Keyring, language: string): Pick<Story, "purpose" | "filer" | "unproven" | "referred"> {
  const { sealed, thread: { report } } = open;
  if (report?.statement === undefined) return { purpose: "", filer: null, unproven: false, referred: null };
  const charter = charterOf(keys, report.statement.proof.charter, sealed.day);
  try {
    const { purpose } = report.statement;
    if (purpose === "referral" || (purpose === "own name" && report.referral !== undefined)) {
      // By the other office's documents, as they were on the day on which it came.
      const referred = referredBy(report, foundAt(open, keys), sealed.day, keys, language);
      return { purpose, filer: { ...referred.member, mine: false }, unproven: false, referred };
    }
    if (charter === undefined) throw new RefusedError("roster-proof", "It names no charter that was in force then.");
    const { id, alias } = proveStatement(report.statement, charter, sealed.thread, report.sign);
    return { purpose, filer: { id: b64(id), alias, mine: same(id, keys.member) }, unproven: false, referred: null };
  } catch (error) {
    if (error instanceof SealError) return { purpose: "", filer: null, unproven: true, referred: null };
    throw error;
  }
}

/** Where a report was found, with the hashes of its files. */
export function foundAt({ sealed, thread: { posts } }: OpenThread, { office }: Pick<Keyring, "office">): Destination {
  const files = posts.find(({ kind }) => kind === "report")?.envelope.header.files ?? [];
  return { office, desk: sealed.desk, thread: sealed.thread, files: files.map(({ hash }) => hash) };
}

/** Only an office that is proven to have referred a report corrects it: anybody else could write that it were an office. */
function heard(one: Entry, { referred }: Pick<Story, "referred">): Entry {
  return one.kind === "message" && referred === null ? { ...one, correction: null } : one;
}

function entriesOf(post: Post, open: OpenThread, keys: Keyring, questions: Questions): Entry[] {
  const claimed = postAt(open.sealed, post.chain, post.n);
  const mine = post.member !== undefined && same(post.member.id, keys.member);
  const placed = {
    chain: post.chain, n: post.n, day: claimed?.day ?? open.sealed.day, at: writtenAt(claimed, open),
    unread: !mine && post.n > (open.sealed.marks.get(post.chain) ?? -1),
  };
  switch (post.kind) {
    case "report":
      return [{ kind: "report", ...placed, answers: arrange(post.body.answers, questions), files: filesOf(post), language: post.body.language }];
    case "message":
      if (post.body.withdraws !== undefined && post.body.text === "" && filesOf(post).length === 0) return [{ kind: "withdrawal", ...placed }];
      return [{ kind: "message", ...placed, ours: post.chain === "o", mine, ...said(post), correction: correctionOf(post) }];
    case "note":
      if (takenOf(open)?.post === post) return [{ kind: "taken", ...placed, mine, author: authorOf(post), exported: post.body.taken?.day ?? "" }];
      return [
        ...(post.body.labels === undefined ? [] : [{ kind: "labels" as const, ...placed, mine, author: authorOf(post), labels: post.body.labels }]),
        ...(post.body.triage === undefined ? [] : [{ kind: "triage" as const, ...placed, mine, author: authorOf(post), found: post.body.triage }]),
        ...(post.body.case === undefined ? [] : [{ kind: "work" as const, ...placed, mine, author: authorOf(post), note: plainNote(post.body.case), text: wordsIn(post.body.case, post.body.text), language: post.body.language }]),
        ...(post.body.tied === undefined ? [] : [{ kind: "tied" as const, ...placed, ...plainTie(post.body.tied) }]),
        ...(post.body.related === undefined ? [] : [{
          kind: "related" as const, ...placed, mine, author: authorOf(post), thread: b64(post.body.related.thread), why: post.body.related.step === "parted" ? post.body.related.why : "" as const,
        }]),
        ...(post.body.hearing === undefined ? [] : [{
          kind: "hearing" as const, ...placed, mine, author: authorOf(post), text: post.body.text, language: post.body.language,
          c: b64(post.c), step: post.body.hearing.step === "agreed" ? { step: "agreed" as const, draft: b64(post.body.hearing.draft) } : post.body.hearing,
        }]),
        ...(post.body.protection === undefined ? [] : [{
          kind: "protection" as const, ...placed, mine, author: authorOf(post), text: post.body.text, language: post.body.language, note: plainStep(post.body.protection),
        }]),
        ...(post.body.panel === undefined ? [] : [{ kind: "panel" as const, ...placed, step: post.body.panel.step, text: post.body.text, language: post.body.language }]),
        ...(post.body.referral === undefined ? [] : [{
          kind: "referral" as const, ...placed, mine, author: authorOf(post), host: post.body.referral.host, names: Object.fromEntries(post.body.referral.names),
        }]),
        ...(isPlainNote(post.body) ? [{ kind: "note" as const, ...placed, ours: true, mine, ...said(post) }] : []),
      ];
    case "notice":
      return [{ kind: "notice", ...placed, ours: true, mine, ...said(post) }];
    case "rekey":
      return [{ kind: "rekey", ...placed }];
    case "handover":
      return "generation" in post.body
        ? [{ kind: "handover", ...placed, people: post.body.people.map(b64) }]
        // Its first note says more of it.
        : takenOf(open) === undefined ? [{ kind: "opening", ...placed }] : [];
  }
}

function plainTie({ thread, side, purpose, file }: Tied): Pick<TiedEntry, "thread" | "side" | "purpose" | "file"> {
  return { thread: b64(thread), side, purpose, file: file === undefined ? null : { ...file, blob: b64(file.blob) } };
}

/** Whether a note is shown with its own words: what it sets is shown apart, and a hearing's words with its step. */
function isPlainNote({ text, labels, triage, tied, hearing, referral, related, protection, panel, case: work }: Note): boolean {
  return (hearing ?? work ?? protection ?? panel) === undefined && (text !== "" || (labels ?? triage ?? tied ?? referral ?? related) === undefined);
}

function caseOf(open: OpenThread): CaseStory | null {
  const { sealed, caseKeys } = open;
  const found = sealed.case;
  if (found === undefined) return null;
  return {
    people: caseKeys?.people.map(({ id }) => b64(id)) ?? found.people, mine: caseKeys !== undefined, triagedBy: found.triagedBy,
    confirmed: found.confirmed, alarm: found.alarm, faults: sealed.status === "held" ? triageFaults(open) : [],
    barred: caseKeys?.barred.map(b64) ?? [], generation: found.n, joined: joinedWith(open), unreadable: unreadable(open),
  };
}

/** Who holds the newest keys and did not hold those before; nobody at triage, whose second person confirms. */
function joinedWith({ thread: { handovers } }: OpenThread): string[] {
  const [before, now] = handovers.slice(-2).map(({ people }) => people.map(b64));
  return now === undefined ? [] : now.filter((id) => before?.includes(id) !== true);
}

type Said = Pick<TextEntry, "author" | "text" | "language" | "beside" | "closing" | "correction" | "files">;

function said(post: Extract<Post, { kind: "message" | "note" | "notice" }>): Said {
  return {
    author: authorOf(post), text: post.body.text, language: post.body.language, beside: beside(post), files: filesOf(post),
    closing: (post.kind === "message" ? post.body.closing : undefined) ?? null, correction: null,
  };
}

function correctionOf(post: Extract<Post, { kind: "message" }>): TextEntry["correction"] {
  const found = post.chain === "r" ? post.body.correction : undefined;
  return found === undefined ? null : { why: found.why, outcome: found.outcome ?? "" };
}

function beside(post: Extract<Post, { kind: "message" | "note" | "notice" }>): TextEntry["beside"] {
  if (post.kind !== "message" || post.chain !== "r") return [];
  const { contact, withdraws, dealt, protection } = post.body;
  return [
    ...(contact === undefined ? [] : ["contact" as const]), ...(withdraws === undefined ? [] : ["withdrawal" as const]),
    ...(dealt === undefined ? [] : ["name" as const]), ...(protection === undefined ? [] : [protection]),
  ];
}

function filesOf({ envelope }: Post): AttachedFile[] {
  return (envelope.header.files ?? []).map(attached);
}

function authorOf({ member }: Post): string {
  return member?.alias ?? "";
}

/** The labels of a report, as its proven notes set them. */
export function labelsOf({ posts }: OpenThread): readonly WorkLabel[] {
  return labelsAfter(posts.flatMap((post) => (post.kind === "note" ? [post.body] : [])));
}

/** When the office wrote it, as the acts say; of what the reporting person wrote only the day is kept. */
function writtenAt(claimed: SealedPost | undefined, { sealed }: OpenThread): string {
  if (claimed === undefined || claimed.chain === "r") return "";
  return sealed.doings.find((one) => one.what === "wrote" && one.chain === claimed.chain && one.n === claimed.n)?.at ?? "";
}

/** The newest contact that was given and not taken back, or the day on which it was taken back. */
function contactOf({ posts, sealed }: OpenThread): { contact: string; withdrawn: string } {
  let found = { contact: "", withdrawn: "" };
  for (const post of posts) {
    if (post.kind === "report") found = { contact: post.body.contact ?? "", withdrawn: "" };
    if (post.kind !== "message" || post.chain !== "r") continue;
    if (post.body.withdraws === "contact" && found.contact !== "") {
      found = { contact: "", withdrawn: postAt(sealed, post.chain, post.n)?.day ?? sealed.day };
    }
    if (post.body.contact !== undefined) found = { contact: post.body.contact, withdrawn: "" };
  }
  return found;
}

/**
 * By day; within a day as they answer each other, and notes where their hour lies among the office's messages. Of the
 * reporting person's messages no hour is known, so none is made up.
 */
function inTime(entries: readonly Entry[]): Entry[] {
  const talk = entries.filter((one) => one.chain !== "i" && one.kind !== "fault");
  const rest = entries.filter((one) => one.chain === "i" || one.kind === "fault");
  for (const one of rest) {
    const before = talk.findLastIndex((other) => other.day < one.day
      || (other.day === one.day && comesBefore(other, one)));
    talk.splice(before + 1, 0, one);
  }
  return talk;
}

function comesBefore(other: Entry, one: Entry): boolean {
  if (one.kind === "fault") return other.chain !== one.chain || other.n < one.n;
  return other.at === "" || one.at === "" || other.at <= one.at;
}
