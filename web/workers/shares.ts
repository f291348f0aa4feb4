/** Shares of names' keys, passed on page by page after the passphrase was typed once. */
import { RefusedError } from "../seal/errors.js";
import { unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { keeperOf, readShares, worked, type SharesCount, type SharesTask } from "./reports/sharing.js";
import { provePerson, type TypedProof } from "./ways.js";

declare module "./protocol.js" {
  interface Acts {
    /** Before anything is sealed to another. Throws `RefusedError` `not-yours`, `no-custodian`. */
    "begin-shares": Act<{ readonly task: SharesTask; readonly typed: TypedProof }, undefined>;
    /** Of one page: the parcel to post, and what met with what. Throws `RefusedError` `state` where nothing was begun. */
    "shares-page": Act<{ readonly parcel: Uint8Array; readonly counter: number }, SharesStep>;
    "end-shares": Act<undefined, undefined>;
    "sign-gathering": Act<{ readonly act: "gather shares" | "decline gathering" | "end gathering"; readonly to: string; readonly counter: number }, SignedAct>;
  }
}

export interface SharesStep {
  readonly parcel: Uint8Array | null;
  readonly count: SharesCount;
  /** Where to go on; null after the last page. */
  readonly next: string | null;
}

let begun: SharesTask | undefined;

register("begin-shares", async ({ task, typed }, { progress }) => {
  keeperOf(task.to, keyring());
  await provePerson(typed, progress);
  begun = task;
  return undefined;
});

register("shares-page", async ({ parcel, counter }) => {
  if (begun === undefined) throw new RefusedError("state", "Nothing is handed over before your passphrase was typed.");
  const keys = keyring(), { names, next } = readShares(parcel, keys);
  return { ...await worked(begun, names, keys, counter), next };
});

register("end-shares", () => {
  begun = undefined;
  return undefined;
});

register("sign-gathering", ({ act, to, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act, subject: unb64(to) });
});
