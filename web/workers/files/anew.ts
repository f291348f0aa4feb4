/** A file of the open report under a key of its own for somebody else: read whole, checked, and sealed once more. */
import { Attachment, attachmentHash, attachmentShape, beginAttachment, blobAuth, PART_BYTES, partHash, partSpan, sealPartFast } from "../../seal/attachment.js";
import type { FileName } from "../../seal/envelope.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64 } from "../../seal/primitives.js";
import type { Source } from "../../seal/source.js";
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
export function sealAnew(named: FileName, thread: string, goal: Goal, progress: (part: number) => void): Promise<FileName> {
  return sealParts(named, new Attachment(named, (part) => fetchedPart(thread, b64(named.blob), part)).whole(), goal, progress);
}

/** Seals what lies elsewhere, a part at a time. Throws `Refused`, and what the source throws. */
export function sealFrom(from: Source, { name, type }: Pick<FileName, "name" | "type">, goal: Goal, progress: (part: number) => void): Promise<FileName> {
  return sealParts({ name, type, size: from.size }, filling(from), goal, progress);
}

/** Of zeros alone a part has nothing of the file. */
async function* filling(from: Source): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const shape = attachmentShape(from.size);
  for (let part = 0; part < shape.parts; part += 1) {
    const { start, stop } = partSpan(shape, part);
    yield await from.read(start, stop - start);
  }
}

/** Seals a file that was made here. Throws `Refused`. */
export function sealMade(
  bytes: Uint8Array<ArrayBuffer>, { name, type }: Pick<FileName, "name" | "type">, goal: Goal, progress: (part: number) => void = () => undefined,
): Promise<FileName> {
  const parts = Array.from({ length: attachmentShape(bytes.length).parts }, (_one, part) => bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
  return sealParts({ name, type, size: bytes.length }, parts, goal, progress);
}

async function sealParts(
  { name, type, size }: Pick<FileName, "name" | "type" | "size">, contents: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>,
  { desk, path }: Goal, progress: (part: number) => void,
): Promise<FileName> {
  const upload = await beginAttachment(size);
  const { parts } = attachmentShape(size);
  const head = { v: 1, blob: b64(upload.blob), auth: b64(blobAuth(upload.seed, upload.blob)), desk, parts };
  const address = `${globalThis.location.origin}/api/at/${b64(keyring().office)}/${path}`;
  const hashes: Uint8Array[] = [];
  for await (const content of contents) {
    const part = hashes.length;
    const sealed = await sealPartFast(upload, part, content);
    hashes.push(await partHash(sealed));
    await asked(address, writeParcel({ ...head, part }, [{ as: "part", bytes: sealed }]), "application/octet-stream");
    progress((part + 1) / parts);
  }
  return { blob: upload.blob, seed: upload.seed, hash: attachmentHash(hashes), size, name, type };
}
