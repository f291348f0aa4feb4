/** Search over what this member has opened: plain text, in this worker, gone when it ends. */

import type { Found, Story } from "../../office/arrivals/types.js";
import { utf8 } from "../../seal/primitives.js";

const AROUND = 40;

/**
 * What of a story can be found, as it is written: the answers, then messages from the newest, then notes. What comes
 * last is cut where an index keeps no more. Never the reporting person's own name or how to reach them: an index is
 * kept, and nobody is found in it by a name or a number that they gave by consent for one report.
 */
export function searchable(story: Story): string {
  const parts = [
    ...story.entries.flatMap((entry) => (entry.kind === "report" ? entry.answers.map((answer) => answer.text) : [])),
    ...story.entries.flatMap((entry) => (entry.kind === "message" || entry.kind === "notice" ? [entry.text] : [])).reverse(),
    ...story.entries.flatMap((entry) => (entry.kind === "note" ? [entry.text] : [])).reverse(),
  ];
  return parts.map(oneLine).filter((part) => part !== "").join(" ⏎ ");
}

/** White space of any kind becomes one space. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

/** UTF-8 of a text, at most `most` bytes, cut before a character. */
export function cutBytes(text: string, most: number): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length <= most) return bytes;
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.slice(0, end);
}

/** The words that are searched for; none where nothing is. */
export function wanted(words: string): readonly string[] {
  return words.toLowerCase().split(/\s+/).filter((word) => word !== "");
}

/** The first of the words in a text, with what stands around it. */
export function place(text: string, words: readonly string[]): Found {
  const lower = text.toLowerCase();
  // Lower case can be longer than the text (İ): then places would not fit, so nothing is cut out of the text.
  const source = lower.length === text.length ? text : lower;
  const [first = ""] = words;
  return cut(source, Math.max(0, lower.indexOf(first)), first.length);
}

function cut(text: string, at: number, length: number): Found {
  const start = Math.max(0, at - AROUND);
  const end = Math.min(text.length, at + length + AROUND);
  const before = start === 0 ? text.slice(0, at) : `…${text.slice(start, at).replace(/^\S*\s/, "")}`;
  const after = end === text.length ? text.slice(at + length) : `${text.slice(at + length, end).replace(/\s\S*$/, "")}…`;
  return { before, found: text.slice(at, at + length), after };
}
