import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64nopad } from "@scure/base";
import { Decrypter, Encrypter } from "age-encryption";

import { CannotOpenError, MalformedError } from "./errors.js";
import { join, mac, random, utf8 } from "./primitives.js";
import { checkRecipient, Identity, type Opener, type Recipient } from "./recipients.js";
import * as stream from "./stream.js";

const VERSION = utf8("age-encryption.org/v1\n");
const DASH = 0x2d;
const LINE_BREAK = 0x0a;
/** `--- ` and 32 bytes in base64 without padding. */
const MAC_LINE = 47;
const MAC_SIZE = 32;
/** Room for about forty recipients (sealing.md rule 5). */
export const HEADER_LIMIT = 64 * 1024;

/** What opens the chunks of one file. */
export interface Head {
  /** 16 secret bytes. */
  readonly fileKey: Uint8Array;
  /** The payload's key, 32 secret bytes. */
  readonly key: Uint8Array;
  /** Bytes of header and nonce, after which the first chunk begins. */
  readonly size: number;
}

/**
 * Header and nonce of a new file, and the key for its chunks (`stream.sealChunk`).
 *
 * @param recipients - at least one; each can open the file alone
 * @throws MalformedError `age-recipient`
 */
export async function begin(recipients: readonly Recipient[]): Promise<{ start: Uint8Array; head: Head }> {
  if (recipients.length === 0) throw new RangeError("a file needs a recipient");
  let fileKey: Uint8Array | undefined;
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(checkRecipient(recipient));
  // A recipient that adds no line: it is only told the file key, which the library does not give otherwise.
  encrypter.addRecipient({
    wrapFileKey(key: Uint8Array) {
      fileKey = key.slice();
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array(0));
  if (fileKey === undefined) throw new Error("age-encryption wrapped no file key");
  const nonce = random(stream.NONCE_SIZE);
  const start = join(empty.subarray(0, headerSize(empty)), nonce);
  return { start, head: { fileKey, key: stream.payloadKey(fileKey, nonce), size: start.length } };
}

/**
 * Hold the first bytes of a file (header and nonce) against its file key.
 *
 * @throws MalformedError `age-header`
 * @throws CannotOpenError `age-mac`
 */
export function checkStart(start: Uint8Array, fileKey: Uint8Array): void {
  const end = headerSize(start);
  if (start.length !== end + stream.NONCE_SIZE) throw noHeader();
  const line = end - MAC_LINE - 1;
  const code = new TextDecoder().decode(start.subarray(line + "--- ".length, end - 1));
  // MAC over everything up to and with the three dashes (C2SP age v1, "Header MAC").
  const key = hkdf(sha256, fileKey, undefined, utf8("header"), MAC_SIZE);
  const fits = base64nopad.encode(mac(key, start.subarray(0, line + "---".length))) === code;
  if (!fits) throw new CannotOpenError("age-mac", "The first part of a sealed file was altered.");
}

/** The head of a file whose file key and nonce were kept, so that an upload goes on. */
export function resume(start: Uint8Array, fileKey: Uint8Array): Head {
  const nonce = start.subarray(start.length - stream.NONCE_SIZE);
  return { fileKey, key: stream.payloadKey(fileKey, nonce), size: start.length };
}

/**
 * The keys of a file, from its first bytes (all of the header and the nonce).
 *
 * @throws MalformedError `age-header`
 * @throws CannotOpenError `not-mine`, `age-mac`
 */
export async function readHead(start: Uint8Array, openers: readonly Opener[]): Promise<Head> {
  const end = headerSize(start);
  const decrypter = new Decrypter();
  for (const opener of openers) decrypter.addIdentity(opener instanceof Identity ? opener.text : opener);
  let fileKey: Uint8Array;
  try {
    fileKey = await decrypter.decryptHeader(start.slice(0, end));
  } catch (error) {
    throw told(error);
  }
  const nonce = start.subarray(end, end + stream.NONCE_SIZE);
  if (nonce.length !== stream.NONCE_SIZE) throw noHeader();
  return { fileKey, key: stream.payloadKey(fileKey, nonce), size: end + stream.NONCE_SIZE };
}

/** An age file with `plain` inside; see {@link begin}. */
export async function seal(plain: Uint8Array, recipients: readonly Recipient[]): Promise<Uint8Array> {
  const { start, head } = await begin(recipients);
  return join(start, stream.seal(head.key, plain));
}

/**
 * The whole content, or an error and nothing of it.
 *
 * @throws MalformedError `age-header`
 * @throws CannotOpenError `not-mine`, `age-mac`, `age-payload`
 */
export async function unseal(file: Uint8Array, openers: readonly Opener[]): Promise<Uint8Array> {
  const head = await readHead(file, openers);
  return stream.unseal(head.key, file.subarray(head.size));
}

/** Bytes of the age header at the start of a file: up to and with the line that begins with `---`. */
export function headerSize(file: Uint8Array): number {
  if (VERSION.some((byte, i) => file[i] !== byte)) throw noHeader();
  let line = 0;
  while (line < HEADER_LIMIT) {
    const end = file.indexOf(LINE_BREAK, line);
    if (end === -1) break;
    if (file[line] === DASH && file[line + 1] === DASH && file[line + 2] === DASH) {
      // The library compares a MAC of any length and calls it altered; it is no header at all.
      if (end - line !== MAC_LINE || end + 1 > HEADER_LIMIT) break;
      return end + 1;
    }
    line = end + 1;
  }
  throw noHeader();
}

/** The library tells its errors apart by their words only; the age vectors hold this to them. */
function told(error: unknown): Error {
  const words = error instanceof Error ? error.message : "";
  if (words.startsWith("no identity matched")) {
    return new CannotOpenError("not-mine", "This file was not sealed for you.");
  }
  if (words === "invalid header HMAC") {
    return new CannotOpenError("age-mac", "The first part of a sealed file was altered.");
  }
  return noHeader();
}

function noHeader(): MalformedError {
  return new MalformedError("age-header", "This is not a sealed file as we write them.");
}
