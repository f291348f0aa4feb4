/** A note of an organisation's duty towards its authority: signed by the member who makes it, for the record. */
import { H, unb64, utf8 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

/** What is signed by its hash (docs/formats.md, duties). */
export function dutyWords({ law, kind, row, at }: { readonly law: string; readonly kind: string; readonly row: string; readonly at: string }): string {
  return `${law} ${kind} ${row} ${at}`;
}

declare module "./protocol.js" {
  interface Acts {
    /** `kind` and `row` as the server knows them, `at` to the minute, `YYYY-MM-DDTHH:MMZ`. */
    "sign-duty": Act<{
      readonly thread: string; readonly law: string; readonly kind: string; readonly row: string; readonly at: string; readonly counter: number;
    }, SignedAct>;
  }
}

register("sign-duty", ({ thread, counter, ...said }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: `${said.kind} duty`, subject: unb64(thread, 16), after: H(utf8(dutyWords(said))),
  });
});
