/** What an index keeps of a report that was opened, and what it then shows of the report later on. */

import type { Story } from "../../office/arrivals/types.js";
import { TEXT_MAX, type IndexEntry } from "../../seal/indexpages.js";
import { toBits } from "../../seal/labels.js";
import { same, utf8 } from "../../seal/primitives.js";
import { openingOf, type Fault, type OpenThread } from "./opening.js";
import type { ThreadChain } from "./parcel.js";
import { cutBytes, oneLine, searchable } from "./search.js";
import type { Known } from "./shelf.js";
import { labelsOf, titleOf } from "./story.js";

const CHAINS = ["r", "o", "i"] as const;
const NOTHING = new Uint8Array(0);
const ZEROS = new Uint8Array(32);

/** The entry of a report in the index of the member who opened it; without its words where they are not for them. */
export function wordsOf(open: OpenThread, story: Story, apart: boolean): IndexEntry {
  const title = apart ? "" : oneLine(titleOf(open));
  const text = apart ? NOTHING : cutBytes(withTitle(title, searchable(story)), TEXT_MAX);
  return {
    ...frame(open), ours: ours(open), faulty: open.thread.report === undefined && openingOf(open.thread) === undefined, apart, test: story.purpose === "test",
    labels: toBits(labelsOf(open)), title: Math.min(utf8(title).length, text.length), text,
  };
}

/** The entry of a report in its desk's index: labels, and nothing that anybody wrote. */
export function labelsAlone(open: OpenThread): IndexEntry {
  return {
    ...frame(open), ours: false, faulty: false, apart: false, test: false, labels: toBits(labelsOf(open)), title: 0,
    text: NOTHING, newestNote: ZEROS,
  };
}

/**
 * What this member's browser has seen of the report and the server does not show now. Notes stand in no public
 * record; the index is where one that was taken away is missed.
 */
export function missing(open: OpenThread, known: Known | undefined): Fault[] {
  if (known === undefined) return [];
  const { sealed } = open;
  const faults: Fault[] = [];
  const seen = known.page.counts(known.place);
  for (const [at, chain] of CHAINS.entries()) {
    const there = count(open, chain);
    if ((seen[at] ?? 0) > there) faults.push({ chain, n: there, day: sealed.day, code: "index-ahead" });
  }
  const last = seen[2] - 1;
  const note = sealed.posts.find((post) => post.chain === "i" && post.n === last);
  const expected = known.page.newestNote(known.place);
  if (note !== undefined && !same(expected, ZEROS) && !same(note.c, expected)) {
    faults.push({ chain: "i", n: last, day: note.day, code: "index-ahead" });
  }
  return faults;
}

function frame(open: OpenThread): Pick<IndexEntry, "thread" | "counts" | "newestNote"> {
  const newest = open.sealed.posts.filter((post) => post.chain === "i").sort((a, b) => b.n - a.n)[0];
  return {
    thread: open.sealed.thread, counts: [count(open, "r"), count(open, "o"), count(open, "i")],
    newestNote: newest === undefined ? ZEROS : newest.c,
  };
}

/** Posts of a chain, as the server's list counts them. */
function count({ sealed }: OpenThread, chain: ThreadChain): number {
  return (sealed.heads.get(chain) ?? -1) + 1;
}

/** Whose turn it is: of what was said. That a case has other readers, or that something goes out by itself, is no answer. */
function ours({ posts }: OpenThread): boolean {
  return posts.findLast((post) => post.chain === "r" || (post.chain === "o" && post.kind === "message"))?.chain !== "o";
}

/** The title is the beginning of the text, whatever the order of the form. */
function withTitle(title: string, text: string): string {
  return text.startsWith(title) ? text : `${title} ⏎ ${text}`;
}
