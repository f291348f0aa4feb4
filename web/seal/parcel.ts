import { MalformedError } from "./errors.js";
import { asArray, asObject, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { join, u32 } from "./primitives.js";

/** Heads of long mailboxes name every post. */
const HEAD_LIMIT = 1024 * 1024;
const MOST_FILES = 65536;

/** A file in a parcel: what it is there for, and its sealed bytes. */
export interface ParcelFile {
  readonly as: string;
  readonly bytes: Uint8Array;
  /** The post that it belongs to, where the head says so. */
  readonly of?: { readonly chain: "r" | "o" | "i"; readonly n: number } | undefined;
}

/** A parcel taken apart; `head` still holds `files` as sent. */
export interface Parcel {
  readonly head: JsonObject;
  readonly files: readonly ParcelFile[];
}

/** `u32be len ‖ JSON head ‖ files`; the head's `files` are written here. */
export function writeParcel(head: JsonObject, files: readonly ParcelFile[]): Uint8Array {
  const text = write({ ...head, files: files.map(({ as, bytes, of }): Json => ({ as, size: bytes.length, ...of })) });
  return join(u32(text.length), text, ...files.map((file) => file.bytes));
}

/** @throws MalformedError `parcel` if lengths do not fit or what fills it up is not zero */
export function readParcel(bytes: Uint8Array): Parcel {
  if (bytes.length < 4) throw torn();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (length > HEAD_LIMIT || 4 + length > bytes.length) throw torn();
  const head = asObject(parse(bytes.subarray(4, 4 + length), HEAD_LIMIT));
  let at = 4 + length;
  const files = asArray(head["files"] ?? null, MOST_FILES).map((value) => {
    const { as, size, of } = whole(value, (fields) => ({
      as: fields.text("as"), size: fields.integer("size", 1),
      of: fields.has("chain") ? { chain: fields.one("chain", ["r", "o", "i"] as const), n: fields.integer("n") } : undefined,
    }));
    if (at + size > bytes.length) throw torn();
    const file = { as, bytes: bytes.subarray(at, at + size), of };
    at += size;
    return file;
  });
  if (bytes.subarray(at).some((byte) => byte !== 0)) throw torn();
  return { head, files };
}

function torn(): MalformedError {
  return new MalformedError("parcel", "What was sent is cut or broken.");
}
