import { whole, wrongType, type Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

const NAME_MOST = 60, ASKED_MOST = 400, ANSWERS_MOST = 32, VERSION_MOST = 9999;
/** Characters of one answer: as long as any note that a member writes. */
export const SAID_MOST = 4000;

/** One thing that the law has told: its id in the profile, what it is in the words that stood before whoever wrote, and what they wrote. */
export interface Answer {
  readonly content: string;
  readonly asked: string;
  readonly said: string;
}

/** What an organisation tells its authority at one row of a law (docs/formats.md §24). A later one of the same id takes its place. */
export interface Submission {
  readonly id: Uint8Array;
  readonly law: string;
  readonly version: number;
  readonly row: string;
  /** What that row is called, in the words that stood before whoever wrote. */
  readonly title: string;
  /** In the profile's order; what was left empty is not there. */
  readonly answers: readonly Answer[];
}

/** All of it, as it goes out: the title, then each thing under what it is. */
export function wordsOf({ title, answers }: Pick<Submission, "title" | "answers">): string {
  return [title, ...answers.map(({ asked, said }) => `${asked}\n${said}`)].join("\n\n");
}

/** Throws MalformedError as fields do, `json-type` for no answer, too many, one content twice, or an empty or too long text. */
export function readSubmission(fields: Fields): Submission {
  const found = {
    id: fields.id("id"), law: bounded(fields.text("law"), NAME_MOST), version: fields.integer("version", 1, VERSION_MOST),
    row: bounded(fields.text("row"), NAME_MOST), title: bounded(fields.text("title"), ASKED_MOST), answers: fields.list("answers", (item) => whole(item, readAnswer), ANSWERS_MOST),
  };
  const contents = new Set(found.answers.map(({ content }) => content));
  if (contents.size === 0 || contents.size < found.answers.length) throw wrongType();
  return found;
}

export function submissionJson({ id, law, version, row, title, answers }: Submission): JsonObject {
  return { id: b64(id), law, version, row, title, answers: answers.map(({ content, asked, said }) => ({ content, asked, said })) };
}

function readAnswer(fields: Fields): Answer {
  return { content: bounded(fields.text("content"), NAME_MOST), asked: bounded(fields.text("asked"), ASKED_MOST), said: bounded(fields.text("said"), SAID_MOST) };
}

function bounded(text: string, most: number): string {
  const { length } = Array.from(text);
  if (length === 0 || length > most) throw wrongType();
  return text;
}
