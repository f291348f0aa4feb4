/** Acts around documents that are given to members outside a case. */
import { unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import type { Kind } from "../office/files/kinds.js";
import { attachmentOf, openReport } from "./arrivals.js";
import { fetchedGivenPart, holdFile } from "./files.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { composeAnswer, composeCopy, givenFile, openCopies, openGiven, type CopyShown, type CopyWish, type GivenShown } from "./reports/copies.js";

/** A file of the case that goes with a document. */
export interface WishedFile {
  readonly blob: string;
  /** What it is called for who gets it: its own name can tell whose it is. */
  readonly name: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Gives a document of an open case away; the answer is the parcel to post. */
    "compose-copy": Act<CopyWish & { readonly thread: string; readonly file: WishedFile | null }, Uint8Array>;
    /** What was given away of an open case, and what came back. */
    "open-copies": Act<{ readonly thread: string; readonly parcel: Uint8Array }, readonly CopyShown[]>;
    "sign-copy-withdrawal": Act<{ readonly thread: string; readonly copy: string; readonly c: string; readonly counter: number }, SignedAct>;
    /** Opens a document that was given to this member. */
    "open-given": Act<{ readonly copy: string; readonly file: Uint8Array }, GivenShown>;
    /** Opens the file that goes with it, as `file-open` does one of a report. */
    "open-given-file": Act<{ readonly copy: string; readonly file: Uint8Array }, { readonly token: string; readonly kind: Kind }>;
    /** Seals what this member sends back to the case. */
    "compose-copy-answer": Act<{ readonly copy: string; readonly file: Uint8Array; readonly text: string; readonly language: string }, Uint8Array>;
  }
}

register("compose-copy", ({ thread, file, ...wish }) => composeCopy(
  openReport(thread), keyring(), wish, file === null ? undefined : { ...attachmentOf(thread, file.blob), name: file.name },
));
register("open-copies", ({ thread, parcel }) => openCopies(openReport(thread), keyring(), parcel));
register("sign-copy-withdrawal", ({ thread, copy, c, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: "withdraw copy", subject: unb64(thread, 16), before: unb64(c, 32), more: { copy } });
});
register("open-given", ({ copy, file }) => openGiven(copy, file, keyring()));
register("open-given-file", async ({ copy, file }) => holdFile(await givenFile(copy, file, keyring()), (part) => fetchedGivenPart(copy, part)));
register("compose-copy-answer", ({ copy, file, ...said }) => composeAnswer(copy, file, keyring(), said));
