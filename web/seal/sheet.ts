import type { Charter, Desk } from "./charter.js";
import type { DocumentFile, DocumentName } from "./document.js";
import { countSigners } from "./document.js";
import { RefusedError } from "./errors.js";
import { asText, whole } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { b64, H, same } from "./primitives.js";
import { asProven, type Proven } from "./proven.js";
import { checkRecipient, type Recipient } from "./recipients.js";
import { hasRole, proveEntry } from "./roster.js";

/** A desk's sheet: the epoch and the recipient that reports are sealed to now. */
export interface Sheet {
  readonly doc: Uint8Array;
  readonly hash: Uint8Array;
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly number: number;
  readonly prev: Uint8Array | undefined;
  /** Why this sheet follows the last one, shown to whoever reports meanwhile. */
  readonly reason: string;
  readonly open: boolean;
  readonly epoch: number;
  readonly recipient: Recipient;
  readonly form: Uint8Array;
  readonly profile: Uint8Array;
}

export function readSheet(doc: Uint8Array): Sheet {
  return whole(parse(doc), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "sheet");
    return {
      doc,
      hash: H(doc),
      office: fields.id("office"),
      desk: fields.id("desk"),
      number: fields.integer("number"),
      prev: fields.has("prev") ? fields.hash("prev") : undefined,
      reason: fields.text("reason"),
      open: fields.flag("open"),
      epoch: fields.integer("epoch"),
      recipient: fields.read("recipient", (value) => checkRecipient(asText(value))),
      form: fields.hash("form"),
      profile: fields.hash("profile"),
    };
  });
}

export function writeSheet(sheet: Omit<Sheet, "doc" | "hash">): Uint8Array {
  return write({
    v: 1, kind: "sheet", office: b64(sheet.office), desk: b64(sheet.desk), number: sheet.number,
    ...(sheet.prev && { prev: b64(sheet.prev) }),
    reason: sheet.reason, open: sheet.open, epoch: sheet.epoch, recipient: sheet.recipient,
    form: b64(sheet.form), profile: b64(sheet.profile),
  });
}

/**
 * Prove a desk's sheets: the first is the least one that the charter names, each further one is chained to it
 * and signed by a lead of the charter in force. The last is the newest.
 *
 * @param pin - number and hash of the newest sheet seen before
 * @throws RefusedError `sheet-old`, `sheet-office`, `sheet-desk`, `sheet-signer`, `roster-proof`, `document-fork`
 */
export function proveSheets(
  files: readonly DocumentFile[], desk: Desk & { sheet: DocumentName }, charter: Proven<Charter>, pin?: DocumentName,
): readonly Proven<Sheet>[] {
  const chain: Proven<Sheet>[] = [];
  for (const file of files) {
    const sheet = readSheet(file.doc);
    if (!same(sheet.office, charter.office)) {
      throw new RefusedError("sheet-office", "A desk's sheet is of another office.");
    }
    if (!same(sheet.desk, desk.id)) throw new RefusedError("sheet-desk", "A desk's sheet is of another desk.");
    const before = chain.at(-1);
    if (before === undefined) checkLeast(sheet, desk.sheet);
    else {
      checkNext(sheet, before);
      checkSigner(file, sheet, charter);
    }
    chain.push(asProven(sheet));
  }
  const newest = chain.at(-1);
  if (newest === undefined) throw old();
  const pinned = chain.find((sheet) => sheet.number === pin?.number);
  if (pin !== undefined) {
    if (pinned !== undefined && !same(pinned.hash, pin.hash)) {
      throw new RefusedError("document-fork", "Two different documents bear the same number.");
    }
    if (newest.number < pin.number) throw old();
  }
  return chain;
}

function checkLeast(sheet: Sheet, least: DocumentName): void {
  if (sheet.number !== least.number || !same(sheet.hash, least.hash)) throw old();
}

function checkNext(sheet: Sheet, before: Sheet): void {
  const follows = sheet.number === before.number + 1 && sheet.prev !== undefined && same(sheet.prev, before.hash);
  // An epoch that went back would bring a leaver's seed to life again.
  if (!follows || sheet.epoch < before.epoch) throw old();
}

function checkSigner(file: DocumentFile, sheet: Sheet, charter: Proven<Charter>): void {
  const signed = file.by.some((by) => {
    const entry = proveEntry(by.entry, by.proof, charter);
    return hasRole(entry, "lead", sheet.desk) && countSigners(file, "sheet", [entry.sign]) === 1;
  });
  if (!signed) throw new RefusedError("sheet-signer", "No lead of this desk has signed its sheet.");
}

function old(): RefusedError {
  return new RefusedError("sheet-old", "The desk's sheet is not the one that the charter names, nor does it follow it.");
}
