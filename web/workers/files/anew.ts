/** A file of the open report under a key of its own for somebody else: read whole, checked, and sealed once more. */
import { Attachment, attachmentHash, attachmentShape, beginAttachment, blobAuth, partHash, sealPartFast } from "../../seal/attachment.js";
import type { FileName } from "../../seal/envelope.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64 } from "../../seal/primitives.js";
import { fetchedPart } from "../files.js";
import { keyring } from "../keyring.js";
import { asked } from "../peers.js";

/** Where its parts go. */
export interface Goal {
  /** Desk id, base64url. */
  readonly desk: string;
  /** Of the address, below this office's. */
  readonly path: string;
}

/**
 * Seals it anew and sends its parts, a part at a time; the server holds it whole when this resolves.
 *
 * @param thread - base64url, of the report that names it
 * @throws Refused, and what reading an attachment throws: what the report does not name goes nowhere
 */
export async function sealAnew(named: FileName, thread: string, { desk, path }: Goal, progress: (part: number) => void): Promise<FileName> {
  const upload = await beginAttachment(named.size);
  const { parts } = attachmentShape(named.size);
  const head = { v: 1, blob: b64(upload.blob), auth: b64(blobAuth(upload.seed, upload.blob)), desk, parts };
  const address = `${globalThis.location.origin}/api/at/${b64(keyring().office)}/${path}`;
  const hashes: Uint8Array[] = [];
  for await (const content of new Attachment(named, (part) => fetchedPart(thread, b64(named.blob), part)).whole()) {
    const part = hashes.length;
    const sealed = await sealPartFast(upload, part, content);
    hashes.push(await partHash(sealed));
    await asked(address, writeParcel({ ...head, part }, [{ as: "part", bytes: sealed }]), "application/octet-stream");
    progress((part + 1) / parts);
  }
  const { name, type, size } = named;
  return { blob: upload.blob, seed: upload.seed, hash: attachmentHash(hashes), size, name, type };
}
