/** Acts by which two people delete a file of a report: each signs its hash, from an envelope that was proven here. */
import { RefusedError } from "../seal/errors.js";
import { parse, type JsonObject } from "../seal/jsontext.js";
import { b64, H, unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { attachmentOf } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

const ASK = "request erasure";
const ERASE = "erase";
const LIMIT = 32 * 1024;

interface Wanted {
  readonly thread: string;
  readonly blob: string;
  readonly reason: string;
  readonly counter: number;
}

declare module "./protocol.js" {
  interface Acts {
    /** Asks to delete a file of a report that is open. */
    "sign-erasure-request": Act<Wanted, SignedAct>;
    /** Agrees to what somebody else has asked; `what` is what they signed, base64url. */
    "sign-erasure": Act<Wanted & { readonly what: string }, SignedAct>;
  }
}

register("sign-erasure-request", ({ thread, blob, reason, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: ASK, subject: unb64(thread, 16), more: named(thread, blob, reason) });
});

register("sign-erasure", ({ thread, blob, reason, counter, what }) => {
  const { vault, member } = keyring();
  const asked = unb64(what);
  const said = parse(asked, LIMIT) as JsonObject;
  const more = named(thread, blob, reason);
  // What is agreed to is what stands on the screen: this file, this reason, and somebody else's wish.
  const same = said["act"] === ASK && said["subject"] === thread && said["reason"] === reason
    && said["member"] !== b64(member) && JSON.stringify(said["erased"]) === JSON.stringify(more["erased"]);
  if (!same) throw new RefusedError("act-shape", "What was asked is not what is shown here, so nothing was signed.");
  return signAct(vault.sign, member, counter, { act: ERASE, subject: unb64(thread, 16), more: { ...more, request: b64(H(asked)) } });
});

function named(thread: string, blob: string, reason: string): JsonObject {
  return { erased: [b64(attachmentOf(thread, blob).hash)], reason };
}
