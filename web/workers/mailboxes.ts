/** Mailboxes that a member opens for somebody: composed in the worker, with the code for the letter and nothing kept. */
import type { GoingFile } from "../office/arrivals/types.js";
import { b64, unb64 } from "../seal/primitives.js";
import { toDigits } from "../seal/receipt.js";
import { entropyToWords, fingerprint } from "../seal/words.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { requireAgreed } from "./hearing.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { composeMailbox, tieOf, type MailboxWish } from "./reports/mailboxes.js";
import { composeMatter, type MatterWish } from "./reports/ownmatters.js";
import { writeNamed } from "./reports/writing.js";
import { listOf } from "./wordlists.js";

/** A code as a letter prints it. */
export interface PrintedCode {
  readonly words: readonly string[];
  /** Language of the words. */
  readonly tag: string;
  readonly digits: readonly string[];
  /** The office's eight words, from the same list: the page shows them in the letter's language. */
  readonly office: readonly string[];
}

declare module "./protocol.js" {
  interface Acts {
    /** Makes a mailbox; `parcel` goes to `mailboxes`, then `note` to the posts of `thread`. The code is told once. */
    "compose-mailbox": Act<MailboxWish, { readonly thread: string; readonly parcel: Uint8Array; readonly note: Uint8Array; readonly code: PrintedCode }>;
    /** Makes a matter of the organisation's own; `parcel` goes to `mailboxes`. Nobody is told its code. */
    "compose-matter": Act<MatterWish, { readonly thread: string; readonly parcel: Uint8Array }>;
    /** Says in a sealed note of an open thread which mailbox, or which case, belongs to it: the parcel to post, and the note's `c`. */
    "write-tie": Act<{ readonly thread: string; readonly other: string; readonly side: "mailbox" | "case"; readonly purpose: string; readonly file?: GoingFile | undefined; readonly text: string; readonly language: string }, { readonly parcel: Uint8Array; readonly c: string }>;
    /** That a document of an open case goes outside, as the note with this `c` says. */
    "sign-giving-outside": Act<{ readonly thread: string; readonly note: string; readonly until: string; readonly counter: number }, SignedAct>;
    /** That a helper's mailbox ends before its day. */
    "sign-mailbox-end": Act<{ readonly thread: string; readonly counter: number }, SignedAct>;
  }
}

register("compose-mailbox", async (wish) => {
  if (wish.purpose === "hearing") requireAgreed(openReport(wish.origin), wish.text);
  const { thread, parcel, note, code } = await composeMailbox(keyring(), wish);
  return { thread: b64(thread), parcel, note, code: printed(code, wish.language) };
});

register("compose-matter", async (wish) => {
  const { thread, parcel } = await composeMatter(keyring(), wish);
  return { thread: b64(thread), parcel };
});

register("write-tie", async ({ thread, other, side, purpose, file, text, language }) => {
  const { parcel, c } = await writeNamed(openReport(thread), keyring(), { chain: "i", text, language, tied: tieOf(other, side, purpose, file) });
  return { parcel, c: b64(c) };
});

register("sign-giving-outside", ({ thread, note, until, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: "give outside", subject: unb64(thread, 16), after: unb64(note, 32), more: { until } });
});

register("sign-mailbox-end", ({ thread, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: "end mailbox", subject: unb64(thread, 16) });
});

/** English words where the language has no list that this page carries: the digits beside them are everybody's. */
function printed(code: Uint8Array, language: string): PrintedCode {
  const tag = language.toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
  const list = listOf(tag);
  return { words: entropyToWords(code, list), tag, digits: toDigits(code), office: fingerprint(keyring().manifest.F, list) };
}
