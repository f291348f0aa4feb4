/**
 * Attachments in the worker that holds the keys. A file's own key is used here and stays here; what leaves are pieces in
 * clear, for whoever holds the name under which a page has opened the file, and nothing once this worker has ended.
 */
import { isPlayed, type Kind } from "../office/files/kinds.js";
import type { FetchPart } from "../seal/attachment.js";
import type { FileName } from "../seal/envelope.js";
import { RefusedError, SealError } from "../seal/errors.js";
import { b64, random } from "../seal/primitives.js";
import { VIEWED_BYTES_MAX } from "../seal/limits.gen.js";
import { shownName } from "../seal/shownname.js";
import { attachmentOf } from "./arrivals.js";
import { PIECE, type Given } from "./files/asking.js";
import { OpenFile, type Checked, type Reading } from "./files/openfile.js";
import { readRange } from "./files/range.js";
import { keyring } from "./keyring.js";
import { register } from "./registry.js";

declare module "./protocol.js" {
  interface Acts {
    /** Open an attachment of a report that is open: its name for further questions, and what its first bytes say. */
    "file-open": Act<{ readonly thread: string; readonly blob: string }, { readonly token: string; readonly kind: Kind }>;
    /** A piece for a player or a download, as the service worker asks for it. */
    "file-piece": Act<{ readonly token: string; readonly range: string | null }, Given>;
    /** All of a file, for a viewer; refused where it is too large for one. */
    "file-whole": Act<{ readonly token: string }, Uint8Array>;
    /** How far it has been read, and whether the whole is what was sent. */
    "file-reading": Act<{ readonly token: string }, Reading>;
    /** Read the rest, so that the whole can be checked. */
    "file-check": Act<{ readonly token: string }, Checked>;
    "file-close": Act<{ readonly token: string }, null>;
  }
}

interface Held {
  readonly file: OpenFile;
  readonly type: string;
}

const held = new Map<string, Held>();

register("file-open", ({ thread, blob }) => holdFile(attachmentOf(thread, blob), (part) => fetchedPart(thread, blob, part)));

/** Holds a file open whose own key an envelope gave, for whoever is told its token. */
export async function holdFile(named: FileName, fetchPart: FetchPart): Promise<{ readonly token: string; readonly kind: Kind }> {
  const file = new OpenFile(named, fetchPart);
  const kind = await file.kind();
  const token = b64(random(16));
  held.set(token, { file, type: isPlayed(kind.how) ? kind.type : "" });
  return { token, kind };
}

register("file-piece", async ({ token, range }, { transfer }): Promise<Given> => {
  const one = held.get(token);
  if (one === undefined) return { gives: "nothing" };
  const { size, name } = one.file.file;
  const wanted = size === 0 ? { start: 0, stop: 0 } : readRange(range, size, PIECE);
  if (wanted === undefined) return { gives: "outside", size };
  const bytes = await one.file.read(wanted.start, wanted.stop);
  transfer(bytes.buffer);
  return { gives: "piece", start: wanted.start, bytes, size, type: one.type, name: shownName(name) };
});

register("file-whole", async ({ token }, { progress, transfer }) => {
  const { file } = open(token);
  if (file.file.size > VIEWED_BYTES_MAX) throw new RefusedError("file-large", "This file is too large for the viewer.");
  const bytes = await file.whole(progress);
  transfer(bytes.buffer);
  return bytes;
});

register("file-reading", ({ token }) => open(token).file.reading);
register("file-check", ({ token }, { progress }) => open(token).file.checkAll(progress));
register("file-close", ({ token }) => {
  held.delete(token);
  return null;
});

function open(token: string): Held {
  const one = held.get(token);
  if (one === undefined) throw new RefusedError("file-closed", "This file is not open any more.");
  return one;
}

export function fetchedPart(thread: string, blob: string, part: number): Promise<Uint8Array> {
  return fetched(`threads/${thread}/blobs/${blob}/parts/${part}`);
}

/** Of the file that goes with a document which was given to this member. */
export function fetchedGivenPart(copy: string, part: number): Promise<Uint8Array> {
  return fetched(`given/${copy}/parts/${part}`);
}

/** Parts come by the session's cookie; a server that answers with anything else has told why. */
async function fetched(path: string): Promise<Uint8Array> {
  const address = `${globalThis.location.origin}/api/at/${b64(keyring().office)}/${path}`;
  let answer: Response;
  try {
    answer = await fetch(address, { cache: "no-store" });
  } catch {
    throw new SealError("file-offline", "The server did not answer. Nothing was lost; please try again.");
  }
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  if (answer.status >= 500) throw new SealError("file-offline", "The server did not answer. Nothing was lost; please try again.");
  if (answer.status === 401) throw new SealError("signed-out", "Your session has ended. Nothing was lost; please sign in again.");
  throw new SealError("file-gone", "The server has this file no more, or does not give it to you.");
}
