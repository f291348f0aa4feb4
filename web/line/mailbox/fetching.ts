/** A mailbox as the door serves it, page by page. Nothing in it is proven. */
import { readPromise, type Promised } from "../../ledger/promises";
import { asObject, Fields, whole } from "../../seal/fields";
import { write, type Json } from "../../seal/jsontext";
import { readParcel } from "../../seal/parcel";
import { b64, same } from "../../seal/primitives";
import type { Mailbox } from "../../seal/receipt";
import type { Door } from "../door";

export interface RawPost {
  readonly chain: "r" | "o";
  readonly n: number;
  readonly T: Uint8Array;
  readonly c: Uint8Array;
  readonly f: Uint8Array;
  readonly day: string;
  readonly promise: Promised;
  /** The own copy, sealed; undefined where it was destroyed. */
  readonly own: Uint8Array | undefined;
}

export interface RawThread {
  readonly thread: Uint8Array;
  readonly desk: Uint8Array;
  readonly status: string;
  readonly day: string;
  readonly audience: { readonly epoch: number } | { readonly generation: number };
  readonly posts: readonly RawPost[];
  /** Files that the office says it has deleted, by blob id in base64url: on which day, and the code of the reason. */
  readonly erased?: ReadonlyMap<string, { readonly day: string; readonly reason: string }>;
  /** What the machine says, as served: signed by the promise key, or nothing. */
  readonly notices: readonly Json[];
}

interface Page extends RawThread {
  readonly pages: number;
}

/** Fetches all pages. Rejects with Refused 404 `no-mailbox`, 410 `replaced`, or Unreachable. */
export async function fetchThread(door: Door, mailbox: Mailbox): Promise<RawThread> {
  for (let round = 0; ; round += 1) {
    const first = await fetchPage(door, mailbox, 0);
    const rest: Page[] = [];
    for (let page = 1; page < first.pages; page += 1) rest.push(await fetchPage(door, mailbox, page));
    // Something may have come in between two pages; then once more from the first.
    const whole = rest.every((one) => one.pages === first.pages && same(one.thread, first.thread));
    const posts = [first, ...rest].flatMap((one) => one.posts);
    const names = new Set(posts.map(({ chain, n }) => `${chain}${n}`));
    if ((whole && names.size === posts.length) || round === 2) return { ...first, posts };
  }
}

async function fetchPage(door: Door, mailbox: Mailbox, page: number): Promise<Page> {
  const asked = write({ v: 1, id: b64(mailbox.id), auth: b64(mailbox.auth), page });
  const { head, files } = readParcel(await door.post("mailbox", asked, "json"));
  const waiting = [...files];
  return whole(head, (fields) => {
    fields.is("v", 1);
    for (const name of ["page", "files"]) fields.has(name);
    return {
      thread: fields.id("thread"), desk: fields.id("desk"), status: fields.text("status"), day: fields.day("day"),
      audience: fields.read("audience", readAudience), pages: fields.integer("pages", 1),
      posts: fields.list("posts", (value) => readPost(value, waiting)),
      erased: new Map(fields.has("erased") ? fields.list("erased", readErased) : []),
      notices: fields.list("notices", (value) => value),
    };
  });
}

function readErased(value: Json): [string, { readonly day: string; readonly reason: string }] {
  return whole(value, (fields) => [b64(fields.id("blob")), { day: fields.day("day"), reason: fields.text("reason") }]);
}

function readAudience(value: Json): RawThread["audience"] {
  return whole(value, (fields) => fields.has("epoch")
    ? { epoch: fields.integer("epoch") } : { generation: fields.integer("generation") });
}

function readPost(value: Json, waiting: { readonly bytes: Uint8Array }[]): RawPost {
  return whole(value, (fields: Fields) => {
    const own = fields.list("files", asObject).map(() => waiting.shift()?.bytes)[0];
    return {
      chain: fields.one("chain", ["r", "o"] as const), n: fields.integer("n"), T: fields.hash("T"), c: fields.hash("c"),
      f: fields.hash("f"), day: fields.day("day"), promise: fields.read("promise", readPromise), own,
    };
  });
}
