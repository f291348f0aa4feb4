import type { Charter } from "./charter.js";
import { RefusedError, SealError } from "./errors.js";
import { whole, wrongType } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64, H, join, same, sign, utf8, verifies } from "./primitives.js";
import type { Proven } from "./proven.js";
import { proofJson, proveEntry, readProof, type Entry, type Proof } from "./roster.js";

/** Of two, one could be talked round by the other; of three nobody knows whose doubt it would have been. */
export const PANEL_LEAST = 3;
export const PANEL_MOST = 7;
const EVIDENCE_MOST = 64;
const CHAINS = ["r", "o", "i"] as const;
const ENDINGS = ["withdrawn", "good-faith"] as const;
const ANSWERS = ["yes", "no"] as const;

export type PanelEnding = (typeof ENDINGS)[number];
export type PanelAnswer = (typeof ANSWERS)[number];

/** An entry of the case, named so that nobody can put another in its place. */
export interface Reference {
  readonly chain: (typeof CHAINS)[number];
  readonly n: number;
  readonly c: Uint8Array;
}

/** What a note says of a panel; its text gives the reasons. */
export type PanelNote =
  /** A panel is asked whether the reporting person knew; no question is without evidence. */
  | { readonly step: "asked"; readonly evidence: readonly Reference[] }
  /** It comes to nothing: taken back, or not all of the panel said yes. */
  | { readonly step: "ended"; readonly how: PanelEnding };

/** One member's answer, in what they send back; its text gives the reasons. */
export interface Vote {
  readonly says: PanelAnswer;
  readonly signature: Uint8Array;
}

/** A member of the panel who said yes. Not proven. */
export interface Voter {
  readonly entry: Uint8Array;
  readonly proof: Proof;
  readonly signature: Uint8Array;
}

/** In a slip: what all of a panel said yes to. Its presence is the finding. */
export interface Decision {
  readonly about: Uint8Array;
  readonly votes: readonly Voter[];
}

/** What is voted on: the document that each of the panel reads, word by word the same. */
export function aboutText(text: string): Uint8Array {
  return H(join(utf8("fairline/1 panel"), Uint8Array.of(0), utf8(text)));
}

/** @param thread - the matter that the document names */
export function signVote(seed: Uint8Array, says: PanelAnswer, thread: Uint8Array, about: Uint8Array): Vote {
  return { says, signature: sign(seed, "statement", message(says, thread, about)) };
}

export function isVote(key: Uint8Array, signature: Uint8Array, says: PanelAnswer, thread: Uint8Array, about: Uint8Array): boolean {
  return verifies(key, "statement", message(says, thread, about), signature);
}

/**
 * Who decided.
 *
 * @param assigned - ids of everybody who held this case before, as its handovers name them
 * @throws RefusedError `roster-proof`, `panel-signature`, `panel-assigned`, `panel-few`
 */
export function proveDecision(
  { about, votes }: Decision, thread: Uint8Array, charterOf: (number: number) => Proven<Charter> | undefined, assigned: readonly Uint8Array[],
): Proven<Entry>[] {
  const found: Proven<Entry>[] = [];
  for (const vote of votes) {
    const charter = charterOf(vote.proof.charter);
    if (charter === undefined) throw new RefusedError("roster-proof", "A member of the panel is named by no charter that is proven here.");
    const entry = proveEntry(vote.entry, vote.proof, charter);
    if (!isVote(entry.sign, vote.signature, "yes", thread, about)) throw new RefusedError("panel-signature", "A member of the panel has not signed this decision.");
    if (assigned.some((id) => same(id, entry.id))) throw new RefusedError("panel-assigned", "Whoever worked on the case does not decide this.");
    if (found.every(({ id }) => !same(id, entry.id))) found.push(entry);
  }
  if (found.length < PANEL_LEAST || found.length !== votes.length) throw new RefusedError("panel-few", "Fewer than three different people have decided this.");
  return found;
}

/** A thread as far as this needs it: messages whose slips may carry a decision, and handovers that name who held it. */
interface Decidable {
  readonly posts: readonly { readonly kind: string; readonly chain: string; readonly n: number; readonly body: object }[];
}

/**
 * The office's messages that say more of a panel than it has signed: their numbers, and why.
 *
 * @param chartersFrom - the proven charters from that number on
 */
export async function undecided(
  { posts }: Decidable, thread: Uint8Array, chartersFrom: (least: number) => Promise<readonly Proven<Charter>[]>,
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const { chain, n, body } of posts) {
    const decision = (body as { closing?: { panel?: Decision } }).closing?.panel;
    if (chain !== "o" || decision === undefined) continue;
    try {
      const charters = await chartersFrom(Math.min(...decision.votes.map(({ proof }) => proof.charter)));
      proveDecision(decision, thread, (number) => charters.find((one) => one.number === number), heldBefore(posts, n));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      found.set(n, error.code);
    }
  }
  return found;
}

/** Everybody who held the case before that message. Whoever decided may work on it later, when it is taken up again. */
function heldBefore(posts: Decidable["posts"], before: number): Uint8Array[] {
  return posts.flatMap(({ kind, chain, n, body }) => chain === "o" && kind === "handover" && n < before ? (body as { people?: readonly Uint8Array[] }).people ?? [] : []);
}

/** Throws MalformedError as fields do; `json-type` for a step of no list, or a question without evidence. */
export function readPanelNote(value: Json): PanelNote {
  return whole(value, (fields): PanelNote => {
    if (fields.one("step", ["asked", "ended"] as const) === "ended") return { step: "ended", how: fields.one("how", ENDINGS) };
    const evidence = fields.list("evidence", (item) => whole(item, (one) => ({ chain: one.one("chain", CHAINS), n: one.integer("n"), c: one.hash("c") })));
    if (evidence.length < 1 || evidence.length > EVIDENCE_MOST) throw wrongType();
    return { step: "asked", evidence };
  });
}

export function panelNoteJson(note: PanelNote): JsonObject {
  return note.step === "ended" ? { ...note } : { step: note.step, evidence: note.evidence.map(({ chain, n, c }) => ({ chain, n, c: b64(c) })) };
}

export function readVote(value: Json): Vote {
  return whole(value, (fields) => ({ says: fields.one("says", ANSWERS), signature: fields.bytes("sig", 64) }));
}

export function voteJson({ says, signature }: Vote): JsonObject {
  return { says, sig: b64(signature) };
}

/** Throws MalformedError as fields do; `json-type` for fewer votes than a panel has, or more. */
export function readDecision(value: Json): Decision {
  return whole(value, (fields) => {
    const votes = fields.list("votes", (item) => whole(item, (one) => ({ entry: one.bytes("entry"), proof: one.read("proof", readProof), signature: one.bytes("sig", 64) })));
    if (votes.length < PANEL_LEAST || votes.length > PANEL_MOST) throw wrongType();
    return { about: fields.hash("about"), votes };
  });
}

export function decisionJson({ about, votes }: Decision): JsonObject {
  return { about: b64(about), votes: votes.map(({ entry, proof, signature }) => ({ entry: b64(entry), proof: proofJson(proof), sig: b64(signature) })) };
}

function message(says: PanelAnswer, thread: Uint8Array, about: Uint8Array): Uint8Array {
  return join(utf8(`panel ${says}`), Uint8Array.of(0), thread, about);
}
