/** Reports in the worker that holds the keys: listed, opened, searched, answered. What is opened here ends with the worker. */

import type { Arrival, Listing, ListQuery, Opened } from "../office/arrivals/types.js";
import type { WorkNote } from "../office/cases/worktypes.js";
import type { FileName } from "../seal/envelope.js";
import { RefusedError } from "../seal/errors.js";
import { release } from "../seal/indexpages.js";
import type { WorkLabel } from "../seal/labels.js";
import { b64 } from "../seal/primitives.js";
import { keyring, type Keyring } from "./keyring.js";
import { register } from "./registry.js";
import { meansSame } from "./reports/apart.js";
import { labelsAlone, missing, wordsOf } from "./reports/entry.js";
import { readRows } from "./reports/list.js";
import { openThread, type OpenThread } from "./reports/opening.js";
import { readThread } from "./reports/parcel.js";
import { changed, listing, own, rows, shelfOf } from "./reports/store.js";
import { formOf, nearestForm } from "./reports/forms.js";
import { storyOf } from "./reports/story.js";
import { takenOf } from "./reports/taken.js";
import { forgetTold, keepTold, tell } from "./reports/told.js";
import { writePost } from "./reports/writing.js";

/** Opened reports that an answer may be written to; more would only fill the memory. */
const MOST_OPEN = 16;

/** A thread as the server gives it. */
export interface Sealed {
  readonly parcel: Uint8Array;
  /** The page's language, for the labels. */
  readonly language: string;
  /** What this member is called; a reporting person who asks that they should not read it will use one of these. */
  readonly names: readonly string[];
}

/** What is to be written: a message (o), or a note (i) that may set the report's labels. */
export interface Writing {
  readonly thread: string;
  readonly chain: "o" | "i";
  readonly text: string;
  readonly language: string;
  readonly labels?: readonly WorkLabel[];
  readonly work?: WorkNote;
  readonly files?: readonly FileName[];
}

declare module "./protocol.js" {
  interface Acts {
    /** Before a page of the server's list is asked for: the moment to be given with its answer. */
    "arrivals-asked": Act<null, number>;
    /** Take a page of the server's list: `answer` is its JSON. The answer: where to go on, by desk, and the office's day. */
    "arrivals": Act<{ readonly answer: Uint8Array; readonly asked: number }, { readonly next: Readonly<Record<string, string>>; readonly today: string }>;
    /** All of the list and of the indexes has been read. */
    "arrivals-whole": Act<null, null>;
    /** This member has declared to know nobody in it. */
    "declared": Act<{ readonly thread: string }, null>;
    /** This report is not this member's any more: nothing of it stays here. */
    "forget-report": Act<{ readonly thread: string }, null>;
    "list": Act<ListQuery, Listing>;
    /** One row, undefined where there is no such report for this member. */
    "arrival": Act<{ readonly thread: string }, Arrival | undefined>;
    /** Reports that no index knows as they are now, to be opened in the background. */
    "to-open": Act<{ readonly most: number }, readonly { readonly thread: string; readonly desk: string }[]>;
    "how-many-to-open": Act<null, number>;
    /** Open a report for the list and the search; its words stay here. */
    "index-report": Act<Sealed, null>;
    /** Opening it failed: it is not tried again before it is opened to be read. */
    "pass-over": Act<{ readonly thread: string }, null>;
    /** Open a report to be read. */
    "open-report": Act<Sealed, Opened>;
    /** All of an opened report was on the screen: marks for the server. Once it has them, `was-read`. */
    "read-report": Act<{ readonly thread: string }, Readonly<Record<string, number>>>;
    /** The server has its marks: the list shows it as read, unless something has come since it was opened. */
    "was-read": Act<{ readonly thread: string }, null>;
    /** Seal and sign a message or a note; the answer is the parcel to post. */
    "write": Act<Writing, Uint8Array>;
  }
}

const opened = new Map<string, OpenThread>();
const passedOver = new Set<string>();
let whole = false;

register("arrivals-asked", () => rows.asking());

register("arrivals", ({ answer, asked }) => {
  const page = readRows(answer);
  release(answer);
  rows.take(page.rows, asked);
  changed();
  return { next: page.next, today: page.today };
});

register("arrivals-whole", () => {
  whole = true;
  // Whoever stepped aside, or left a desk, finds nothing of it here any more.
  const index = own();
  index.drop([...index.known.keys()].filter((thread) => rows.get(thread)?.declared !== true));
  changed();
  return null;
});

register("declared", ({ thread }) => {
  const row = rows.get(thread);
  if (row !== undefined) rows.change([{ ...row, declared: true }]);
  changed();
  return null;
});

register("forget-report", ({ thread }) => {
  rows.drop(thread);
  opened.delete(thread);
  forgetTold(thread);
  own().drop([thread]);
  changed();
  return null;
});

register("list", (query) => {
  const lister = listing();
  return { ...lister.list(query), whole };
});

register("arrival", ({ thread }) => {
  const row = rows.get(thread);
  return row === undefined ? undefined : listing().arrival(row);
});

register("to-open", ({ most }) => listing().toOpen(most, passedOver).map(({ thread, desk }) => ({ thread, desk })));

register("how-many-to-open", () => listing().toOpen(Infinity, passedOver).length);

register("pass-over", ({ thread }) => {
  passedOver.add(thread);
  return null;
});

register("index-report", async (sealed) => {
  await indexReport(sealed);
  return null;
});

register("open-report", async (sealed): Promise<Opened> => {
  const { open, keys, apart } = await take(sealed);
  const thread = b64(open.sealed.thread);
  opened.delete(thread);
  opened.set(thread, open);
  for (const oldest of [...opened.keys()].slice(0, -MOST_OPEN)) opened.delete(oldest);
  if (apart) return { state: "apart", arrival: arrivalOf(thread) };
  const { form, lacks } = formOf(open, keys);
  return { state: "open", story: storyOf(open, keys, form, sealed.language), lacks };
});

register("read-report", ({ thread }) => {
  const open = opened.get(thread);
  const marks: Record<string, number> = {};
  for (const [chain, n] of open?.sealed.heads ?? []) {
    if (n > (open?.sealed.marks.get(chain) ?? -1)) marks[chain] = n;
  }
  return marks;
});

register("was-read", ({ thread }) => {
  const open = opened.get(thread), row = rows.get(thread);
  if (open !== undefined && row !== undefined && row.unread > 0 && row.sum <= open.sealed.posts.length) {
    rows.change([{ ...row, unread: 0 }]);
    changed();
  }
  return null;
});

register("write", ({ thread, ...written }) => writePost(openReport(thread), keyring(), written));

/** A report that was opened to be read. Throws `RefusedError` `not-open`. */
export function openReport(thread: string): OpenThread {
  const open = opened.get(thread);
  if (open === undefined) throw new RefusedError("not-open", "Please open the report first.");
  return open;
}

/**
 * An attachment that a proven post of an open report names.
 *
 * @throws RefusedError `not-open` for any other, and for a report that somebody of this member's name should not read
 */
export function attachmentOf(thread: string, blob: string): FileName {
  const entry = own().known.get(thread);
  const posts = entry?.page.has(entry.place, "apart") === false ? opened.get(thread)?.thread.posts ?? [] : [];
  const found = posts.flatMap((post) => post.envelope.header.files ?? []).find((file) => b64(file.blob) === blob);
  if (found === undefined) throw new RefusedError("not-open", "Please open the report first.");
  return found;
}

/** Opens a report for the list and the search; returns whose it is. */
export async function indexReport(sealed: Sealed): Promise<string> {
  const { open } = await take(sealed);
  return b64(open.sealed.thread);
}

async function take(sealed: Sealed): Promise<{ readonly open: OpenThread; readonly keys: Keyring; readonly apart: boolean }> {
  const keys = keyring();
  const read = await openThread(readThread(sealed.parcel), keys);
  const thread = b64(read.sealed.thread);
  const before = own().known.get(thread);
  const open = { ...read, faults: [...read.faults, ...missing(read, before)] };
  const apart = isApart(open, sealed.names);
  const form = nearestForm(open, keys);
  const story = storyOf(open, keys, form, sealed.language);
  if (open.sealed.status === "arrived" && !apart) keepTold(tell(open, story, form));
  else forgetTold(thread);
  const words = wordsOf(open, story, apart);
  const seen = words.counts.reduce((sum, count) => sum + count);
  if (before === undefined || before.sum < seen || before.page.labels(before.place) !== words.labels) own().learn(words);
  // A case's labels are for those assigned: its desk's index has nothing of it.
  const desk = open.sealed.generation === undefined ? shelfOf(b64(open.sealed.desk)) : undefined;
  const shown = desk?.known.get(thread);
  if ((shown?.page.labels(shown.place) ?? 0) !== words.labels) desk?.learn(labelsAlone(open));
  changed();
  return { open, keys, apart };
}

/** The reporting person named somebody of this member's name among those who should not read it. */
function isApart(open: OpenThread, names: readonly string[]): boolean {
  const { mustNotSee = [] } = open.thread.report ?? takenOf(open)?.taken ?? {};
  return mustNotSee.some((asked) => names.some((name) => meansSame(asked, name)));
}

function arrivalOf(thread: string): Arrival {
  const row = rows.get(thread);
  if (row === undefined) throw new RefusedError("not-open", "Please load the list first.");
  return listing().arrival(row);
}
