/**
 * A worker that seals parts of files, several of them side by side. It reads a part from the file, seals it, hashes it,
 * and keeps nothing: memory does not grow with the file. While one part is sealed, the browser reads the next and hashes the last.
 */
import { attachmentHash, attachmentShape, beginAttachment, checkUpload, partHash, partSpan, sealPartFast } from "../seal/attachment.js";
import { SealError } from "../seal/errors.js";
import type { Answers, Ask, Asked, Reply, SealedPart } from "./sealing-protocol.js";

class UnreadableError extends Error {}

async function partOf({ upload, part, file }: Ask & { readonly do: "part" }): Promise<SealedPart> {
  const { start, stop } = partSpan(attachmentShape(upload.size), part);
  let content: Uint8Array<ArrayBuffer>;
  try {
    content = new Uint8Array(await file.slice(start, stop).arrayBuffer());
  } catch {
    throw new UnreadableError();
  }
  if (content.length !== stop - start) throw new UnreadableError();
  const bytes = await sealPartFast(upload, part, content);
  return { bytes, hash: await partHash(bytes) };
}

function answer(ask: Ask): Promise<Answers[Ask["do"]]> | Answers[Ask["do"]] {
  switch (ask.do) {
    case "begin": return beginAttachment(ask.size);
    case "check": return checkUpload(ask.upload);
    case "part": return partOf(ask);
    case "whole": return attachmentHash(ask.hashes);
  }
}

async function reply({ id, ask }: Asked): Promise<void> {
  const send = (said: Reply, given: Transferable[] = []): void => { globalThis.postMessage(said, { transfer: given }); };
  try {
    const told = await answer(ask);
    // The bytes are handed over, not copied.
    send({ id, answer: told }, "bytes" in told ? [told.bytes.buffer] : []);
  } catch (error) {
    send({ id, failed: error instanceof UnreadableError ? "unreadable" : error instanceof SealError ? error.code : "fault" });
  }
}

globalThis.addEventListener("message", (event: MessageEvent<Asked>) => { void reply(event.data); });
