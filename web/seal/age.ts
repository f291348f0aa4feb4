import { Decrypter, Encrypter } from "age-encryption";
import { bech32 } from "@scure/base";
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";

import { CannotOpenError, MalformedError, SealError } from "./errors.js";
import { H, join, random, utf8 } from "./primitives.js";
import { KEY_LENGTH, NONCE, open as openPayload, payloadKey, seal as sealPayload } from "./stream.js";

/** An age hybrid identity, `AGE-SECRET-KEY-PQ-1…`. */
export type Identity = string;
/** An age hybrid recipient, `age1pq1…`, lower case, 1 959 characters. */
export type Recipient = string;

const VERSION = utf8("age-encryption.org/v1\n");
/** A hundred recipients need 160 kB; what is longer is no file of ours. */
const HEADER_LIMIT = 512 * 1024;
const RECIPIENT_BYTES = 1216;

/** `id(seed)`: the age identity whose 32 bytes are `seed`. */
export function identity(seed: Uint8Array): Identity {
  if (seed.length !== 32) throw new MalformedError("base64", "A seed has 32 bytes.");
  return bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", seed).toUpperCase();
}

/** The recipient string of `id(seed)`. */
export function recipient(seed: Uint8Array): Recipient {
  return bech32.encode("age1pq", bech32.toWords(MLKEM768X25519.getPublicKey(seed)), false);
}

/** H(recipient): over the lower-case string as written. */
export function recipientHash(text: Recipient): Uint8Array {
  return H(utf8(text));
}

/** @throws MalformedError `recipient` unless the text is a hybrid recipient in its one spelling */
export function checkRecipient(text: string): Recipient {
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false);
    if (prefix === "age1pq" && bech32.fromWords(words).length === RECIPIENT_BYTES && text === text.toLowerCase()) {
      return text;
    }
  } catch {
    // Told below, without the library's quotation of the text.
  }
  throw new MalformedError("recipient", "A recipient is not a post-quantum age recipient.");
}

/** What an age header hides and what comes with it. */
export interface Opened {
  /** 16 bytes. */
  readonly fileKey: Uint8Array;
  /** Length of the header in bytes, its last line break included. */
  readonly headerSize: number;
}

/** A new age header for the recipients, with the file key that it wraps. */
export async function makeHeader(
  recipients: readonly Recipient[],
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  if (recipients.length === 0) throw new MalformedError("recipient", "A file needs a reader.");
  let learnt: Uint8Array | undefined;
  const encrypter = new Encrypter();
  for (const one of recipients) encrypter.addRecipient(checkRecipient(one));
  // A recipient that adds no line: it is only told the file key, which the library does not give otherwise.
  encrypter.addRecipient({
    wrapFileKey(fileKey: Uint8Array) {
      learnt = fileKey.slice();
      return [];
    },
  });
  const file = await encrypter.encrypt(new Uint8Array(0));
  if (learnt === undefined) throw new Error("age-encryption wrapped no file key");
  return { header: file.slice(0, headerLength(file)), fileKey: learnt };
}

/**
 * The file key, by the first identity that has a line in the header.
 *
 * @throws CannotOpenError `not-mine` if none has, `age-mac` if the header was altered
 * @throws MalformedError `age-header` if it is no age header
 */
export async function openHeader(file: Uint8Array, identities: readonly Identity[]): Promise<Opened> {
  const headerSize = headerLength(file);
  const decrypter = new Decrypter();
  for (const one of identities) decrypter.addIdentity(one);
  try {
    const fileKey = await decrypter.decryptHeader(file.slice(0, headerSize));
    return { fileKey, headerSize };
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    if (words.startsWith("no identity matched")) {
      throw new CannotOpenError("not-mine", "This file is not sealed to any of the keys at hand.");
    }
    if (words === "invalid header HMAC") {
      throw new CannotOpenError("age-mac", "The head of this file was altered after sealing.");
    }
    throw new MalformedError("age-header", "This is not a sealed file, or its head is broken.");
  }
}

/** Seal a small file whole: age v1, hybrid recipients. */
export async function seal(plain: Uint8Array, recipients: readonly Recipient[]): Promise<Uint8Array> {
  const { header, fileKey } = await makeHeader(recipients);
  const nonce = random(NONCE);
  return join(header, nonce, sealPayload(payloadKey(fileKey, nonce), plain));
}

/**
 * Open a small file whole.
 *
 * @throws CannotOpenError `not-mine`, `age-mac`, `age-payload`
 * @throws MalformedError `age-header`
 */
export async function open(file: Uint8Array, identities: readonly Identity[]): Promise<Uint8Array> {
  const { fileKey, headerSize } = await openHeader(file, identities);
  const start = headerSize + NONCE;
  if (file.length < start) throw new CannotOpenError("age-payload", "This file is cut short.");
  return openPayload(payloadKey(fileKey, file.subarray(headerSize, start)), file.subarray(start));
}

/** True if the error only says that the file is for someone else. */
export function notMine(error: unknown): boolean {
  return error instanceof SealError && error.code === "not-mine";
}

/** Length of the age header at the start of a file: up to and with the line that begins with `---`. */
export function headerLength(file: Uint8Array): number {
  if (VERSION.some((byte, i) => file[i] !== byte)) {
    throw new MalformedError("age-header", "This is not a sealed file.");
  }
  let line = 0;
  while (line < Math.min(file.length, HEADER_LIMIT)) {
    const end = file.indexOf(0x0a, line);
    if (end === -1) break;
    if (file[line] === 0x2d && file[line + 1] === 0x2d && file[line + 2] === 0x2d) return end + 1;
    line = end + 1;
  }
  throw new MalformedError("age-header", "The head of this file does not end.");
}

/** Length of the key that a header wraps. */
export const FILE_KEY = KEY_LENGTH;
