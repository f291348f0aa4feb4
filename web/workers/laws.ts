/** Confirming a row of a law: the act names law, row, day and source by their hash (formats-record.md). */
import { H, unb64, utf8 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

declare module "./protocol.js" {
  interface Acts {
    "sign-row": Act<{ readonly office: string; readonly law: string; readonly row: string; readonly looked: string; readonly source: string; readonly counter: number }, SignedAct>;
  }
}

register("sign-row", ({ office, law, row, looked, source, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: "confirm row", subject: unb64(office, 16), after: H(utf8([law, row, looked, source].join("\n"))),
  });
});
