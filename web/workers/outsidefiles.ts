/** A file of a case for a helper outside the office: sealed anew for their mailbox, so that no key of the case's files leaves. */
import { RefusedError } from "../seal/errors.js";
import { SEEN_BYTES, seenKind } from "../office/files/kinds.js";
import type { FileName } from "../seal/envelope.js";
import { attachmentOf, openReport } from "./arrivals.js";
import { b64 } from "../seal/primitives.js";
import { sealAnew, sealMade } from "./files/anew.js";
import { keyring } from "./keyring.js";
import { told } from "./peers.js";
import "./protocol.js";
import { register } from "./registry.js";
import { writePost } from "./reports/writing.js";

interface Going {
  /** The case, base64url. */
  readonly thread: string;
  readonly mailbox: string;
  /** The file as the case names it, base64url. */
  readonly blob: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Seals a file of the open case anew, under the name that its reader gets; our server holds it whole when this answers. */
    "seal-file-anew": Act<Going & { readonly desk: string; readonly name: string }, null>;
    /** The message of the open mailbox that brings it; the answer is the parcel to post. */
    "write-file-anew": Act<Going & { readonly language: string }, Uint8Array>;
    /** Seals a picture or a PDF that was made of a file of an open report, with bars painted over it: a file of a note to come. */
    "seal-covered": Act<{ readonly thread: string; readonly blob: string; readonly bytes: Uint8Array }, FileName>;
  }
}

/** What was sealed since the keys were unlocked: sent again after an answer was lost, it is the same file. */
const sealedAnew = new Map<string, FileName>();

const nameOf = ({ thread, mailbox, blob }: Going): string => [thread, mailbox, blob].join(" ");

register("seal-file-anew", ({ desk, name, ...going }, { progress }) => told(async () => {
  const { thread, mailbox, blob } = going;
  if (sealedAnew.has(nameOf(going))) return null;
  const goal = { desk, path: `threads/${mailbox}/blobs/part` };
  sealedAnew.set(nameOf(going), await sealAnew({ ...attachmentOf(thread, blob), name }, thread, goal, progress));
  return null;
}));

register("write-file-anew", ({ language, ...going }) => {
  const file = sealedAnew.get(nameOf(going));
  if (file === undefined) throw new RefusedError("file-unsealed", "The file was not sealed for this mailbox. Please choose it again.");
  return writePost(openReport(going.mailbox), keyring(), { chain: "o", text: "", language, files: [file] });
});

register("seal-covered", ({ thread, blob, bytes }) => told(() => {
  const { name } = attachmentOf(thread, blob);
  const desk = b64(openReport(thread).sealed.desk);
  const { how, type } = seenKind(bytes.subarray(0, SEEN_BYTES));
  // Its own name stands, for those on the case: a helper gets it under a neutral one.
  return sealMade(bytes as Uint8Array<ArrayBuffer>, { name: `${name.replace(/\.[^.]*$/, "")}-covered.${how === "document" ? "pdf" : "jpg"}`, type }, { desk, path: `threads/${thread}/blobs/part` });
}));
