/**
 * Files that go along with a referral: opened here and sealed anew under keys of their own for the other office's desk. Parts
 * go to our own server, which keeps them until that office has promised the report. No key of a file leaves this worker.
 */
import { Attachment, attachmentHash, attachmentShape, beginAttachment, blobAuth, partHash, sealPartFast } from "../seal/attachment.js";
import type { FileName } from "../seal/envelope.js";
import { RefusedError } from "../seal/errors.js";
import { writeParcel } from "../seal/parcel.js";
import { b64 } from "../seal/primitives.js";
import { attachmentOf } from "./arrivals.js";
import { fetchedPart } from "./files.js";
import { keyring } from "./keyring.js";
import { asked, told } from "./peers.js";
import "./protocol.js";
import { register } from "./registry.js";

interface Passing {
  readonly thread: string;
  /** The file as the open report names it, base64url. */
  readonly blob: string;
  /** The other office's desk. */
  readonly desk: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Seal a file of the open report anew for another office's desk; our server holds it whole when this answers. */
    "pass-file": Act<Passing, null>;
    /** They are on their way: another referral gets files of its own. */
    "files-passed": Act<{ readonly thread: string; readonly desk: string }, null>;
  }
}

/** What was sealed since the keys were unlocked: asked again for the same, it is the same file. */
const passed = new Map<string, FileName>();

register("pass-file", ({ thread, blob, desk }, { progress }) => told(async () => {
  const key = [thread, blob, desk].join(" ");
  if (passed.has(key)) return null;
  const named = attachmentOf(thread, blob);
  const upload = await beginAttachment(named.size);
  const { parts } = attachmentShape(named.size);
  const head = { v: 1, blob: b64(upload.blob), auth: b64(blobAuth(upload.seed, upload.blob)), desk, parts };
  const address = `${globalThis.location.origin}/api/at/${b64(keyring().office)}/threads/${thread}/referrals/parts`;
  const hashes: Uint8Array[] = [];
  // Read whole and held against its hash: what the report does not name is not passed on.
  for await (const content of new Attachment(named, (part) => fetchedPart(thread, blob, part)).whole()) {
    const part = hashes.length;
    const sealed = await sealPartFast(upload, part, content);
    hashes.push(await partHash(sealed));
    await asked(address, writeParcel({ ...head, part }, [{ as: "part", bytes: sealed }]), "application/octet-stream");
    progress((part + 1) / parts);
  }
  const { name, type, size } = named;
  passed.set(key, { blob: upload.blob, seed: upload.seed, hash: attachmentHash(hashes), size, name, type });
  return null;
}));

register("files-passed", ({ thread, desk }) => {
  for (const key of [...passed.keys()]) if (key.startsWith(`${thread} `) && key.endsWith(` ${desk}`)) passed.delete(key);
  return null;
});

/** As it was sealed for that desk. Throws `RefusedError` `file-unsealed`. */
export function sealedFor(thread: string, blob: string, desk: string): FileName {
  const found = passed.get([thread, blob, desk].join(" "));
  if (found === undefined) throw new RefusedError("file-unsealed", "A file was not sealed for that office. Please choose it again.");
  return found;
}
