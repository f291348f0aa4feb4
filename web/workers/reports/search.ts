/** Search over what this member has opened: plain text, in this worker, gone when it ends. */

import type { Hit, Story } from "../../office/arrivals/types.js";

const AROUND = 40;
const MOST = 200;

/** What of a story can be found, as it is written. */
export function searchable(story: Story): string {
  const parts = story.entries.flatMap((entry) => {
    switch (entry.kind) {
      case "report": return entry.answers.map((answer) => answer.text);
      case "message": case "note": case "notice": return [entry.text];
      default: return [];
    }
  });
  return [...parts, story.name, story.contact].filter((part) => part !== "").join(" ⏎ ").replace(/\s+/g, " ");
}

/** Every text that holds all the words, with the place of the first; at most two hundred. */
export function search(texts: ReadonlyMap<string, string>, words: string): Hit[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (wanted.length === 0) return [];
  const hits: Hit[] = [];
  for (const [thread, text] of texts) {
    const lower = text.toLowerCase();
    // Lower case can be longer than the text (İ): then places would not fit, so nothing is cut out of the text.
    const source = lower.length === text.length ? text : lower;
    if (!wanted.every((word) => lower.includes(word))) continue;
    hits.push({ thread, ...cut(source, lower.indexOf(wanted[0] ?? ""), wanted[0]?.length ?? 0) });
    if (hits.length === MOST) break;
  }
  return hits;
}

function cut(text: string, at: number, length: number): Omit<Hit, "thread"> {
  const start = Math.max(0, at - AROUND);
  const end = Math.min(text.length, at + length + AROUND);
  const before = start === 0 ? text.slice(0, at) : `…${text.slice(start, at).replace(/^\S*\s/, "")}`;
  const after = end === text.length ? text.slice(at + length) : `${text.slice(at + length, end).replace(/\s\S*$/, "")}…`;
  return { before, found: text.slice(at, at + length), after };
}
