/** Acts by which a report becomes a case and its people change: sealed and signed by the member who does them. */
import { parseWhat } from "../ledger/acts.js";
import { RefusedError } from "../seal/errors.js";
import type { JsonObject } from "../seal/jsontext.js";
import { unb64 } from "../seal/primitives.js";
import { recipientHash } from "../seal/recipients.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { composeClosing, type ClosingWish } from "./reports/closing.js";
import { composeRekey, composeTriage, triageFaults, type TriageWish } from "./reports/casework.js";
import type { OpenThread } from "./reports/opening.js";
import { signTakeover, type TakenOver } from "./reports/takeover.js";

declare module "./protocol.js" {
  interface Acts {
    /** Gives an open report to the people who are assigned; the answer is the parcel to post. */
    "compose-triage": Act<TriageWish & { readonly thread: string }, Uint8Array>;
    /** Codes of what a second person must not confirm; empty if all holds. */
    "check-triage": Act<{ readonly thread: string }, readonly string[]>;
    /** Refused where something does not hold: a signature here destroys the desk's copy. */
    "sign-confirmation": Act<{ readonly thread: string; readonly counter: number }, SignedAct>;
    "sign-refusal": Act<{ readonly thread: string; readonly counter: number }, SignedAct>;
    /** Closes a case: outcome, and grounds that the reporting person reads; the answer is the parcel to post. */
    "compose-closing": Act<ClosingWish & { readonly thread: string }, Uint8Array>;
    "sign-reopening": Act<{ readonly thread: string; readonly counter: number }, SignedAct>;
    "sign-taking-up": Act<{ readonly thread: string; readonly counter: number }, SignedAct>;
    /** Who has joined signs what of the open case this browser could read. */
    "sign-takeover": Act<{ readonly thread: string; readonly counter: number }, TakenOver>;
    /** New keys for other people; the answer is the parcel to post. */
    "compose-rekey": Act<{ readonly thread: string; readonly people: readonly string[]; readonly counter: number }, Uint8Array>;
  }
}

register("compose-triage", ({ thread, ...wish }) => composeTriage(openReport(thread), keyring(), wish));

register("check-triage", ({ thread }) => triageFaults(openReport(thread)));

register("sign-confirmation", ({ thread, counter }) => {
  const open = openReport(thread);
  const { handover } = open.thread;
  const { vault, member } = keyring();
  if (triageFaults(open).length > 0 || handover === undefined || open.sealed.case === undefined) {
    throw new RefusedError("triage-faulty", "Something in this triage does not hold, so it cannot be confirmed. Please give it back.");
  }
  return signAct(vault.sign, member, counter, {
    act: "confirm triage", subject: open.sealed.thread, before: open.sealed.case.deskCopy, after: recipientHash(handover.recipient),
    more: keysNamed(open),
  });
});

register("sign-refusal", ({ thread, counter }) => {
  const open = openReport(thread);
  const { vault, member } = keyring();
  const act = open.sealed.case?.act;
  const { after } = act === undefined ? { after: undefined } : parseWhat(act.what);
  return signAct(vault.sign, member, counter, {
    act: "refuse triage", subject: open.sealed.thread, before: after, more: keysNamed(open),
  });
});

register("compose-closing", ({ thread, ...wish }) => composeClosing(openReport(thread), keyring(), wish));

register("sign-reopening", ({ thread, counter }) => {
  const open = openReport(thread);
  const { handover } = open.thread;
  const { vault, member } = keyring();
  if (handover === undefined) throw new RefusedError("state", "This is no case. Please load it again.");
  return signAct(vault.sign, member, counter, {
    act: "reopen", subject: open.sealed.thread, before: recipientHash(handover.recipient), more: keysNamed(open),
  });
});

register("sign-taking-up", ({ thread, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: "take up", subject: unb64(thread, 16) });
});

register("sign-takeover", ({ thread, counter }) => signTakeover(openReport(thread), keyring(), counter));

register("compose-rekey", ({ thread, ...wish }) => composeRekey(openReport(thread), keyring(), wish));

/** The act names `c` of the keys that it speaks of, as the act of triage did. */
function keysNamed({ sealed }: OpenThread): JsonObject {
  const act = sealed.case?.act;
  const named = act === undefined ? undefined : parseWhat(act.what).fields["keys"];
  if (typeof named !== "string") throw new RefusedError("state", "This is no triage any more. Please load it again.");
  return { keys: named };
}
