import { write, type JsonObject } from "../seal/jsontext.js";
import { b64, sign } from "../seal/primitives.js";

/** What a member did, as it is signed for the record of acts; formats-record.md. */
export interface SignedAct {
  readonly what: string;
  readonly sig: string;
}

export interface Deed {
  readonly act: string;
  /** Id of what it was done to. */
  readonly subject: Uint8Array;
  readonly before?: Uint8Array | undefined;
  readonly after?: Uint8Array | undefined;
  readonly more?: JsonObject | undefined;
}

/** Sign one act. `counter` is the member's own next number, as the server last gave it. */
export function signAct(seed: Uint8Array, member: Uint8Array, counter: number, deed: Deed): SignedAct {
  const what = write({
    act: deed.act, subject: b64(deed.subject), member: b64(member), counter,
    ...(deed.before && { before: b64(deed.before) }),
    ...(deed.after && { after: b64(deed.after) }),
    ...deed.more,
  });
  return { what: b64(what), sig: b64(sign(seed, "act", what)) };
}
