/**
 * Taking down what somebody says by telephone, in a letter or in person: sealed at each pause for this member alone,
 * then filed as a report, with the member's statement inside it that they took it down.
 */
import { checkPromise, readPromise } from "../ledger/promises.js";
import { MalformedError, RefusedError, SealError } from "../seal/errors.js";
import { sealReport, type Drop } from "../seal/filing.js";
import { parse, type JsonObject } from "../seal/jsontext.js";
import { noteBinding, notebookKey, openNote, sealNote, type IntakeNote } from "../seal/notebook.js";
import { b64, random, same, unb64 } from "../seal/primitives.js";
import { derive, newReceipt, toDigits } from "../seal/receipt.js";
import { makeStatement } from "../seal/statement.js";
import { entropyToWords } from "../seal/words.js";
import { keyring } from "./keyring.js";
import { register } from "./registry.js";
import { listOf } from "./wordlists.js";

/** A note as the page has it; ids are base64url, and empty is what was not said. */
export interface NoteText {
  readonly text: string;
  readonly language: string;
  readonly contact: string;
  readonly desk: string;
}

export interface OpenedNote extends NoteText {
  readonly id: string;
  readonly version: number;
  /** It does not open: it is of earlier keys of this member, or was altered. */
  readonly closed: boolean;
}

/** The reporting person's receipt, for their paper. */
export interface MadeReceipt {
  readonly kind: "words" | "digits";
  readonly parts: readonly string[];
  /** Language of the words. */
  readonly tag: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Open the notes as the server gives them. */
    "notebook": Act<readonly { readonly id: string; readonly version: number; readonly sealed: Uint8Array }[], readonly OpenedNote[]>;
    /** Seal a note as this version of it. */
    "seal-note": Act<{ readonly id: string; readonly version: number; readonly note: NoteText }, Uint8Array>;
    /** Seal a note as a report to a desk's key in force. Asked again for the same, the same sealed bytes: it can never become two. */
    "file-note": Act<
      { readonly id: string; readonly note: NoteText; readonly answerable: boolean },
      { readonly parcel: Uint8Array; readonly receipt: MadeReceipt }
    >;
    /** The door's answer: the office's promise of exactly this report, and its day. */
    "note-filed": Act<{ readonly id: string; readonly answer: string }, { readonly day: string }>;
  }
}

interface Filed {
  readonly of: string;
  readonly drop: Drop;
  readonly receipt: Uint8Array;
}

/** Sealed and not promised yet, by note. */
const filed = new Map<string, Filed>();

register("notebook", async (rows) => {
  const { vault, member } = keyring();
  const key = await notebookKey(vault.index, member);
  return Promise.all(rows.map(async ({ id, version, sealed }): Promise<OpenedNote> => {
    try {
      const note = await openNote(key, noteBinding(member, unb64(id, 16), version), sealed);
      const { text, language, contact = "", desk } = note;
      return { id, version, text, language, contact, desk: desk === undefined ? "" : b64(desk), closed: false };
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return { id, version, text: "", language: "", contact: "", desk: "", closed: true };
    }
  }));
});

register("seal-note", async ({ id, version, note }) => {
  const { vault, member } = keyring();
  const key = await notebookKey(vault.index, member);
  return sealNote(key, noteBinding(member, unb64(id, 16), version), written(note), random(12));
});

register("file-note", async ({ id, note, answerable }) => {
  const keys = keyring();
  const sheet = keys.manifest.sheets.get(note.desk);
  if (sheet === undefined) throw new RefusedError("sheet-desk", "There is no such desk in the office's charter.");
  const of = JSON.stringify([note, answerable, b64(sheet.hash)]);
  let found = filed.get(id);
  if (found?.of !== of) {
    const receipt = newReceipt();
    const { id: thread, signPublic } = derive(receipt, keys.office);
    const { entry, proof } = keys.place;
    const drop = await sealReport({
      charter: keys.manifest.charter, sheet, receipt, answers: new Map([["what", note.text.trim()]]), language: note.language,
      contact: note.contact.trim() === "" ? undefined : note.contact.trim(), answerable,
      statement: makeStatement(keys.vault.sign, "intake", entry.bytes, proof, thread, signPublic),
    });
    found = { of, drop, receipt };
    filed.set(id, found);
  }
  return { parcel: found.drop.parcel, receipt: onPaper(found.receipt, note.language) };
});

register("note-filed", ({ id, answer }) => {
  const found = filed.get(id);
  if (found === undefined) throw new RefusedError("not-filed", "Nothing of this note was sealed here.");
  const keys = keyring();
  const promise = readPromise((parse(new TextEncoder().encode(answer)) as JsonObject)["promise"] ?? null);
  checkPromise(promise, keys.manifest.charter.record.promise);
  if (!same(promise.leaf, found.drop.leaf) || !same(promise.office, keys.office)) {
    throw new MalformedError("promise", "The server promised something else than what was sent.");
  }
  filed.delete(id);
  return { day: promise.day };
});

function written({ text, language, contact, desk }: NoteText): IntakeNote {
  return { text, language, contact: contact === "" ? undefined : contact, desk: desk === "" ? undefined : unb64(desk, 16) };
}

/** Words where the person's language has a list that this page carries, else digits, which every language has. */
function onPaper(receipt: Uint8Array, language: string): MadeReceipt {
  const worded = /^(en|zh)\b/i.test(language);
  return worded
    ? { kind: "words", parts: entropyToWords(receipt, listOf(language)), tag: language }
    : { kind: "digits", parts: toDigits(receipt), tag: "en" };
}
