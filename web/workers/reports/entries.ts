/** The entries that a thread has in the record, as far as this browser can prove that they are this thread's. */
import { searchTag } from "../../ledger/leaves.js";
import { leafHash } from "../../ledger/merkle.js";
import { checkPromise } from "../../ledger/promises.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { compare, join, same } from "../../seal/primitives.js";
import type { Keyring } from "../keyring.js";
import { openingOf, type OpenThread } from "./opening.js";
import type { SealedPost } from "./parcel.js";

/**
 * Hashes of all entries of a thread, sorted: what an act names that ends them. Whoever signs it vouches for each. A file
 * that nobody could open counts too, as long as its entry is where this thread's own tags lead.
 *
 * @throws RefusedError `entries-unproven`: another thread's entry could lie among them, or one could lack
 */
export function recordedEntries(open: OpenThread, keys: Keyring): Uint8Array[] {
  return open.sealed.posts.filter(({ chain }) => chain !== "i").map((post) => entryOf(post, open, keys)).sort(compare);
}

function entryOf({ chain, n, T, c, f, promise }: SealedPost, open: OpenThread, keys: Keyring): Uint8Array {
  if (chain === "i" || T === undefined || promise === undefined) throw unproven();
  const leaf = join(T, c, f);
  const leads = tagsOf(open).some((tag) => same(searchTag(tag, chain, n), T));
  if (!leads || !same(promise.leaf, leaf) || !same(promise.office, keys.office)) throw unproven();
  try {
    checkPromise(promise, keys.manifest.charter.record.promise);
  } catch (error) {
    if (error instanceof SealError) throw unproven();
    throw error;
  }
  return leafHash(leaf);
}

/** The tag of the first receipt and those of all that took its place. What was opened stands under the one in force then. */
function tagsOf({ thread }: OpenThread): Uint8Array[] {
  const first = thread.report?.tag ?? openingOf(thread)?.tag;
  return [...(first === undefined ? [] : [first]), ...thread.posts.flatMap((post) => post.kind === "rekey" ? [post.body.tag] : [])];
}

function unproven(): RefusedError {
  return new RefusedError("entries-unproven", "Not every entry of this report could be proven to be its own, so nothing was signed. Tell oversight and whoever looks after the server.");
}
