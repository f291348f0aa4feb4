import { correctionJson, readCorrection, type Correction } from "./correction.js";
import { asDay, asId, asSet, asText, whole, wrongType, type Fields } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";
import { readSubmission, submissionJson, type Submission } from "./submission.js";

/** What a letter is for: a closed list. */
export const LETTERS = ["acknowledgement", "questions", "hearing", "more-time", "outcome", "passed-on", "other"] as const;
export type LetterKind = (typeof LETTERS)[number];
export const ADDRESSEES = ["reporting", "concerned", "elsewhere"] as const;
export type Addressee = (typeof ADDRESSEES)[number];
/** What can show something: a document or file, somebody else's own observation, the reporting person's, hearsay. */
export const SOURCES = ["document", "second", "seen", "told"] as const;
export type Source = (typeof SOURCES)[number];

const KINDS = ["task", "event", "evidence", "letter", "stand-in", "told", "shown", "submission"] as const;

/** Something to be done; the note's text says what. A later task of the same id takes its place. */
export interface Task {
  readonly kind: "task";
  readonly id: Uint8Array;
  /** Of the member who does it, if it is somebody's. */
  readonly who: Uint8Array | undefined;
  /** The day by which. */
  readonly due: string | undefined;
  readonly done: boolean;
}

/** Something that happened outside, on a day; a later one of the same id takes its place. */
export interface HappenedNote {
  readonly kind: "event";
  readonly id: Uint8Array;
  /** Of what happened, not of writing it down. */
  readonly day: string;
  /** Taken out, because it was wrong; what was written before stays in the story. */
  readonly struck: boolean;
}

/** Kept as evidence: a file of the thread, or without `file` an object that the note's text describes. */
export interface EvidenceNote {
  readonly kind: "evidence";
  readonly id: Uint8Array;
  /** The hash is that of the sealed bytes, as the envelope that brought the file has it. */
  readonly file: { readonly blob: Uint8Array; readonly hash: Uint8Array } | undefined;
  readonly struck: boolean;
}

/** A letter that went out by another way than the mailbox; the note's text is what it said. */
export interface LetterNote {
  readonly kind: "letter";
  readonly template: LetterKind;
  readonly to: Addressee;
  readonly day: string;
}

/** Who stands in for whom while they are away. */
export interface StandIn {
  readonly kind: "stand-in";
  readonly absent: Uint8Array;
  readonly who: Uint8Array;
  readonly until: string;
}

/** What an office that the case was referred to is told; the note's text is the words. The newest of an id counts. */
export interface Told extends Correction {
  readonly kind: "told";
  /** The mailbox there. */
  readonly referral: Uint8Array;
  readonly day: string;
  /** Whether that office has promised it. */
  readonly sent: boolean;
}

/** What shows that it is so, said by whoever closes a case as substantiated; the note's text is in their words. */
export interface ShownBy {
  readonly kind: "shown";
  /** Sorted; never what others told alone, in however many reports it stands. */
  readonly sources: readonly Source[];
}

/** What the authority is told at one row of a law; the note's text is empty. */
export interface SubmissionNote extends Submission {
  readonly kind: "submission";
}

export type CaseNote = Task | HappenedNote | EvidenceNote | LetterNote | StandIn | Told | ShownBy | SubmissionNote;

/** Whether this carries a finding: what others told does not, alone. */
export function carries(sources: readonly Source[]): boolean {
  return sources.some((one) => one !== "told");
}

/** Throws MalformedError as fields do, `json-type` for a kind or word that is not in its list. */
export function readCaseNote(value: Json): CaseNote {
  return whole(value, (fields): CaseNote => {
    const kind = fields.one("kind", KINDS);
    switch (kind) {
      case "task": return {
        kind, id: fields.id("id"), who: fields.optional("who", asId), due: fields.optional("due", asDay), done: fields.flag("done"),
      };
      case "event": return { kind, id: fields.id("id"), day: fields.day("day"), struck: fields.flag("struck") };
      case "evidence": return { kind, id: fields.id("id"), file: fields.optional("file", (found) => whole(found, readFile)), struck: fields.flag("struck") };
      case "letter": return { kind, template: fields.one("template", LETTERS), to: fields.one("to", ADDRESSEES), day: fields.day("day") };
      case "stand-in": return { kind, absent: fields.id("for"), who: fields.id("who"), until: fields.day("until") };
      case "told": return { kind, referral: fields.id("referral"), ...readCorrection(fields), day: fields.day("day"), sent: fields.flag("sent") };
      case "shown": return { kind, sources: readSources(fields.value("sources")) };
      case "submission": return { kind, ...readSubmission(fields) };
    }
  });
}

export function caseNoteJson(note: CaseNote): JsonObject {
  const { kind } = note;
  switch (note.kind) {
    case "task": return {
      kind, id: b64(note.id), ...(note.who && { who: b64(note.who) }), ...(note.due !== undefined && { due: note.due }), done: note.done,
    };
    case "event": return { kind, id: b64(note.id), day: note.day, struck: note.struck };
    case "evidence": return {
      kind, id: b64(note.id), ...(note.file && { file: { blob: b64(note.file.blob), hash: b64(note.file.hash) } }), struck: note.struck,
    };
    case "letter": return { kind, template: note.template, to: note.to, day: note.day };
    case "stand-in": return { kind, for: b64(note.absent), who: b64(note.who), until: note.until };
    case "told": return { kind, referral: b64(note.referral), ...correctionJson(note), day: note.day, sent: note.sent };
    case "shown": return { kind, sources: [...note.sources].sort() };
    case "submission": return { kind, ...submissionJson(note) };
  }
}

function readFile(fields: Fields): { readonly blob: Uint8Array; readonly hash: Uint8Array } {
  return { blob: fields.id("blob"), hash: fields.hash("hash") };
}

function readSources(value: Json): Source[] {
  const sources = asSet(value, (item) => {
    const found = SOURCES.find((one) => one === asText(item));
    if (found === undefined) throw wrongType();
    return found;
  }, SOURCES.length);
  if (!carries(sources)) throw wrongType();
  return sources;
}
