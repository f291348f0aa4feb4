/** The daily work on a case as its notes say it: tasks, chronology, evidence, letters, stand-ins (docs/formats.md §20). */

import type { CaseWork, WorkNote } from "../../office/cases/worktypes.js";
import type { CaseNote } from "../../seal/casenotes.js";
import type { FileName } from "../../seal/envelope.js";
import { RefusedError } from "../../seal/errors.js";
import { b64, random, unb64 } from "../../seal/primitives.js";
import { derive } from "../../seal/receipt.js";
import { shownName } from "../../seal/shownname.js";
import { wordsOf } from "../../seal/submission.js";
import type { Post } from "../../seal/thread.js";
import { postAt, type OpenThread } from "./opening.js";

const ID = 16;

/**
 * What is to be sealed, from what the page asks for.
 *
 * @throws RefusedError `not-open` for evidence of which no proven envelope of this thread has the file
 */
export function caseNote(note: WorkNote, open: OpenThread): CaseNote {
  switch (note.kind) {
    case "task": return {
      kind: "task", id: idOf(note.id), who: note.who === "" ? undefined : unb64(note.who, ID), due: note.due === "" ? undefined : note.due,
      done: note.done,
    };
    case "event": return { kind: "event", id: idOf(note.id), day: note.day, struck: note.struck };
    case "evidence": return { kind: "evidence", id: idOf(note.id), file: note.blob === "" ? undefined : evidenceFile(note.blob, open), struck: note.struck };
    case "letter": case "shown": return note;
    case "submission": return { ...note, id: idOf(note.id) };
    case "stand-in": return { kind: "stand-in", absent: unb64(note.absent, ID), who: unb64(note.who, ID), until: note.until };
    case "told": return {
      ...note, id: unb64(note.id, ID), referral: unb64(note.referral, ID), outcome: note.outcome === "" ? undefined : note.outcome,
    };
  }
}

/** The same note as plain values for the page. */
export function plainNote(note: CaseNote): WorkNote {
  switch (note.kind) {
    case "task": return { kind: "task", id: b64(note.id), who: note.who === undefined ? "" : b64(note.who), due: note.due ?? "", done: note.done };
    case "event": return { kind: "event", id: b64(note.id), day: note.day, struck: note.struck };
    case "evidence": return { kind: "evidence", id: b64(note.id), blob: note.file === undefined ? "" : b64(note.file.blob), struck: note.struck };
    case "letter": case "shown": return note;
    case "submission": return { ...note, id: b64(note.id) };
    case "stand-in": return { kind: "stand-in", absent: b64(note.absent), who: b64(note.who), until: note.until };
    case "told": return { ...note, id: b64(note.id), referral: b64(note.referral), outcome: note.outcome ?? "" };
  }
}

/** What a note says in words: its text, but for what an authority is told, which has words of its own. */
export function wordsIn(note: CaseNote, text: string): string {
  return note.kind === "submission" ? wordsOf(note) : text;
}

/** What stands now: of several notes of one kind and id the newest. */
export function workOf(open: OpenThread): CaseWork {
  const found = open.posts.flatMap((post) => written(post, open));
  const newest = new Map(found.map((one) => [`${one.note.kind} ${"id" in one.note ? one.note.id : one.n}`, one]));
  const first = new Map([...found].reverse().map((one) => [`${one.note.kind} ${"id" in one.note ? one.note.id : one.n}`, one]));
  const work: { [Kind in keyof CaseWork]: CaseWork[Kind][number][] } = { tasks: [], events: [], evidence: [], letters: [], standIns: [], told: [], shown: [], submissions: [] };
  for (const [key, { note, ...said }] of newest) {
    switch (note.kind) {
      case "task": work.tasks.push({ ...note, ...said }); break;
      case "event": if (!note.struck) work.events.push({ ...note, ...said }); break;
      case "evidence": if (!note.struck) work.evidence.push({ ...note, ...said, by: first.get(key)?.by ?? said.by, at: first.get(key)?.at ?? said.at, ...fileOf(note.blob, open) }); break;
      case "letter": work.letters.push({ ...note, ...said }); break;
      case "stand-in": work.standIns.push({ ...note, ...said }); break;
      case "shown": work.shown.push({ ...note, ...said }); break;
      case "submission": work.submissions.push({ ...note, ...said }); break;
      case "told": work.told.push({ ...note, ...said, names: namesOf(note.referral, open) }); break;
    }
  }
  for (const rows of [work.events, work.letters, work.told]) {
    rows.sort((a, b) => (a.day === b.day ? a.n - b.n : a.day < b.day ? -1 : 1));
  }
  return work;
}

interface Written {
  readonly note: WorkNote;
  readonly text: string;
  readonly language: string;
  readonly by: string;
  readonly at: string;
  readonly n: number;
}

function written(post: Post, open: OpenThread): Written[] {
  if (post.kind !== "note" || post.body.case === undefined) return [];
  const done = open.sealed.doings.find((one) => one.what === "wrote" && one.chain === "i" && one.n === post.n);
  return [{
    note: plainNote(post.body.case), text: wordsIn(post.body.case, post.body.text), language: post.body.language, by: post.member === undefined ? "" : b64(post.member.id),
    at: done?.at ?? postAt(open.sealed, "i", post.n)?.day ?? open.sealed.day, n: post.n,
  }];
}

function fileOf(blob: string, open: OpenThread): { readonly name: string; readonly hash: string } {
  const file = namedFile(blob, open);
  return file === undefined ? { name: "", hash: "" } : { name: shownName(file.name), hash: b64(file.hash) };
}

/** What the office calls itself to which the mailbox of a referral belongs. */
function namesOf(referral: string, { posts }: OpenThread): Readonly<Record<string, string>> {
  const passed = posts.flatMap((post) => (post.kind === "note" && post.body.referral !== undefined ? [post.body.referral] : []));
  const found = passed.find(({ receipt, at }) => b64(derive(receipt, at).id) === referral);
  return found === undefined ? {} : Object.fromEntries(found.names);
}

export function evidenceFile(blob: string, open: OpenThread): { readonly blob: Uint8Array; readonly hash: Uint8Array } {
  const file = namedFile(blob, open);
  if (file === undefined) throw new RefusedError("not-open", "Please open the report first.");
  return { blob: file.blob, hash: file.hash };
}

export function namedFile(blob: string, { thread }: OpenThread): FileName | undefined {
  return thread.posts.flatMap((post) => post.envelope.header.files ?? []).find((file) => b64(file.blob) === blob);
}

function idOf(id: string): Uint8Array {
  return id === "" ? random(ID) : unb64(id, ID);
}
