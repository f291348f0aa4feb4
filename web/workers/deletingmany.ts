/** Acts by which two people delete many reports at once: each browser signs what it has opened and proven one by one. */
import { RefusedError } from "../seal/errors.js";
import { parse, type JsonObject } from "../seal/jsontext.js";
import { b64, H, unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { another, ASK, ERASE, LIMIT, says } from "./deleting.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { recordedEntries } from "./reports/entries.js";
import { agreed, packed, type Named, type Proven } from "./reports/naming.js";

interface Batch {
  readonly desk: string;
  readonly threads: readonly string[];
  readonly counter: number;
}

declare module "./protocol.js" {
  interface Acts {
    /** Proves every entry of a report that is open; `unread` if this member has not had all of it on the screen. */
    "prove-entries": Act<{ readonly thread: string }, { readonly entries: number; readonly unread: boolean }>;
    /** Asks to delete reports of a desk that were proven. */
    "sign-many-requests": Act<Batch, readonly SignedAct[]>;
    /** Agrees to what somebody else has asked, as far as it was proven here; `whats` is what they signed, base64url. */
    "sign-many": Act<Batch & { readonly whats: readonly string[]; readonly unreadable: string }, readonly SignedAct[]>;
  }
}

/** What was proven since the keys were unlocked: reports are opened one after another, and not all of them stay open. */
const proven = new Map<string, readonly string[]>();

register("prove-entries", ({ thread }) => {
  proven.delete(thread);
  const open = openReport(thread);
  const { entries, unproven } = recordedEntries(open, keyring());
  // Two people sign which entries nothing proves, for one report at a time: in a batch nobody would look at them.
  if (unproven.length > 0) throw new RefusedError("entries-many", "Nothing proves each of its entries to be its own.");
  const hashes = entries.map((one) => b64(one));
  proven.set(thread, hashes);
  const { heads, marks } = open.sealed;
  return { entries: hashes.length, unread: (heads.get("r") ?? -1) > (marks.get("r") ?? -1) };
});

register("sign-many-requests", ({ desk, threads, counter }) => {
  const { vault, member } = keyring();
  return packed(chosen(threads)).map((named, at) => signAct(vault.sign, member, counter + at, { act: ASK, subject: unb64(desk, 16), more: more(named) }));
});

register("sign-many", ({ desk, threads, counter, whats, unreadable }) => {
  const { vault, member } = keyring();
  const asked = whats.map((what) => {
    const said = parse(unb64(what), LIMIT);
    if (!says(said, member, { act: ASK, subject: desk, reason: "retention" })) throw another();
    return said as unknown as Named;
  });
  const parts = agreed(asked, chosen(threads));
  if (parts === null) throw another();
  const wanted = parts.flatMap((named, at) => named === null ? [] : [{ ...more(named), request: b64(H(unb64(whats[at] ?? ""))), unreadable }]);
  return wanted.map((fields, at) => signAct(vault.sign, member, counter + at, { act: ERASE, subject: unb64(desk, 16), more: fields }));
});

/** @throws RefusedError `entries-unproven` */
function chosen(threads: readonly string[]): Proven {
  return new Map(threads.map((thread) => {
    const hashes = proven.get(thread);
    if (hashes === undefined) throw new RefusedError("entries-unproven", "Not every report was proven here, so nothing was signed.");
    return [thread, hashes];
  }));
}

function more({ threads, erased }: Named): JsonObject {
  return { threads: [...threads], erased: [...erased], reason: "retention" };
}
