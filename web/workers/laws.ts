/** Acts about a row of a law: somebody looked it up, or the office makes it stricter; each names all of it by a hash. */
import { H, unb64, utf8 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

export interface OwnRow {
  readonly law: string;
  readonly row: string;
  readonly limit: number;
  readonly unit: string;
  /** The first day on which something that begins runs under it. */
  readonly starts: string;
}

/** A version of a law that a release brought, and the first day on which something begins under it. */
export interface LawVersion {
  readonly law: string;
  readonly version: number;
  readonly starts: string;
}

declare module "./protocol.js" {
  interface Acts {
    "sign-row": Act<{ readonly office: string; readonly law: string; readonly row: string; readonly looked: string; readonly source: string; readonly counter: number }, SignedAct>;
    "sign-law-version": Act<LawVersion & { readonly office: string; readonly counter: number }, SignedAct>;
    /** Takes back what somebody asked for by the act `seen`. */
    "sign-own-row-withdrawal": Act<{ readonly office: string; readonly seen: string; readonly counter: number }, SignedAct>;
    /** Asks for a shorter period of the office's own, or agrees to what somebody asked for by the act `seen`. */
    "sign-own-row": Act<OwnRow & { readonly office: string; readonly seen: string | null; readonly counter: number }, SignedAct>;
  }
}

register("sign-row", ({ office, law, row, looked, source, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: "confirm row", subject: unb64(office, 16), after: H(utf8([law, row, looked, source].join("\n"))),
  });
});

register("sign-law-version", ({ office, law, version, starts, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: "adopt law", subject: unb64(office, 16), after: H(utf8([law, String(version), starts].join("\n"))),
  });
});

register("sign-own-row", ({ office, law, row, limit, unit, starts, seen, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: seen === null ? "propose law row" : "law row", subject: unb64(office, 16),
    before: seen === null ? undefined : H(unb64(seen)),
    after: H(utf8([law, row, `${String(limit)} ${unit}`, starts].join("\n"))),
  });
});

register("sign-own-row-withdrawal", ({ office, seen, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: "withdraw law row", subject: unb64(office, 16), before: H(unb64(seen)) });
});
