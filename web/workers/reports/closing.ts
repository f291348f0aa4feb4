/** The end of a case: what is counted, and the grounds, sealed to the reporting person and signed. */

import { parseWhat } from "../../ledger/acts.js";
import { countedProtection } from "../../office/protecting/counted.js";
import { amountsJson, type Slip } from "../../seal/closing.js";
import { RefusedError } from "../../seal/errors.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64 } from "../../seal/primitives.js";
import { protectionSlipJson } from "../../seal/protecting.js";
import { newReceipt } from "../../seal/receipt.js";
import { recipientHash } from "../../seal/recipients.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import { CLEARING } from "./clearance.js";
import { closingsOf } from "./closings.js";
import { decisionOf } from "./panel.js";
import { protectionOf } from "./protecting.js";
import { openingOf, type OpenThread } from "./opening.js";
import { filedBy } from "./story.js";
import { writePost } from "./writing.js";

export interface ClosingWish {
  readonly slip: Slip;
  /** The grounds. */
  readonly text: string;
  readonly language: string;
  readonly counter: number;
  /** What was given away of the case, and the places of a panel whose finding goes with it. */
  readonly panel?: { readonly parcel: Uint8Array; readonly seats: readonly string[] };
}

/** @throws RefusedError `state`, `review` where this member signed the closing before, and as `writePost` */
export async function composeClosing(open: OpenThread, keys: Keyring, { slip, text, language, counter, panel }: ClosingWish): Promise<Uint8Array> {
  const { sealed, thread: { handover } } = open;
  const act = sealed.case?.act;
  const named = act === undefined ? undefined : parseWhat(act.what).fields["keys"];
  if (handover === undefined || typeof named !== "string") throw new RefusedError("state", "This is no case. Please load it again.");
  // Whatever the server says of who closed it.
  if (closingsOf(open).last === b64(keys.member)) throw new RefusedError("review", "You decided this the last time. After a second look somebody else decides. Nothing was signed.");
  // Whether it was a test only who has opened it knows: the statement is sealed. The act says so, for the auditor.
  const test = filedBy(open, keys, language).purpose === "test";
  const amounts = slip.amounts === undefined ? {} : { amounts: amountsJson(slip.amounts) };
  const counted = { outcome: slip.outcome, class: slip.concern, ...amounts, ...test && { test } };
  // Who was concerned and is cleared gets a code that shows it to any later handler.
  const cleared = openingOf(open.thread)?.purpose === "hearing" && CLEARING.includes(slip.outcome);
  const decided = panel && await decisionOf(open, keys, panel.parcel, panel.seats);
  const closing = decided === undefined ? slip : { ...slip, panel: decided.decision };
  const protection = test ? undefined : countedProtection(protectionOf(open), openingOf(open.thread) !== undefined);
  const message = await writePost(open, keys, { chain: "o", text, language, closing, ...cleared && { clearance: newReceipt() } });
  const signed = signAct(keys.vault.sign, keys.member, counter, {
    act: "close", subject: sealed.thread, before: recipientHash(handover.recipient),
    more: { keys: named, ...counted, ...decided && { panel: b64(decided.decision.about) } },
  });
  const shown = decided && { panel: { about: b64(decided.decision.about), votes: decided.votes.map((one) => ({ ...one })) } };
  // Beside the act and not in it: the record would say for ever of which case it was.
  return writeParcel({ v: 1, ...counted, ...shown, ...protection && { protection: protectionSlipJson(protection) }, act: { ...signed } }, [{ as: "message", bytes: message }]);
}
