import { BODY_LIMIT, type Text } from "./bodies.js";
import { caseNoteJson, readCaseNote, type CaseNote } from "./casenotes.js";
import { CONCERNS, type Concern } from "./closing.js";
import { asSet, asText, whole } from "./fields.js";
import { hearingJson, readHearing, readTied, tiedJson, type Hearing, type Tied } from "./hearing.js";
import { parse, write } from "./jsontext.js";
import { asLabel, LABELS, type WorkLabel } from "./labels.js";
import { panelNoteJson, readPanelNote, type PanelNote } from "./panel.js";
import { protectingJson, readProtecting, type Protecting } from "./protecting.js";
import { passedJson, readPassed, type Passed } from "./referral.js";
import { readRelated, relatedJson, type Related } from "./related.js";
import { readTaken, takenJson, type Taken } from "./taken.js";

export const COMPETENCE = ["ours", "partly", "other"] as const;
export const URGENCY = ["usual", "soon", "at-once"] as const;
export const RISK = ["none-known", "some", "grave"] as const;
export const OBSERVED = ["enough", "more-needed", "hearsay-only"] as const;

/** What triage found: each word of a closed list. The risk is the reporting person's; nobody is rated. */
export interface Assessment {
  readonly competence: (typeof COMPETENCE)[number];
  readonly urgency: (typeof URGENCY)[number];
  readonly concern: Concern;
  readonly risk: (typeof RISK)[number];
  /** Whether what was observed carries a concern of this kind; notes before 29 November 2026 do not say. */
  readonly observed?: (typeof OBSERVED)[number] | undefined;
}

/** A note inside the office. With `labels`, these are the report's labels from here on; its text may be empty. */
export interface Note extends Text {
  readonly labels?: readonly WorkLabel[] | undefined;
  readonly triage?: Assessment | undefined;
  /** A task, evidence or another thing of daily work on a case. */
  readonly case?: CaseNote | undefined;
  /** What was passed on to another office. */
  readonly referral?: Passed | undefined;
  /** A mailbox that belongs to this case, or the case of this mailbox. */
  readonly tied?: Tied | undefined;
  /** A step of hearing a person concerned. */
  readonly hearing?: Hearing | undefined;
  /** What it says of protecting somebody: a measure, retaliation, and the like. */
  readonly protection?: Protecting | undefined;
  /** What a panel is asked, or that it came to nothing. */
  readonly panel?: PanelNote | undefined;
  /** From which export this case was taken in. */
  readonly taken?: Taken | undefined;
  /** That another report tells of the same event, or does not any more. */
  readonly related?: Related | undefined;
}

/** Of a `note`; throws MalformedError `json-type` for a label that is not in the closed list. */
export function readNote(bytes: Uint8Array): Note {
  return whole(parse(bytes, BODY_LIMIT), (fields) => ({
    text: fields.text("text"), language: fields.text("language"),
    labels: fields.optional("labels", (value) => asSet(value, (item) => asLabel(asText(item)), LABELS.length)),
    triage: fields.optional("triage", (value) => whole(value, (found) => ({
      competence: found.one("competence", COMPETENCE), urgency: found.one("urgency", URGENCY),
      concern: found.one("class", CONCERNS), risk: found.one("risk", RISK),
      ...(found.has("observed") && { observed: found.one("observed", OBSERVED) }),
    }))),
    case: fields.optional("case", readCaseNote),
    referral: fields.optional("referral", readPassed),
    tied: fields.optional("tied", (value) => whole(value, readTied)),
    hearing: fields.optional("hearing", (value) => whole(value, readHearing)),
    protection: fields.optional("protection", readProtecting),
    panel: fields.optional("panel", readPanelNote),
    taken: fields.optional("taken", (value) => whole(value, readTaken)),
    related: fields.optional("related", (value) => whole(value, readRelated)),
  }));
}

export function writeNote(note: Note): Uint8Array {
  const { triage, referral, tied, hearing } = note;
  return write({
    text: note.text, language: note.language, ...(note.labels !== undefined && { labels: [...note.labels].sort() }),
    ...(triage && { triage: { competence: triage.competence, urgency: triage.urgency, class: triage.concern, risk: triage.risk, ...(triage.observed && { observed: triage.observed }) } }),
    ...(note.case && { case: caseNoteJson(note.case) }),
    ...(referral && { referral: passedJson(referral) }),
    ...(tied && { tied: tiedJson(tied) }), ...(hearing && { hearing: hearingJson(hearing) }),
    ...(note.protection && { protection: protectingJson(note.protection) }),
    ...(note.panel && { panel: panelNoteJson(note.panel) }),
    ...(note.taken && { taken: takenJson(note.taken) }),
    ...(note.related && { related: relatedJson(note.related) }),
  });
}

/** The labels in force after these notes, oldest first: those of the newest note that sets any. */
export function labelsAfter(notes: Iterable<Note>): readonly WorkLabel[] {
  let found: readonly WorkLabel[] = [];
  for (const note of notes) found = note.labels ?? found;
  return found;
}
