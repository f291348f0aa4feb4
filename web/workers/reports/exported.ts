/** A case that this office exported, opened again: held against the office's own documents and record, never believed. */

import { parseRow } from "../../ledger/acts.js";
import { readPromise, type Promised } from "../../ledger/promises.js";
import { parseFile } from "../../seal/document.js";
import { readEnvelope, type FileName } from "../../seal/envelope.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { DOCUMENTS, envelopePlace, MOST_POSTS, openExport, readDocuments, type ExportedFile, type ExportedPost, type LyingExport, type OpenedExport } from "../../seal/exportedcase.js";
import { asInteger, asObject } from "../../seal/fields.js";
import { inForce } from "../../seal/charter.js";
import { parseManifest } from "../../seal/manifest.js";
import { readNote } from "../../seal/notes.js";
import { b64, H, same } from "../../seal/primitives.js";
import { shownName } from "../../seal/shownname.js";
import type { Source } from "../../seal/source.js";
import type { Found } from "../../seal/thread.js";
import type { Keyring } from "../keyring.js";
import { checkEntry, judge, postAt, type Fault, type OpenThread } from "./opening.js";
import { CHAINS, type SealedPost, type SealedThread, type ThreadChain } from "./parcel.js";
import { checkPromised } from "./promised.js";

/** An export whose list the office has promised to its record. */
export interface ProvenExport {
  readonly opened: LyingExport;
  /** What may be believed of it, as of any thread; of its keys nothing is in the file. */
  readonly open: OpenThread;
  /** The office's promise of the act. */
  readonly promise: Promised;
}

/** A place of a chain. */
export interface Place {
  readonly chain: ThreadChain;
  readonly n: number;
}

/** What stands here beside what is in the file. */
export interface Compared {
  /** In the file, and not here. */
  readonly missing: readonly Place[];
  /** At the same place here lies something else. */
  readonly other: readonly Place[];
  /** How much has come here since. */
  readonly newer: number;
}

/**
 * @param progress - is told how far reading has come, from 0 to 1
 * @throws MalformedError `archive`, `export-…`, `json-…`
 * @throws RefusedError `export-hash`, `export-foreign` for another office's, `export-documents`, `export-act`
 * @throws LedgerError `promise-…`, `act-shape`
 */
export async function proveExport(from: Source, keys: Keyring, progress?: (part: number) => void): Promise<ProvenExport> {
  const opened = await openExport(from, progress);
  checkOffice(opened, keys);
  const { promise, read } = checkedAct(opened, keys);
  const { exported, contents } = opened;
  const sealed: SealedThread = {
    thread: exported.thread, desk: exported.desk, day: firstDay(exported.posts, exported.day), status: exported.status, until: undefined,
    epoch: undefined, generation: undefined, heads: read, posts: exported.posts.map(claimedOf), marks: read, doings: [], case: undefined,
  };
  const faults: Fault[] = [], found: Found[] = [];
  for (const post of sealed.posts) {
    const { chain, n, day } = post;
    try {
      const bytes = contents.get(envelopePlace(post)) ?? new Uint8Array();
      checkEntry(post, sealed, keys);
      // What the act's author had not read cannot have been taken out with it.
      if (!same(readEnvelope(bytes).c, post.c) || n > (read.get(chain) ?? -1)) throw new RefusedError("content", "This is not the file that was acknowledged.");
      found.push({ chain, n, bytes, day });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      faults.push({ chain, n, day, code: error.code });
    }
  }
  const { thread, posts, faults: judged } = await judge(sealed, found, keys, {
    office: keys.office, desk: exported.desk, thread: exported.thread, side: "office", own: exported.audience, audience: exported.audience,
    charterOf: inForce([keys.manifest.charter, ...keys.earlier]), inCase: true, readNote,
  });
  return {
    opened, promise,
    open: { sealed, thread, posts, faults: [...faults, ...judged], contents: new Map(), caseKeys: undefined },
  };
}

/** Whether the last keys that are in the file were made for this member too. */
export function isNamed({ open }: ProvenExport, member: Uint8Array): boolean {
  return open.thread.handover?.people.some((id) => same(id, member)) === true;
}

/** Both are proven by themselves; here it is only asked whether they are of one piece. */
export function compared({ open: { sealed } }: ProvenExport, here: OpenThread): Compared {
  const all = sealed.posts.map((post) => ({ post, there: postAt(here.sealed, post.chain, post.n) }));
  const placed = ({ post: { chain, n } }: { readonly post: Place }): Place => ({ chain, n });
  const newer = CHAINS.reduce((sum, chain) => sum + Math.max(0, (here.sealed.heads.get(chain) ?? -1) - (sealed.heads.get(chain) ?? -1)), 0);
  return {
    missing: all.filter(({ there }) => there === undefined).map(placed),
    other: all.filter(({ post, there }) => there !== undefined && !same(there.c, post.c)).map(placed), newer,
  };
}

/** The attachment as a proven post of the case names it, if one does. Its bytes are the word of who took the case out. */
export function attached({ open: { posts } }: ProvenExport, { blob, name, size }: ExportedFile): FileName | undefined {
  return posts.flatMap((post) => post.envelope.header.files ?? [])
    .find((one) => same(one.blob, blob) && shownName(one.name) === name && one.size === size);
}

/** Our own documents prove what is in it; those in the file must be among them, or it is not of this office. */
function checkOffice({ exported, contents }: OpenedExport, keys: Keyring): void {
  const { manifest, charters } = readDocuments(contents.get(DOCUMENTS) ?? new Uint8Array());
  const { roots: [first], charter } = parseManifest(manifest);
  if (!same(exported.office, keys.office) || first === undefined || !same(H(first.doc), keys.manifest.F)) {
    throw new RefusedError("export-foreign", "This is the export of another office.");
  }
  const ours = [keys.manifest.charter, ...keys.earlier];
  if (![charter, ...charters.map(parseFile)].every(({ doc }) => ours.some(({ hash }) => same(hash, H(doc))))) {
    throw new RefusedError("export-documents", "The file holds a charter that this office's documents do not lead to.");
  }
}

/** The list against the act, and the act against the office's own promise of it. */
function checkedAct({ exported, record, digest }: OpenedExport, keys: Keyring): { readonly promise: Promised; readonly read: ReadonlyMap<string, number> } {
  const promise = readPromise(record.promise);
  checkPromised(promise, keys);
  const { act, leaf } = parseRow(record.row);
  const said = act.member !== undefined && act.after !== undefined && same(act.member, exported.by) && same(act.after, digest)
    && act.act === "export" && act.subject === b64(exported.thread) && act.fields["reason"] === exported.reason;
  if (!said || !same(promise.office, keys.office) || !same(promise.leaf, leaf)) throw otherAct();
  const read = Object.entries(asObject(act.fields["read"] ?? null)).map(([chain, n]) => [chain, asInteger(n)] as const);
  if (!read.every(([chain, n]) => CHAINS.some((one) => one === chain) && n < MOST_POSTS)) throw otherAct();
  return { promise, read: new Map(read) };
}

function claimedOf({ chain, n, day, c, f, T, promise }: ExportedPost): SealedPost {
  return { chain, n, day, c, f, T, promise: promiseOf(promise), hashes: [], file: undefined, anew: true };
}

/** A promise that is none is one that is missing: that post is red, and the rest stays readable. */
function promiseOf(value: ExportedPost["promise"]): Promised | undefined {
  if (value === undefined) return undefined;
  try {
    return readPromise(value);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function firstDay(posts: readonly ExportedPost[], otherwise: string): string {
  return posts.reduce((first, { day }) => (day < first ? day : first), posts[0]?.day ?? otherwise);
}

function otherAct(): RefusedError {
  return new RefusedError("export-act", "The office's record names another export than this one.");
}
