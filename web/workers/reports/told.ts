/**
 * What grouping sees of an open report, and the ones that this worker has opened since it began: their words are here
 * as long as the keys are, and nowhere else.
 */

import type { Story } from "../../office/arrivals/types.js";
import { asked, type Form } from "../../seal/form.js";
import type { OpenThread } from "./opening.js";
import { LONGEST, type Told } from "./likeness.js";

/** A report as grouping sees it, and what is shown beside its text. */
export interface Kept extends Told {
  /** What was chosen and not written, in the reader's language; how they can be reached. */
  readonly about: readonly string[];
  readonly files: number;
  /** Posts that it had when it was opened. */
  readonly posts: number;
  /** Whether there is more to it than its text and what was chosen: who has read those has not read it. */
  readonly more: boolean;
}

/** More than anybody reads in a day; they would only fill the memory. */
const MOST = 10_000;

const kept = new Map<string, Kept>();

export function keepTold(report: Kept): void {
  kept.delete(report.thread);
  kept.set(report.thread, report);
  for (const oldest of [...kept.keys()].slice(0, -MOST)) kept.delete(oldest);
}

export function forgetTold(thread: string): void {
  kept.delete(thread);
}

export function toldOf(thread: string): Kept | undefined {
  return kept.get(thread);
}

/**
 * A report whose text is all that there is of it may be like others. Whatever has more to it (a file, a message that
 * followed, a name, somebody who must not see it, a doubt of ours) is read by itself.
 *
 * @param form - the one that its author was asked: it tells what was chosen from what was written
 */
export function tell(open: OpenThread, story: Story, form: Form | undefined): Kept {
  const { report } = open.thread;
  const [entry] = story.entries.flatMap((one) => (one.kind === "report" ? [one] : []));
  const files = entry?.files.length ?? 0;
  const written = writtenIn(form, report?.answers);
  const answers = entry?.answers ?? [];
  const text = answers.filter(({ question }) => written.has(question)).map((answer) => answer.text).join("\n");
  const chosen = answers.filter(({ question }) => !written.has(question)).map((answer) => answer.text);
  const whole = report !== undefined && files === 0 && open.sealed.posts.length === 1 && open.faults.length === 0
    && open.sealed.case === undefined && story.name === "" && story.mustNotSee.length === 0 && story.continues === "" && story.purpose === ""
    && !story.unproven && !story.complaint && text.length <= LONGEST;
  return {
    thread: story.thread, files, posts: open.sealed.posts.length, text: text.slice(0, LONGEST + 1), more: !whole, about: [...chosen, ...story.contact === "" ? [] : [story.contact]],
    frame: whole && form !== undefined ? JSON.stringify([
      story.desk, story.contact, story.answerable,
      [...report.answers].map(([question, answer]) => (written.has(question) ? [question] : [question, answer])).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    ]) : undefined,
  };
}

/** Questions whose answers somebody wrote; without a form all of them. */
function writtenIn(form: Form | undefined, answers: ReadonlyMap<string, string> | undefined): ReadonlySet<string> {
  if (answers === undefined) return new Set();
  if (form === undefined) return new Set(answers.keys());
  return new Set(asked(form, answers).filter(({ kind }) => kind === "text" || kind === "long").map(({ id }) => id));
}
