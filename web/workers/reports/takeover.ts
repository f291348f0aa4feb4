/** What a new holder of a case could open of it: counted here, where it was opened, and signed by who says so. */

import { parseWhat } from "../../ledger/acts.js";
import { RefusedError } from "../../seal/errors.js";
import { recipientHash } from "../../seal/recipients.js";
import { signAct, type SignedAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import type { OpenThread } from "./opening.js";

export interface TakenOver {
  readonly act: SignedAct;
  /** Number of the newest post of each chain. */
  readonly read: Readonly<Record<string, number>>;
  readonly unreadable: number;
}

/** Places of the thread of which this browser can show nothing: not opened, not proven, or not there. */
export function unreadable({ faults, posts }: Pick<OpenThread, "faults" | "posts">): number {
  const shown = new Set(posts.map(({ chain, n }) => `${chain}${n}`));
  return new Set(faults.map(({ chain, n }) => `${chain}${n}`).filter((place) => !shown.has(place))).size;
}

/** @throws RefusedError `state` for who does not hold the proven keys in force */
export function signTakeover(open: OpenThread, keys: Keyring, counter: number): TakenOver {
  const { sealed, thread: { handover }, caseKeys } = open;
  const act = sealed.case?.act;
  const named = act === undefined ? undefined : parseWhat(act.what).fields["keys"];
  if (handover === undefined || caseKeys === undefined || typeof named !== "string") {
    throw new RefusedError("state", "This is no case of yours. Please load it again.");
  }
  const read = Object.fromEntries(sealed.heads), count = unreadable(open);
  return {
    read, unreadable: count, act: signAct(keys.vault.sign, keys.member, counter, {
      act: "take over", subject: sealed.thread, before: recipientHash(handover.recipient),
      more: { keys: named, read, unreadable: count },
    }),
  };
}
