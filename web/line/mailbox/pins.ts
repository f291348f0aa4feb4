/** What this person's browser proved of the office on an earlier visit, held against what the server shows now. */
import type { DocumentName } from "../../seal/document";
import { SealError } from "../../seal/errors";
import { pinsOf, type VerifiedManifest } from "../../seal/manifest";
import type { Own } from "../../seal/own";
import type { Pins } from "../../seal/pins";
import { b64, same } from "../../seal/primitives";
import { fetchOwn } from "../own";
import { Refused, Unreachable } from "../wire";
import type { Opened } from "./proving";
import { checkpointsOf, remember } from "./record";

/** What lay in the place of the person's own notes. */
export interface LastVisit {
  readonly own: Own | null;
  /** False where the server did not answer, so that nothing may be written in its place either. */
  readonly read: boolean;
  /** True where something lies there that is not the person's own. */
  readonly foreign: boolean;
}

/** A document that is not what it was, or what must follow it. */
export interface Changed {
  /** As formats.md §3 names refusals. */
  readonly code: "root-fork" | "root-chain" | "charter-older" | "document-fork" | "sheet-old";
  /** Numbers seen before and shown now, where the number is what differs. */
  readonly numbers?: { readonly before: number; readonly now: number };
}

/** Reads what was kept, and lets the record be held against it. Never rejects: the mailbox itself is there. */
export async function lastVisit({ office, mailbox }: Opened): Promise<LastVisit> {
  try {
    const own = await fetchOwn(office.id, mailbox, office.office);
    if (own?.pins !== undefined) remember(office, own.pins.checkpoints);
    return { own, read: true, foreign: false };
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) return { own: null, read: false, foreign: false };
    if (error instanceof SealError) return { own: null, read: true, foreign: true };
    throw error;
  }
}

/**
 * What contradicts an earlier visit, or what the person's own report names: that stands in the mailbox itself, also where a
 * server keeps the notes of the last visit back.
 */
export function contradictions({ office: { manifest }, thread, raw }: Opened, { own }: LastVisit): readonly Changed[] {
  const { report } = thread;
  const sheets = report === undefined ? [] : [[b64(raw.desk), report.sheet] as const];
  const pinned = own?.pins;
  if (pinned !== undefined && !same(pinned.F, manifest.F)) return [{ code: "root-fork" }];
  const found = [
    ...pinned === undefined ? [] : [...ofRoot(pinned.root, manifest), ...ofCharter(pinned.charter, manifest), ...ofSheets(pinned.sheets, manifest)],
    ...ofCharter(report?.charter, manifest), ...ofSheets(new Map(sheets), manifest),
  ];
  return found.filter(({ code }, at) => found.findIndex((one) => one.code === code) === at);
}

/** What to keep for the next visit: what is proven now, or what was kept before where that does not fit together. */
export function pinsToKeep({ office }: Opened, { own }: LastVisit, changed: readonly Changed[]): Pins | undefined {
  if (changed.length > 0) return own?.pins;
  const { root, charter, sheets } = pinsOf(office.manifest);
  return { F: office.manifest.F, root, charter, sheets: sheets ?? new Map(), checkpoints: checkpointsOf(office) };
}

function ofRoot(pin: DocumentName | undefined, { roots, root }: VerifiedManifest): Changed[] {
  if (pin === undefined) return [];
  const now = roots[pin.number];
  if (now !== undefined && same(now.hash, pin.hash)) return [];
  return [now === undefined ? { code: "root-chain", numbers: { before: pin.number, now: root.number } } : { code: "root-chain" }];
}

function ofCharter(pin: DocumentName | undefined, { charter }: VerifiedManifest): Changed[] {
  if (pin === undefined) return [];
  if (charter.number < pin.number) return [{ code: "charter-older", numbers: { before: pin.number, now: charter.number } }];
  // Each names the one before it: of two in a row the second tells whether it follows the first.
  const then = charter.number === pin.number ? charter.hash : charter.number === pin.number + 1 ? charter.prev : pin.hash;
  return then !== undefined && same(then, pin.hash) ? [] : [{ code: "document-fork" }];
}

function ofSheets(pins: ReadonlyMap<string, DocumentName>, { sheetNames }: VerifiedManifest): Changed[] {
  return [...pins].flatMap(([desk, pin]): Changed[] => {
    const names = sheetNames.get(desk) ?? [];
    const newest = names.at(-1);
    // A desk that a newer charter does not name any more is gone, which the administrators have signed.
    if (newest === undefined) return [];
    if (newest.number < pin.number) return [{ code: "sheet-old", numbers: { before: pin.number, now: newest.number } }];
    const there = names.find(({ number }) => number === pin.number);
    return there === undefined || same(there.hash, pin.hash) ? [] : [{ code: "document-fork" }];
  });
}
