import { verifiesRaw } from "../seal/ed25519.js";
import { H, join, same, u64, utf8 } from "../seal/primitives.js";
import { LedgerError } from "./errors.js";

/*
 * C2SP signed notes with Ed25519 signatures, and witnesses' timed cosignatures (cosignature/v1). Lines of
 * unknown keys are passed over; a line that claims a known key and does not verify sinks the whole note.
 * Sources: https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature
 */

export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
const KEY_ID_SIZE = 4;
const SIGNATURE_LIMIT = 100;
const NOTE_LIMIT = 64 * 1024;
const DASH = "\u2014 ";
const NAME = /^[^\s+\u0000-\u0020\u007f\u0085\ufeff]{1,512}$/u;
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A public key that may sign notes; `kind` is {@link ED25519} for a log, {@link COSIGNATURE} for a witness. */
export interface NoteKey {
  readonly name: string;
  readonly key: Uint8Array;
  readonly kind: number;
}

export interface Signature {
  readonly name: string;
  readonly keyId: Uint8Array;
  /** 64 bytes of Ed25519; in a cosignature with 8 bytes of time before them. */
  readonly blob: Uint8Array;
}

/** Parsed, not proven: {@link check} proves it. `text` ends with its newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** First four bytes of H(name ‖ newline ‖ kind ‖ public key). */
export function keyId(key: NoteKey): Uint8Array {
  return H(join(utf8(`${key.name}\n`), Uint8Array.of(key.kind), key.key)).slice(0, KEY_ID_SIZE);
}

/**
 * Read a note strictly.
 *
 * @throws LedgerError `note-encoding`, `note-shape` or `note-base64`
 */
export function parseNote(raw: Uint8Array): Note {
  let whole: string;
  try {
    whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw unreadable();
  }
  if (raw.length > NOTE_LIMIT || CONTROL.test(whole)) throw unreadable();
  const gap = whole.lastIndexOf("\n\n");
  if (gap < 1 || !whole.endsWith("\n")) throw shapeless();
  const rows = whole.slice(gap + 2, -1).split("\n");
  if (gap + 2 >= whole.length || rows.length > SIGNATURE_LIMIT) throw shapeless();
  return { text: whole.slice(0, gap + 1), signatures: rows.map(signature) };
}

/** The note as bytes, with only those signature lines that `keep` wants. */
export function writeNote(note: Note, keep: (line: Signature) => boolean = () => true): string {
  const lines = note.signatures.filter(keep).map(
    (line) => `${DASH}${line.name} ${padded64(join(line.keyId, line.blob))}\n`,
  );
  return `${note.text}\n${lines.join("")}`;
}

/**
 * Check every line of this key; returns the latest time of a cosignature (seconds since 1970), 0 for a log.
 *
 * @throws LedgerError `note-unsigned` if there is no line of this key, `note-signature` if one is wrong
 */
export function check(note: Note, key: NoteKey): number {
  const own = linesOf(note, key);
  if (own.length === 0) {
    throw new LedgerError("note-unsigned", "A signed text does not carry the signature that it must carry.");
  }
  return Math.max(...own.map((line) => checkLine(note.text, key, line.blob)));
}

/**
 * Which of these witnesses signed, by name, and when (seconds since 1970).
 *
 * @throws LedgerError `note-signature` if a line of one of them is wrong
 */
export function cosigned(note: Note, witnesses: readonly NoteKey[]): ReadonlyMap<string, number> {
  const present = witnesses.filter((key) => linesOf(note, key).length > 0);
  return new Map(present.map((key) => [key.name, check(note, key)]));
}

/** Base64 with padding, as C2SP formats have it. */
export function padded64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * Read base64 with padding; only the one spelling that {@link padded64} writes.
 *
 * @throws LedgerError `note-base64`
 */
export function unpadded64(text: string): Uint8Array {
  if (BASE64.test(text)) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (padded64(bytes) === text) return bytes;
  }
  throw new LedgerError("note-base64", "A value in a signed text is not in base64 in its one right spelling.");
}

function linesOf(note: Note, key: NoteKey): readonly Signature[] {
  const id = keyId(key);
  return note.signatures.filter((line) => line.name === key.name && same(line.keyId, id));
}

function signature(row: string): Signature {
  const [name, value, ...more] = row.slice(DASH.length).split(" ");
  if (!row.startsWith(DASH) || name === undefined || value === undefined || more.length > 0) throw shapeless();
  if (!NAME.test(name)) throw shapeless();
  const raw = unpadded64(value);
  if (raw.length <= KEY_ID_SIZE) throw shapeless();
  return { name, keyId: raw.slice(0, KEY_ID_SIZE), blob: raw.slice(KEY_ID_SIZE) };
}

function checkLine(text: string, key: NoteKey, blob: Uint8Array): number {
  const timed = key.kind === COSIGNATURE;
  if (blob.length !== (timed ? 72 : 64)) throw wrong();
  let time = 0;
  let message = text;
  if (timed) {
    time = Number(new DataView(blob.buffer, blob.byteOffset).getBigUint64(0));
    if (!Number.isSafeInteger(time)) throw wrong();
    message = `cosignature/v1\ntime ${time}\n${text}`;
    if (!same(u64(time), blob.slice(0, 8))) throw wrong();
  }
  if (!verifiesRaw(key.key, utf8(message), timed ? blob.slice(8) : blob)) throw wrong();
  return time;
}

function wrong(): LedgerError {
  return new LedgerError("note-signature", "A signature under a signed text is wrong.");
}

function shapeless(): LedgerError {
  return new LedgerError("note-shape", "A signed text does not have the form of a signed note.");
}

function unreadable(): LedgerError {
  return new LedgerError("note-encoding", "A signed text is too long, not in UTF-8 or holds a control character.");
}
