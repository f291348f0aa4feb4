/** What is done to protect somebody, as the case's notes say it (docs/formats.md §22), and one more step of it. */

import type { Ask, ProtectingNote, ProtectionStory, ShownClaim, ShownMeasure, ShownRetaliation, ShownSituation } from "../../office/protecting/types.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64, random, unb64 } from "../../seal/primitives.js";
import type { Protecting } from "../../seal/protecting.js";
import { shownName } from "../../seal/shownname.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import { evidenceFile, namedFile } from "./casenotes.js";
import { postAt, type OpenThread } from "./opening.js";
import { writeNamed } from "./writing.js";

const ID = 16;

/** One step: what the note says, its words, and from when the mailbox reminds; empty: it does not. */
export interface ProtectionWish {
  readonly note: ProtectingNote;
  readonly text: string;
  readonly language: string;
  readonly offer: string;
  readonly counter: number;
}

/**
 * The parcel of one step: the note, and beside it in clear the two days that the member signs.
 *
 * @throws RefusedError as `writePost`, and `not-open` for a file that no proven envelope of this thread has
 */
export async function composeProtection(open: OpenThread, keys: Keyring, { note, text, language, offer, counter }: ProtectionWish): Promise<Uint8Array> {
  const protection = sealed(note, open);
  const { parcel, c } = await writeNamed(open, keys, { chain: "i", text, language, protection });
  const before = protectionOf(open).measures;
  const after = protection.kind === "measure"
    ? [...before.filter(({ id }) => id !== b64(protection.id)), ...(protection.ended === undefined ? [protection] : [])] : before;
  const review = nextReview(after);
  const days = { ...(review !== "" && { review }), ...(offer !== "" && { offer }) };
  const act = signAct(keys.vault.sign, keys.member, counter, { act: "protect", subject: open.sealed.thread, after: c, more: days });
  return writeParcel({ v: 1, ...days, act: { ...act } }, [{ as: "note", bytes: parcel }]);
}

/** The earliest review of these measures; empty where there is none. */
export function nextReview(measures: readonly { readonly review: string }[]): string {
  return measures.map(({ review }) => review).sort()[0] ?? "";
}

/** A note's step as plain values for the page. */
export function plainStep(said: Protecting): ProtectingNote {
  switch (said.kind) {
    case "situation": return said;
    case "measure": return { ...said, id: b64(said.id), who: b64(said.who), ended: said.ended ?? "" };
    case "retaliation": return { kind: "retaliation", id: b64(said.id), day: said.day, form: said.form, blob: said.file === undefined ? "" : b64(said.file.blob), struck: said.struck };
    case "compensation": return { ...said, id: b64(said.id) };
  }
}

/** What stands now: of several notes of one kind and id the newest. */
export function protectionOf(open: OpenThread): ProtectionStory {
  const measures = new Map<string, ShownMeasure>(), retaliation = new Map<string, ShownRetaliation>(), claims = new Map<string, ShownClaim>();
  let situation: ShownSituation | null = null;
  let answered = -1;
  const asks = asksOf(open);
  for (const post of open.posts) {
    if (post.kind !== "note" || post.body.protection === undefined) continue;
    const note = plainStep(post.body.protection);
    const at = postAt(open.sealed, "i", post.n)?.day ?? open.sealed.day;
    const said = { text: post.body.text, language: post.body.language, by: post.member === undefined ? "" : b64(post.member.id), at, n: post.n };
    answered = Math.max(answered, seenBy(post.envelope.header.seen, at, open, asks));
    switch (note.kind) {
      case "situation": situation = { ...note, ...said }; break;
      case "measure": measures.set(note.id, { ...note, ...said }); break;
      case "retaliation": retaliation.set(note.id, { ...note, ...said, name: fileName(note.blob, open) }); break;
      case "compensation": claims.set(note.id, { ...note, ...said }); break;
    }
  }
  const all = [...measures.values()].sort((a, b) => order(a.review, b.review, a.n - b.n));
  const standing = all.filter(({ ended }) => ended === "");
  return {
    asks, situation, measures: standing, ended: all.filter(({ ended }) => ended !== ""),
    retaliation: [...retaliation.values()].filter(({ struck }) => !struck).sort((a, b) => order(a.day, b.day, a.n - b.n)),
    claims: [...claims.values()], review: nextReview(standing), answered,
  };
}

function fileName(blob: string, open: OpenThread): string {
  const file = namedFile(blob, open);
  return file === undefined ? "" : shownName(file.name);
}

/** The newest post of theirs that a step's author had seen; of steps that do not say it, the newest of its day. */
function seenBy(seen: Uint8Array | undefined, at: string, { thread }: OpenThread, asks: readonly Ask[]): number {
  if (seen !== undefined) return thread.chains.placeOf("r", seen) ?? -1;
  return Math.max(-1, ...asks.filter(({ day }) => day <= at).map(({ n }) => n));
}

function asksOf({ posts, sealed: { day }, sealed: thread }: OpenThread): Ask[] {
  return posts.flatMap((post) => (post.kind === "message" && post.chain === "r" && post.body.protection !== undefined
    ? [{ about: post.body.protection, day: postAt(thread, "r", post.n)?.day ?? day, n: post.n }] : []));
}

function order(one: string, other: string, otherwise: number): number {
  return one === other ? otherwise : one < other ? -1 : 1;
}

function sealed(note: ProtectingNote, open: OpenThread): Protecting {
  switch (note.kind) {
    case "situation": return note;
    case "measure": return { ...note, id: idOf(note.id), who: unb64(note.who, ID), ended: note.ended === "" ? undefined : note.ended };
    case "retaliation": return {
      kind: "retaliation", id: idOf(note.id), day: note.day, form: note.form, file: note.blob === "" ? undefined : evidenceFile(note.blob, open), struck: note.struck,
    };
    case "compensation": return { ...note, id: idOf(note.id) };
  }
}

function idOf(id: string): Uint8Array {
  return id === "" ? random(ID) : unb64(id, ID);
}
