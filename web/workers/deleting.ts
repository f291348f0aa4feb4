/** Acts by which two people delete a case or report, or hold it back: each signs the entries, and which of them nothing proves. */
import { RefusedError } from "../seal/errors.js";
import { parse, type Json, type JsonObject } from "../seal/jsontext.js";
import { b64, H, unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { agreedTo, namedIn, recordedEntries, unprovenIn, type Recorded } from "./reports/entries.js";

export const ASK = "request erasure";
export const ERASE = "erase";
const ASK_HOLD = "request hold";
const HOLD = "hold";
export const LIMIT = 32 * 1024;

interface Wanted {
  readonly thread: string;
  readonly counter: number;
}

interface Names {
  readonly entries: number;
  readonly unproven: number;
}

interface Held extends Wanted {
  readonly reason: string;
  readonly until: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** How many entries a report has that is open, and of how many nothing proves that they are its own; `whats` as below. */
    "deletion-names": Act<{ readonly thread: string; readonly whats?: readonly string[] }, Names>;
    /** Asks to delete a report that is open, whose time is over; `unproven` is how many of its entries were said to be that. */
    "sign-deletion-request": Act<Wanted & { readonly unproven: number }, readonly SignedAct[]>;
    /** Agrees to what somebody else has asked; `whats` is what they signed, base64url, `unreadable` a day. */
    "sign-deletion": Act<Wanted & { readonly unproven: number; readonly whats: readonly string[]; readonly unreadable: string }, readonly SignedAct[]>;
    /** Asks to hold a report back, or agrees to it where `what` is what somebody else has signed. */
    "sign-hold": Act<Held & { readonly what?: string }, SignedAct>;
  }
}

register("deletion-names", ({ thread, whats }) => {
  const recorded = recordedOf(thread);
  const named = whats === undefined ? namedIn(recorded, thread) : agreedTo(recorded, thread, whats.map(said));
  return { entries: recorded.entries.length, unproven: unprovenIn(named) };
});

register("sign-deletion-request", ({ thread, counter, unproven }) => {
  const { vault, member } = keyring();
  const named = namedIn(recordedOf(thread), thread);
  if (unprovenIn(named) !== unproven) throw another();
  return named.map((more, at) => signAct(vault.sign, member, counter + at, { act: ASK, subject: openReport(thread).sealed.desk, more }));
});

register("sign-deletion", ({ thread, counter, whats, unreadable, unproven }) => {
  const { vault, member } = keyring();
  const { desk } = openReport(thread).sealed;
  const named = agreedTo(recordedOf(thread), thread, whats.map(said));
  if (unprovenIn(named) !== unproven) throw another();
  return whats.map((what, at) => {
    const asked = unb64(what);
    const more = named[at];
    // What is agreed to is what is open here, every entry of it, and somebody else's wish.
    if (more === undefined || !says(parse(asked, LIMIT), member, { act: ASK, subject: b64(desk), ...more })) throw another();
    return signAct(vault.sign, member, counter + at, { act: ERASE, subject: desk, more: { ...more, request: b64(H(asked)), unreadable } });
  });
});

register("sign-hold", ({ thread, counter, reason, until, what }) => {
  const { vault, member } = keyring();
  const subject = unb64(thread, 16);
  const more = { reason, until };
  if (what === undefined) return signAct(vault.sign, member, counter, { act: ASK_HOLD, subject, more });
  const asked = unb64(what);
  if (!says(parse(asked, LIMIT), member, { act: ASK_HOLD, subject: thread, ...more })) throw another();
  return signAct(vault.sign, member, counter, { act: HOLD, subject, more: { ...more, request: b64(H(asked)) } });
});

function recordedOf(thread: string): Recorded {
  return recordedEntries(openReport(thread), keyring());
}

function said(what: string): JsonObject {
  return parse(unb64(what), LIMIT) as JsonObject;
}

/** Whether somebody else has signed just that. */
export function says(value: Json, member: Uint8Array, expected: JsonObject): boolean {
  const said = value as JsonObject;
  return said["member"] !== b64(member)
    && Object.entries(expected).every(([name, one]) => JSON.stringify(said[name]) === JSON.stringify(one));
}

export function another(): RefusedError {
  return new RefusedError("act-shape", "What was asked is not what is shown here, so nothing was signed.");
}
