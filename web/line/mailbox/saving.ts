/** A file of the conversation, part by part: opened and checked in this page, and only where somebody asks for it. */
import { attachmentHash, attachmentShape, openHead, openPart, partHash, type Opened as OpenedHead } from "../../seal/attachment";
import type { FileName } from "../../seal/envelope";
import { RefusedError } from "../../seal/errors";
import { write } from "../../seal/jsontext";
import { b64, same } from "../../seal/primitives";
import { addressOf, post } from "../wire";
import type { Opened } from "./proving";

/** This page has no service worker, so a file is in its memory until it is saved; phones have little. */
export const SAVED_MOST = 250_000_000;
/** Larger pictures are saved and looked at with a program that is made for them. */
export const SHOWN_MOST = 30_000_000;

const PATIENCE = 360_000;

/**
 * Fetches and opens the whole; resolves with its pieces in order.
 *
 * @param told - how many bytes have come
 * @throws RefusedError `attachment-hash` where it is not what the message names; what age files refuse; Refused, Unreachable
 */
export async function whole(
  { office, mailbox }: Pick<Opened, "office" | "mailbox">, file: FileName, told: (bytes: number) => void, signal: AbortSignal,
): Promise<Blob[]> {
  const { parts } = attachmentShape(file.size);
  const [pieces, hashes]: [Blob[], Uint8Array[]] = [[], []];
  let head: OpenedHead | undefined;
  let come = 0;
  for (let part = 0; part < parts; part += 1) {
    const asked = write({ v: 1, id: b64(mailbox.id), auth: b64(mailbox.auth), blob: b64(file.blob), part });
    const sealed = await post(addressOf(office.id, "mailbox/part"), asked, "json", { signal, patience: PATIENCE });
    hashes.push(await partHash(sealed as Uint8Array<ArrayBuffer>));
    head ??= await openHead(file, sealed);
    const piece = openPart(head, part, sealed);
    // As a Blob, which browsers lay aside where memory is short.
    pieces.push(new Blob([piece]));
    come += piece.length;
    told(Math.min(come, file.size));
  }
  if (!same(attachmentHash(hashes), file.hash)) throw new RefusedError("attachment-hash", "The file is not the one that the message names.");
  return pieces;
}
