import type { Charter } from "./charter.js";
import { checkSignature, type Chain, type Envelope } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { b64, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import { proveEntry, type Entry } from "./roster.js";

/** Where an envelope was found: it must say the same of itself. */
export interface Where {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  readonly chain?: Chain | undefined;
  readonly n?: number | undefined;
}

/** @throws RefusedError `envelope-place` */
export function checkPlace({ header }: Envelope, where: Where): void {
  const here = same(header.office, where.office) && same(header.desk, where.desk)
    && same(header.thread, where.thread) && header.chain === where.chain && header.n === where.n;
  if (!here) throw new RefusedError("envelope-place", "This was written for another place than where it was found.");
}

/**
 * Whoever reads must be among those the author sealed for, and so must nobody that nothing proves: a copy for a
 * stranger is how a mailbox is tapped.
 *
 * @param own - H of the recipients this reader opens with
 * @param proven - H of all recipients that sheets, handovers, rekeys or acts prove, in base64url
 * @throws RefusedError `envelope-audience`
 */
export function checkAudience(
  { header }: Envelope, own: readonly Uint8Array[], proven: ReadonlySet<string>,
): void {
  const mine = new Set(own.map(b64));
  const to = header.to.map(b64);
  if (!to.some((hash) => mine.has(hash)) || to.some((hash) => !mine.has(hash) && !proven.has(hash))) {
    throw new RefusedError("envelope-audience", "This was sealed for somebody whom nothing proves, or not for its reader.");
  }
}

/** @throws RefusedError `envelope-author`, `envelope-signature` unless this reporting person wrote it */
export function proveReporter(envelope: Envelope, key: Uint8Array): void {
  const { by } = envelope.header;
  if (by.key === undefined || !same(by.key, key)) throw notAuthor();
  checkSignature(envelope, key);
}

/**
 * The member who wrote it.
 *
 * @param charterOf - the proven charter of a number: the one in force, or that of the promise's day
 * @param entitled - whether this member may write here
 * @throws RefusedError `envelope-author`, `envelope-signature`, `roster-proof`
 */
export function proveMember(
  envelope: Envelope,
  charterOf: (number: number) => Proven<Charter> | undefined,
  entitled: (entry: Proven<Entry>) => boolean,
): Proven<Entry> {
  const { by } = envelope.header;
  if (by.entry === undefined) throw notAuthor();
  const charter = charterOf(by.proof.charter);
  if (charter === undefined) throw notAuthor();
  const entry = proveEntry(by.entry, by.proof, charter);
  if (!entitled(entry)) throw notAuthor();
  checkSignature(envelope, entry.sign);
  return entry;
}

/** @throws RefusedError `envelope-author`, `envelope-signature` unless the record's key wrote it */
export function proveRecord(envelope: Envelope, key: Uint8Array): void {
  const { by } = envelope.header;
  if (by.record === undefined || !same(by.record, key)) throw notAuthor();
  checkSignature(envelope, key);
}

export function notAuthor(): RefusedError {
  return new RefusedError("envelope-author", "Whoever wrote this may not write here.");
}
