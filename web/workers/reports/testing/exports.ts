/** An export as a browser makes it, of a thread that a test files. */
import { promiseFields, signPromise } from "../../../ledger/promises.js";
import { writeArchive } from "../../../seal/archive.js";
import { archived, DOCUMENTS, envelopePlace, PAGE, writeDocuments, writeList, type ExportedCase, type ExportedFile, type ExportedPost } from "../../../seal/exportedcase.js";
import { write, type JsonObject } from "../../../seal/jsontext.js";
import { writeManifest } from "../../../seal/manifest.js";
import { b64, H, random, sign, utf8 } from "../../../seal/primitives.js";
import { recipientHash } from "../../../seal/recipients.js";
import { TODAY, type TestOffice } from "../../../seal/testing/office.js";
import { openThread } from "../opening.js";
import { readThread } from "../parcel.js";
import { unlocked, type TestThread } from "./desk.js";

export const PICTURE = utf8("a picture");

/** What a test changes of it. */
export interface Changes {
  list?: Partial<ExportedCase>;
  said?: JsonObject;
  /** Instead of the office's. */
  seed?: Uint8Array;
  documents?: Uint8Array;
  /** The act and its promise stay those of the export before the change. */
  stale?: boolean;
  file?: ExportedFile;
}

export async function partsOf(thread: TestThread, at: TestOffice): Promise<{ posts: ExportedPost[]; contents: Map<string, Uint8Array> }> {
  const opened = await openThread(readThread(thread.parcel()), unlocked(at, at.handler));
  const contents = new Map<string, Uint8Array>();
  const posts = opened.sealed.posts.map(({ chain, n, day, c, f, T, promise }): ExportedPost => {
    const envelope = opened.contents.get(`${chain}${n}`) ?? new Uint8Array();
    contents.set(envelopePlace({ chain, n }), envelope);
    return { chain, n, day, c, f, T, promise: promise && promiseFields(promise), hash: H(envelope) };
  });
  return { posts, contents };
}

export async function exported(thread: TestThread, at: TestOffice, change: Changes = {}): Promise<Uint8Array> {
  const { posts, contents } = await partsOf(thread, at);
  const page = utf8("%PDF-1.6"), documents = change.documents ?? writeDocuments(writeManifest(at.files), []);
  if (change.file?.part !== undefined) contents.set(change.file.part, PICTURE);
  contents.set(PAGE, page).set(DOCUMENTS, documents);
  const first: ExportedCase = {
    office: at.id, desk: at.desk, thread: thread.drop.mailbox.id, day: TODAY, by: at.handler.id, reason: "court", words: "Ninth chamber.", status: "case",
    audience: [recipientHash(at.epoch.recipient)], posts, files: change.file === undefined ? [] : [change.file], page: H(page), documents: H(documents), stood: undefined,
  };
  const list = { ...first, ...change.list };
  const read = Object.fromEntries(posts.map(({ chain, n }) => [chain, n]));
  const row = write({
    salt: b64(random(16)), time: `${TODAY}T10:00:00Z`,
    ...signed(write({ act: "export", subject: b64(first.thread), member: b64(at.handler.id), counter: 1, after: b64(H(writeList(change.stale === true ? first : list))), read, reason: list.reason, ...change.said }), at),
  });
  const promise = promiseFields(signPromise(at.id, H(row), TODAY, change.seed ?? at.promise));
  const held = new Map(contents);
  // Envelopes of a list that leaves some out, or has others, lie there as the list wants them.
  return writeArchive(archived(list, { row, promise }, held));
}

export function signed(what: Uint8Array, at: TestOffice): { what: string; sig: string } {
  return { what: new TextDecoder().decode(what), sig: b64(sign(at.handler.seed, "act", what)) };
}
