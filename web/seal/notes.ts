import { BODY_LIMIT, type Text } from "./bodies.js";
import { asSet, asText, whole } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { asLabel, LABELS, type WorkLabel } from "./labels.js";

/** A note inside the office. With `labels`, these are the report's labels from here on; its text may be empty. */
export interface Note extends Text {
  readonly labels?: readonly WorkLabel[] | undefined;
}

/** Of a `note`; throws MalformedError `json-type` for a label that is not in the closed list. */
export function readNote(bytes: Uint8Array): Note {
  return whole(parse(bytes, BODY_LIMIT), (fields) => ({
    text: fields.text("text"), language: fields.text("language"),
    labels: fields.optional("labels", (value) => asSet(value, (item) => asLabel(asText(item)), LABELS.length)),
  }));
}

export function writeNote(note: Note): Uint8Array {
  return write({
    text: note.text, language: note.language, ...(note.labels !== undefined && { labels: [...note.labels].sort() }),
  });
}

/** The labels in force after these notes, oldest first: those of the newest note that sets any. */
export function labelsAfter(notes: Iterable<Note>): readonly WorkLabel[] {
  let found: readonly WorkLabel[] = [];
  for (const note of notes) found = note.labels ?? found;
  return found;
}
