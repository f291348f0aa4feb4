/**
 * Who closed a case, by the closings that stand in it: each is signed by its author, and the chain in which it stands
 * lets none be taken out unseen. What the server says of who did what is not asked.
 */
import type { Closings } from "../../office/arrivals/types.js";
import { b64, same } from "../../seal/primitives.js";
import type { Proven } from "../../seal/proven.js";
import type { Entry } from "../../seal/roster.js";
import type { OpenThread } from "./opening.js";

interface Closing {
  readonly n: number;
  readonly by: Proven<Entry>;
}

/** Whoever closed it last, and which closings are signed by who signed the one before: no second look was had there. */
export function closingsOf(open: Pick<OpenThread, "posts" | "faults">): Closings {
  const found = open.posts.flatMap((post): Closing[] => (
    post.chain === "o" && post.kind === "message" && post.body.closing !== undefined && post.member !== undefined ? [{ n: post.n, by: post.member }] : []))
    .sort((a, b) => a.n - b.n);
  const last = found.at(-1);
  return {
    last: last === undefined ? "" : b64(last.by.id),
    alike: found.flatMap((one, at) => {
      const before = found[at - 1];
      return before !== undefined && byOne(before, one) && isWhole(open, before.n, one.n) ? [one.n] : [];
    }),
  };
}

/** A member with new keys is the same person, and a key under two names the same hand. */
function byOne({ by: one }: Closing, { by: other }: Closing): boolean {
  return same(one.id, other.id) || same(one.sign, other.sign);
}

/** A post between them that failed a check may have been another's closing: it is red by itself, and nothing is concluded. */
function isWhole({ faults }: Pick<OpenThread, "faults">, from: number, to: number): boolean {
  return !faults.some(({ chain, n }) => chain === "o" && from < n && n < to);
}
