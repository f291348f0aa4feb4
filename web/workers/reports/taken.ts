/**
 * An exported case that the office does not know any more, taken in as a case of its own (docs/formats.md §15): born as an
 * opened mailbox is, of which nobody keeps the code; the file lies in it as an attachment, and its first note says of what
 * export it is. Whoever opens it from there proves the file as whoever has it on a disk.
 */
import { promiseFields } from "../../ledger/promises.js";
import type { FileName } from "../../seal/envelope.js";
import { RefusedError } from "../../seal/errors.js";
import { writeRecord } from "../../seal/exportedcase.js";
import { writeNote } from "../../seal/notes.js";
import { writeParcel } from "../../seal/parcel.js";
import { postParcel, sealPost } from "../../seal/post.js";
import { b64, H, same } from "../../seal/primitives.js";
import type { Source } from "../../seal/source.js";
import type { Taken } from "../../seal/taken.js";
import type { Post } from "../../seal/thread.js";
import { signAct } from "../acts.js";
import type { Keyring } from "../keyring.js";
import { proveExport, type ProvenExport } from "./exported.js";
import { born, GENERATION } from "./mailboxes.js";
import { openingOf, type OpenThread } from "./opening.js";

/** Purpose of such a mailbox. */
export const TAKEN_IN = "taken in";
/** How the file is called in it. */
export const ARCHIVE = { name: "case.zip", type: "application/zip" };

export interface TakingWish {
  readonly desk: string;
  readonly until: string;
  /** Ids of those who hold it, base64url; two at least, this member among them. */
  readonly people: readonly string[];
  /** Ids of members whom the reporting person named as not to see it, base64url. */
  readonly barred: readonly string[];
  /** The first words of the report, for the list. */
  readonly title: string;
  readonly counter: number;
  /** The archive, as it was sealed and sent. */
  readonly file: FileName;
}

/** The note of a case that was taken in, and the file that it names. */
export interface TakenNote {
  readonly taken: Taken;
  /** First words of the report, in its language. */
  readonly title: string;
  readonly language: string;
  readonly file: FileName;
  readonly post: Post;
}

/** @throws RefusedError `keys-people`, `keys-barred`, `custodian` */
export async function composeTaking(
  keys: Keyring, { opened: { exported, record, digest }, open, promise }: ProvenExport, wish: TakingWish,
): Promise<{ readonly thread: Uint8Array; readonly parcel: Uint8Array }> {
  const { report } = open.thread;
  const made = await born(keys, { ...wish, purpose: TAKEN_IN, ends: false, told: [] });
  const { thread, newest } = made;
  const note = await sealPost({
    ...made.shared, kind: "note", chain: "i", n: 0, files: [wish.file],
    body: writeNote({
      text: wish.title, language: report?.language ?? "en",
      taken: { from: exported.thread, day: exported.day, list: digest, row: record.row, promise: promiseFields(promise), mustNotSee: report?.mustNotSee ?? [] },
    }),
  });
  const act = signAct(keys.vault.sign, keys.member, wish.counter, {
    act: "take in", subject: thread, after: made.recipient, more: {
      keys: b64(made.c), people: [...wish.people].sort(), from: b64(exported.thread), list: b64(digest), export: b64(H(record.row)), note: b64(note.c),
    },
  });
  const parcel = writeParcel(
    { v: 1, c: b64(made.c), people: [...wish.people], recipient: b64(made.recipient), act: { ...act }, row: b64(record.row), promise: promiseFields(promise) },
    [...made.files, { as: "note", bytes: postParcel(note, { thread, heads: { o: newest }, audience: { generation: GENERATION } }) }],
  );
  return { thread, parcel };
}

/** What the first note of a case says that was taken in; undefined of any other, whatever its notes say. */
export function takenOf({ thread }: Pick<OpenThread, "thread">): TakenNote | undefined {
  if (openingOf(thread)?.purpose !== TAKEN_IN) return undefined;
  const post = thread.posts.find(({ chain, n }) => chain === "i" && n === 0);
  const [file, ...more] = post?.envelope.header.files ?? [];
  if (post?.kind !== "note" || post.body.taken === undefined || file === undefined || more.length > 0) return undefined;
  return { taken: post.body.taken, title: post.body.text, language: post.body.language, file, post };
}

/**
 * Proves the archive of a case that was taken in, and that it is the one that its note names.
 *
 * @throws RefusedError `taken-none`, `taken-other`; and as `proveExport`
 */
export async function proveTaken(open: OpenThread, from: Source, keys: Keyring, progress?: (part: number) => void): Promise<ProvenExport> {
  const taken = takenOf(open)?.taken;
  if (taken === undefined) throw noneTaken();
  const proven = await proveExport(from, keys, progress);
  const { exported, record, digest } = proven.opened;
  const said = { row: taken.row, promise: taken.promise };
  if (!same(exported.thread, taken.from) || exported.day !== taken.day || !same(digest, taken.list)
    || !same(writeRecord({ row: record.row, promise: promiseFields(proven.promise) }), writeRecord(said))) {
    throw new RefusedError("taken-other", "The file in this case is not the export that its first note names.");
  }
  return proven;
}

export function noneTaken(): RefusedError {
  return new RefusedError("taken-none", "This case does not say of which export it was taken in.");
}
