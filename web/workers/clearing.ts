/** Acts by which an office makes room: signed by the member who does them, and by nobody else. */
import { RefusedError } from "../seal/errors.js";
import { unb64 } from "../seal/primitives.js";
import { hasRole } from "../seal/roster.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

declare module "./protocol.js" {
  interface Acts {
    /** Deletes what no report names, at one desk (base64url). */
    "sign-unfinished-deletion": Act<{ readonly desk: string; readonly counter: number }, SignedAct>;
  }
}

register("sign-unfinished-deletion", ({ desk, counter }) => {
  const { place, vault, member } = keyring();
  const at = unb64(desk, 16);
  if (!hasRole(place.entry, "administrator") && !hasRole(place.entry, "lead", at)) {
    throw new RefusedError("roster-proof", "Only an administrator or a lead of this desk does that.");
  }
  return signAct(vault.sign, member, counter, { act: "delete unfinished files", subject: at });
});
