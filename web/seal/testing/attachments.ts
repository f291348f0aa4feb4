import { Attachment, attachmentHash, attachmentShape, blobAuth, checkUpload, partSpan, sealPart, type Upload } from "../attachment.js";
import { H, join } from "../primitives.js";
import { keptName, keptType, shownName } from "../shownname.js";

import type { Input, Operation } from "./input.js";

/** A content of which no two chunks are alike, as `vectors/README.md` says. */
function pattern({ start, stop }: { start: number; stop: number }): Uint8Array {
  const out = new Uint8Array(stop - start);
  for (let i = start; i < stop; i += 1) out[i - start] = i + Math.floor(i / 256) + Math.floor(i / 65536);
  return out;
}

function upload(i: Input): Upload {
  return {
    blob: new Uint8Array(16), seed: i.has("seed") ? i.bytes("seed") : new Uint8Array(32), fileKey: i.bytes("file_key"),
    start: i.bytes("start"), size: i.number("size"),
  };
}

function sealed(one: Upload, part: number): Uint8Array {
  return sealPart(one, part, pattern(partSpan(attachmentShape(one.size), part)));
}

/** The file as its parts lie there, spoilt as the case says. */
function attachment(i: Input): Attachment {
  const one = upload(i);
  const parts = Array.from({ length: attachmentShape(one.size).parts }, (_, part) => sealed(one, part));
  const whole = attachmentHash(parts.map(H));
  const at = (part: number): Uint8Array => parts[part] ?? new Uint8Array(0);
  for (const spoil of i.has("spoil") ? i.objects("spoil") : []) {
    const part = spoil.number("part");
    const changed = at(part).slice();
    switch (spoil.text("how")) {
      case "flip": {
        const place = (spoil.number("at") + changed.length) % changed.length;
        changed[place] = (changed[place] ?? 0) ^ 1;
        parts[part] = changed;
        break;
      }
      case "cut":
        parts[part] = changed.subarray(0, -spoil.number("by"));
        break;
      default:
        parts[part] = at(spoil.number("other"));
    }
  }
  const file = {
    blob: one.blob, seed: i.has("opener") ? i.bytes("opener") : one.seed, name: "", type: "",
    hash: i.has("misnamed") ? new Uint8Array(32) : whole, size: i.has("claimed") ? i.number("claimed") : one.size,
  };
  return new Attachment(file, (part) => Promise.resolve(at(part)));
}

function told(content: Uint8Array): { size: number; hash: Uint8Array } {
  return { size: content.length, hash: H(content) };
}

export const ATTACHMENTS: Readonly<Record<string, Operation>> = {
  "shape": (i) => {
    const { padded, chunks, parts } = attachmentShape(i.number("size"));
    return { padded, chunks, parts };
  },
  "blob-auth": (i) => blobAuth(i.bytes("seed"), i.bytes("blob")),
  "attachment-hash": (i) => attachmentHash(i.all("hashes")),
  "check-upload": (i) => {
    checkUpload(upload(i));
    return true;
  },
  "seal-part": (i) => told(sealed(upload(i), i.number("part"))),
  "read-range": async (i) => told(await attachment(i).read(i.number("from"), i.number("to"))),
  "read-whole": async (i) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of attachment(i).whole()) pieces.push(piece);
    return told(join(...pieces));
  },
  "shown-name": (i) => shownName(i.text("name")),
  "kept-name": (i) => keptName(i.text("name")),
  "kept-type": (i) => keptType(i.text("type")),
};
