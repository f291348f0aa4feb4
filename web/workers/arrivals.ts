/** Reports in the worker that holds the keys: opened, searched, answered. What is opened here ends with the worker. */

import type { Arrival, Hit, Listing, Opened } from "../office/arrivals/types.js";
import { RefusedError } from "../seal/errors.js";
import { b64 } from "../seal/primitives.js";
import { keyring } from "./keyring.js";
import { register } from "./registry.js";
import { arrivalOf, readRows, type Known, type Row } from "./reports/list.js";
import { meansSame } from "./reports/apart.js";
import { openThread, type OpenThread } from "./reports/opening.js";
import { readThread } from "./reports/parcel.js";
import { search, searchable } from "./reports/search.js";
import { purposeOf, storyOf, titleOf } from "./reports/story.js";
import { writePost } from "./reports/writing.js";

/** A thread as the server gives it, with the form for its labels. */
export interface Sealed {
  readonly parcel: Uint8Array;
  readonly form: Uint8Array;
  /** The page's language, for the labels. */
  readonly language: string;
  /** What this member is called; a reporting person who asks that they should not read it will use one of these. */
  readonly names: readonly string[];
}

declare module "./protocol.js" {
  interface Acts {
    /** Take the server's list of arrivals: `answer` is its JSON. */
    "arrivals": Act<{ readonly answer: string }, Listing>;
    /** Open a report for the list and the search; its words stay here. */
    "index-report": Act<Sealed, Listing>;
    /** Open a report to be read. */
    "open-report": Act<Sealed, Opened>;
    /** All of an opened report was on the screen: marks for the server, and the list as it is then. */
    "read-report": Act<
      { readonly thread: string }, { readonly marks: Readonly<Record<string, number>>; readonly listing: Listing }
    >;
    "search-reports": Act<{ readonly words: string }, readonly Hit[]>;
    /** Seal and sign a message or a note; the answer is the parcel to post. */
    "write": Act<
      { readonly thread: string; readonly chain: "o" | "i"; readonly text: string; readonly language: string }, Uint8Array
    >;
  }
}

let rows: readonly Row[] = [];
const known = new Map<string, Known>();
const texts = new Map<string, string>();
const opened = new Map<string, OpenThread>();

register("arrivals", ({ answer }) => {
  rows = readRows(answer);
  const there = new Set(rows.filter((row) => row.declared).map((row) => row.thread));
  // Whoever stepped aside, or left a desk, finds nothing of it here any more.
  for (const store of [known, texts, opened]) for (const thread of store.keys()) if (!there.has(thread)) store.delete(thread);
  return listing();
});

register("index-report", async (sealed) => {
  await take(sealed);
  return listing();
});

register("open-report", async (sealed): Promise<Opened> => {
  const open = await take(sealed);
  const keys = keyring();
  const thread = b64(open.sealed.thread);
  if (isApart(open, sealed.names)) return { state: "apart", arrival: arrivalFor(thread) };
  return { state: "open", story: storyOf(open, keys, sealed.form, sealed.language) };
});

register("read-report", ({ thread }) => {
  const open = opened.get(thread);
  const marks: Record<string, number> = {};
  for (const [chain, n] of open?.sealed.heads ?? []) {
    if (n > (open?.sealed.marks.get(chain) ?? -1)) marks[chain] = n;
  }
  rows = rows.map((row) => (row.thread === thread && open !== undefined ? { ...row, unread: 0 } : row));
  return { marks, listing: listing() };
});

register("search-reports", ({ words }) => search(texts, words));

register("write", ({ thread, chain, text, language }) => {
  const open = opened.get(thread);
  if (open === undefined) throw new RefusedError("not-open", "Please open the report first.");
  return writePost(open, keyring(), { chain, text, language });
});

async function take(sealed: Sealed): Promise<OpenThread> {
  const keys = keyring();
  const open = await openThread(readThread(sealed.parcel), keys);
  const thread = b64(open.sealed.thread);
  opened.set(thread, open);
  const apart = isApart(open, sealed.names);
  const faulty = open.thread.report === undefined;
  known.set(thread, {
    title: apart ? "" : titleOf(open), test: purposeOf(open, keys) === "test", faulty, apart,
    waiting: open.thread.posts.findLast((post) => post.chain !== "i")?.chain === "o" ? "them" : "us",
    posts: open.sealed.posts.length,
  });
  if (apart) texts.delete(thread);
  else texts.set(thread, searchable(storyOf(open, keys, sealed.form, sealed.language)));
  return open;
}

/** The reporting person named somebody of this member's name among those who should not read it. */
function isApart({ thread }: OpenThread, names: readonly string[]): boolean {
  return (thread.report?.mustNotSee ?? []).some((asked) => names.some((name) => meansSame(asked, name)));
}

function listing(): Listing {
  const arrivals = rows.map((row) => arrivalOf(row, known.get(row.thread)));
  return { arrivals, toOpen: arrivals.filter((one) => one.declared && one.state === "sealed").length };
}

function arrivalFor(thread: string): Arrival {
  const row = rows.find((one) => one.thread === thread);
  if (row === undefined) throw new RefusedError("not-open", "Please load the list first.");
  return arrivalOf(row, known.get(thread));
}
