/** The end of a case: what is counted, and the grounds, sealed to the reporting person and signed. */

import { parseWhat } from "../../ledger/acts.js";
import { amountsJson, type Slip } from "../../seal/closing.js";
import { RefusedError } from "../../seal/errors.js";
import { writeParcel } from "../../seal/parcel.js";
import { newReceipt } from "../../seal/receipt.js";
import { recipientHash } from "../../seal/recipients.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import { CLEARING } from "./clearance.js";
import { openingOf, type OpenThread } from "./opening.js";
import { filedBy } from "./story.js";
import { writePost } from "./writing.js";

export interface ClosingWish {
  readonly slip: Slip;
  /** The grounds. */
  readonly text: string;
  readonly language: string;
  readonly counter: number;
}

/** @throws RefusedError `state`, and as `writePost` */
export async function composeClosing(open: OpenThread, keys: Keyring, { slip, text, language, counter }: ClosingWish): Promise<Uint8Array> {
  const { sealed, thread: { handover } } = open;
  const act = sealed.case?.act;
  const named = act === undefined ? undefined : parseWhat(act.what).fields["keys"];
  if (handover === undefined || typeof named !== "string") throw new RefusedError("state", "This is no case. Please load it again.");
  // Whether it was a test only who has opened it knows: the statement is sealed. The act says so, for the auditor.
  const test = filedBy(open, keys, language).purpose === "test";
  const amounts = slip.amounts === undefined ? {} : { amounts: amountsJson(slip.amounts) };
  const counted = { outcome: slip.outcome, class: slip.concern, ...amounts, ...test && { test } };
  // Who was concerned and is cleared gets a code that shows it to any later handler.
  const cleared = openingOf(open.thread)?.purpose === "hearing" && CLEARING.includes(slip.outcome);
  const message = await writePost(open, keys, { chain: "o", text, language, closing: slip, ...cleared && { clearance: newReceipt() } });
  const signed = signAct(keys.vault.sign, keys.member, counter, {
    act: "close", subject: sealed.thread, before: recipientHash(handover.recipient),
    more: { keys: named, ...counted },
  });
  return writeParcel({ v: 1, ...counted, act: { ...signed } }, [{ as: "message", bytes: message }]);
}
