/** Moving a clock of a report: signed by the member who does it, with a reason of the closed list. */
import { H, unb64, utf8 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

declare module "./protocol.js" {
  interface Acts {
    /** `what` and `reason` as the server knows them; for feedback the reason is the number of the answer. */
    "sign-clock": Act<{ readonly thread: string; readonly what: string; readonly reason: string; readonly counter: number }, SignedAct>;
  }
}

register("sign-clock", ({ thread, what, reason, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: `${what} clock`, subject: unb64(thread, 16), after: H(utf8(`feedback ${reason}`)),
  });
});
