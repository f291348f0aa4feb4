/** A question to a panel, as the case's notes and its documents say it (docs/formats.md §23), and what becomes of it. */

import type { PanelStory } from "../../office/deciding/types.js";
import { RefusedError } from "../../seal/errors.js";
import { aboutText, isVote, proveDecision, signVote, type Decision, type PanelAnswer, type PanelEnding, type Reference, type Voter } from "../../seal/panel.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64, same, unb64 } from "../../seal/primitives.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import { composeVote, openCopies, sealedCopy } from "./copies.js";
import { postAt, type OpenThread } from "./opening.js";
import { writeNamed, writePost } from "./writing.js";

/** An entry of the case by its place. */
export interface Place {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
}

export interface QuestionWish {
  /** What shows that they knew. */
  readonly text: string;
  readonly language: string;
  readonly evidence: readonly Place[];
  /** What the reporting person is told. */
  readonly notice: string;
  readonly noticeLanguage: string;
  readonly days: number;
  readonly counter: number;
}

export interface SeatsWish {
  /** Member ids, base64url. */
  readonly people: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly masked: number;
  readonly until: string;
  readonly counter: number;
}

export interface EndWish {
  readonly how: PanelEnding;
  readonly text: string;
  readonly language: string;
  readonly notice: string;
  readonly noticeLanguage: string;
  readonly counter: number;
}

/** What a panel decided, for the slip and for the server. */
export interface Decided {
  readonly decision: Decision;
  readonly votes: readonly { readonly member: string; readonly sig: string }[];
}

/** The question for the case and the word to the reporting person, in one parcel. */
export async function composeQuestion(open: OpenThread, keys: Keyring, wish: QuestionWish): Promise<Uint8Array> {
  const evidence = wish.evidence.map((place) => reference(open, place));
  const { parcel, c } = await writeNamed(open, keys, { chain: "i", text: wish.text, language: wish.language, panel: { step: "asked", evidence } });
  const notice = await writePost(open, keys, { chain: "o", text: wish.notice, language: wish.noticeLanguage });
  const act = signAct(keys.vault.sign, keys.member, wish.counter, { act: "ask panel", subject: open.sealed.thread, after: c, more: { days: wish.days } });
  return writeParcel({ v: 1, days: wish.days, act: { ...act } }, [{ as: "note", bytes: parcel }, { as: "message", bytes: notice }]);
}

/**
 * The document for each of them, and the act that names them all.
 *
 * @throws RefusedError `keys-people` for who is or was on the case, or whom the reporting person does not want to see it
 */
export async function composeSeats(open: OpenThread, keys: Keyring, wish: SeatsWish): Promise<Uint8Array> {
  const asked = question(open);
  if (asked === undefined) throw new RefusedError("state", "No panel is asked about this case.");
  const held = heldBy(open);
  const seats = [], files = [];
  for (const [at, to] of wish.people.entries()) {
    if (held.some((id) => b64(id) === to)) throw new RefusedError("keys-people", "Whoever worked on the case does not decide this.");
    const { row, sealed } = await sealedCopy(open, keys, { ...wish, to, purpose: "decision", counter: wish.counter + at }, { matter: open.sealed.thread });
    seats.push(row);
    files.push(...sealed);
  }
  const act = signAct(keys.vault.sign, keys.member, wish.counter + wish.people.length, {
    act: "seat panel", subject: open.sealed.thread, before: asked.c, more: { people: [...wish.people].sort() },
  });
  return writeParcel({ v: 1, seats, act: { ...act } }, files);
}

/** That it comes to nothing: for the case, and for the reporting person. */
export async function composeEnd(open: OpenThread, keys: Keyring, wish: EndWish): Promise<Uint8Array> {
  const asked = question(open);
  if (asked === undefined) throw new RefusedError("state", "No panel is asked about this case.");
  const { parcel, c } = await writeNamed(open, keys, { chain: "i", text: wish.text, language: wish.language, panel: { step: "ended", how: wish.how } });
  const notice = await writePost(open, keys, { chain: "o", text: wish.notice, language: wish.noticeLanguage });
  const act = signAct(keys.vault.sign, keys.member, wish.counter, { act: "end panel", subject: open.sealed.thread, before: asked.c, after: c });
  return writeParcel({ v: 1, act: { ...act } }, [{ as: "note", bytes: parcel }, { as: "message", bytes: notice }]);
}

/** A member's own answer: sealed to the case, and the act that says that they have answered. */
export async function composeAnswer(
  copy: string, file: Uint8Array, keys: Keyring, { says, text, language, counter }: { readonly says: PanelAnswer; readonly text: string; readonly language: string; readonly counter: number },
): Promise<Uint8Array> {
  const vote = (matter: Uint8Array, words: string): ReturnType<typeof signVote> => signVote(keys.vault.sign, says, matter, aboutText(words));
  const { sealed, c, document } = await composeVote(copy, file, keys, { text, language }, vote);
  const act = signAct(keys.vault.sign, keys.member, counter, { act: "panel vote", subject: unb64(copy, 16), before: document, after: c });
  return writeParcel({ v: 1, c: b64(c), act: { ...act } }, [{ as: "copy", bytes: sealed }]);
}

/**
 * What all of these seats said yes to.
 *
 * @throws RefusedError `panel-few` where not all of them did, and as `proveDecision`
 */
export async function decisionOf(open: OpenThread, keys: Keyring, parcel: Uint8Array, seats: readonly string[]): Promise<Decided> {
  const copies = (await openCopies(open, keys, parcel)).filter(({ copy }) => seats.includes(copy));
  const texts = new Set(copies.map(({ text }) => text));
  const [text = ""] = texts;
  const about = aboutText(text);
  const votes: Voter[] = [], shown: { member: string; sig: string }[] = [];
  for (const { receiver, answers } of copies) {
    const said = answers.find((one) => one.vote === "yes");
    if (said?.voter === undefined || !isVote(said.voter.key, said.voter.signature, "yes", open.sealed.thread, about)) continue;
    votes.push(said.voter);
    shown.push({ member: receiver, sig: b64(said.voter.signature) });
  }
  if (texts.size !== 1 || votes.length !== seats.length) throw new RefusedError("panel-few", "Not all of the panel have said yes to the same document.");
  const decision = { about, votes: votes.map(({ entry, proof, signature }) => ({ entry, proof, signature })) };
  requireDecided(open, keys, decision);
  return { decision, votes: shown };
}

/** @throws RefusedError as `proveDecision` */
export function requireDecided(open: Pick<OpenThread, "sealed" | "thread">, keys: Keyring, decision: Decision): void {
  const charters = [keys.manifest.charter, ...keys.earlier];
  proveDecision(decision, open.sealed.thread, (number) => charters.find((one) => one.number === number), heldBy(open));
}

/** The newest question, as it stands, and what has become of it. */
export function panelOf(open: OpenThread): PanelStory | null {
  const asked = question(open);
  if (asked === undefined) return null;
  const day = postAt(open.sealed, "i", asked.n)?.day ?? open.sealed.day;
  const ended = open.posts.some((post) => post.kind === "note" && post.n > asked.n && post.body.panel?.step === "ended");
  const evidence = asked.evidence.map(({ chain, n, c }) => ({ chain, n, there: open.posts.some((post) => post.chain === chain && post.n === n && same(post.c, c)) }));
  return { text: asked.text, language: asked.language, day, evidence, ended, held: heldBy(open).map(b64) };
}

interface Asked {
  readonly n: number;
  readonly c: Uint8Array;
  readonly text: string;
  readonly language: string;
  readonly evidence: readonly Reference[];
}

function question({ posts }: OpenThread): Asked | undefined {
  return posts.flatMap((post): Asked[] => (post.kind === "note" && post.body.panel?.step === "asked"
    ? [{ n: post.n, c: post.c, text: post.body.text, language: post.body.language, evidence: post.body.panel.evidence }] : [])).at(-1);
}

function reference({ posts }: OpenThread, { chain, n }: Place): Reference {
  const found = posts.find((post) => post.chain === chain && post.n === n);
  if (found === undefined) throw new RefusedError("not-open", "An entry of the evidence is not proven here.");
  return { chain, n, c: found.c };
}

/** Everybody who was ever assigned, as the handovers of this thread name them. */
function heldBy({ thread: { handovers } }: Pick<OpenThread, "thread">): Uint8Array[] {
  return handovers.flatMap(({ people }) => people);
}
