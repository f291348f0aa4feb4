/** Where the next post goes, and who reads it: only what this browser has proven. */
import { RefusedError } from "../../seal/errors";
import { b64 } from "../../seal/primitives";
import type { Recipient } from "../../seal/recipients";
import { postSubject } from "../../seal/work";
import type { ProvenOffice } from "../door";
import type { Opened } from "./proving";
import type { RawThread } from "./fetching";

/** The newest numbers on r and o that the server shows. */
export function headsOf(raw: RawThread): { readonly r?: number; readonly o?: number } {
  const head = (chain: "r" | "o"): number => Math.max(-1, ...raw.posts.filter((post) => post.chain === chain).map((post) => post.n));
  const [r, o] = [head("r"), head("o")];
  return { ...(r >= 0 && { r }), ...(o >= 0 && { o }) };
}

/**
 * Whom the office's copy is sealed to.
 *
 * @throws RefusedError `envelope-audience` where the server names another audience than the proven one
 */
export function readersOf({ office, raw, thread }: Pick<Opened<ProvenOffice>, "office" | "raw" | "thread">): Recipient {
  const { handover } = thread;
  if (handover !== undefined) {
    if (!("generation" in raw.audience) || raw.audience.generation !== handover.generation) throw unproven();
    return handover.recipient;
  }
  const sheet = office.manifest.sheets.get(b64(raw.desk));
  if (sheet === undefined || !("epoch" in raw.audience) || raw.audience.epoch !== sheet.epoch) throw unproven();
  return sheet.recipient;
}

/** What the work for the reporting person's next post is tied to. */
export function nextSubject({ raw }: Opened): Uint8Array {
  return postSubject(raw.thread, (headsOf(raw).r ?? -1) + 1);
}

function unproven(): RefusedError {
  return new RefusedError("envelope-audience", "The server names readers whom nothing proves.");
}
