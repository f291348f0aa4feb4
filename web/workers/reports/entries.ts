/** The entries that a thread has in the record, as far as this browser can prove that they are this thread's. */
import { searchTag } from "../../ledger/leaves.js";
import { leafHash } from "../../ledger/merkle.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import type { Json, JsonObject } from "../../seal/jsontext.js";
import { b64, compare, join, same } from "../../seal/primitives.js";
import type { Keyring } from "../keyring.js";
import { MOST } from "./naming.js";
import { openingOf, type OpenThread } from "./opening.js";
import type { SealedPost } from "./parcel.js";
import { checkPromised } from "./promised.js";

/** What a thread has in the record: hashes, sorted. */
export interface Recorded {
  readonly entries: readonly Uint8Array[];
  /** Those of them that nothing proves to be this thread's: its first post opens for nobody, or their tag leads elsewhere. */
  readonly unproven: readonly Uint8Array[];
}

/**
 * Hashes of all entries of a thread: what an act names that ends them, and which of these nobody can vouch for. A file
 * that nobody could open is proven too, as long as its entry is where this thread's own tags lead.
 *
 * @throws RefusedError `entries-unproven`: a post came without its entry, so there is nothing to name
 */
export function recordedEntries(open: OpenThread, keys: Keyring): Recorded {
  const tags = tagsOf(open);
  const found = open.sealed.posts.flatMap((post) => {
    const { chain, c, f, T } = post;
    if (chain === "i") return [];
    if (T === undefined) throw unnamed();
    const leaf = join(T, c, f);
    return [{ hash: leafHash(leaf), proven: isProven({ ...post, chain, T }, leaf, tags, keys) }];
  });
  const entries = found.map(({ hash }) => hash).sort(compare);
  return { entries, unproven: found.flatMap(({ hash, proven }) => (proven ? [] : [hash])).sort(compare) };
}

/** What the acts of a deletion name, in their order: entries, and of which of them two people sign that nothing proves them. */
export function namedIn({ entries, unproven }: Recorded, thread: string): JsonObject[] {
  const open = new Set(unproven.map((one) => b64(one)));
  const parts = Math.max(1, Math.ceil(entries.length / MOST));
  return Array.from({ length: parts }, (_none, at) => {
    const erased = entries.slice(at * MOST, (at + 1) * MOST).map((one) => b64(one));
    return { threads: [thread], erased, ...groundOf(erased.filter((one) => open.has(one))) };
  });
}

/**
 * What somebody else's acts name, once it is what is open here: every entry, and as unproven all that is unproven here
 * too. They may have been able to prove less: whoever was assigned later opens other posts.
 *
 * @throws RefusedError `act-shape`
 */
export function agreedTo(recorded: Recorded, thread: string, asked: readonly JsonObject[]): JsonObject[] {
  const mine = namedIn(recorded, thread);
  if (mine.length !== asked.length) throw another();
  return mine.map((one, at) => {
    const theirs = listed(asked[at]?.["unproven"]);
    const erased = new Set(listed(one["erased"]));
    if (!theirs.every((hash) => erased.has(hash)) || !listed(one["unproven"]).every((hash) => theirs.includes(hash))) throw another();
    return { threads: one["threads"] ?? [], erased: one["erased"] ?? [], ...groundOf(theirs) };
  });
}

/** How many entries the acts name as unproven. */
export function unprovenIn(named: readonly JsonObject[]): number {
  return named.reduce((sum, one) => sum + listed(one["unproven"]).length, 0);
}

function groundOf(unproven: readonly string[]): JsonObject {
  return unproven.length === 0 ? { reason: "retention" } : { reason: "unproven", unproven: [...unproven] };
}

function listed(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

type Named = SealedPost & { readonly chain: "r" | "o"; readonly T: Uint8Array };

function isProven({ chain, n, T, promise }: Named, leaf: Uint8Array, tags: readonly Uint8Array[], keys: Keyring): boolean {
  if (promise === undefined || !tags.some((tag) => same(searchTag(tag, chain, n), T))) return false;
  if (!same(promise.leaf, leaf) || !same(promise.office, keys.office)) return false;
  try {
    checkPromised(promise, keys);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** The tag of the first receipt and those of all that took its place. What was opened stands under the one in force then. */
function tagsOf({ thread }: OpenThread): Uint8Array[] {
  const first = thread.report?.tag ?? openingOf(thread)?.tag;
  return [...(first === undefined ? [] : [first]), ...thread.posts.flatMap((post) => post.kind === "rekey" ? [post.body.tag] : [])];
}

function unnamed(): RefusedError {
  return new RefusedError("entries-unproven", "Something of this report came without its entry in the record, so nothing was signed. Tell oversight and whoever looks after the server.");
}

function another(): RefusedError {
  return new RefusedError("act-shape", "What was asked is not what is shown here, so nothing was signed.");
}
