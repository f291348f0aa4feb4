import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { CannotOpenError } from "./errors.js";
import { utf8 } from "./primitives.js";

/**
 * The payload of an age file (age-encryption.org/v1, "Payload"), chunk by chunk.
 *
 * Each chunk is sealed on its own, so workers seal in parallel, an upload goes on where it was cut, and a
 * player reads any range. Only the last chunk proves the length: check it first, or a cut file looks whole.
 */
export const CHUNK = 64 * 1024;
const TAG = 16;
/** A sealed chunk as it lies in the file. */
export const SEALED = CHUNK + TAG;
/** Bytes between header and first chunk. */
export const NONCE = 16;
export const KEY_LENGTH = 16;

/** The payload's key, 32 bytes, from the file key and the nonce that follows the header. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdf(sha256, fileKey, nonce, utf8("payload"), 32);
}

/** How many chunks a text of `size` bytes has: at least one, which may be empty. */
export function chunks(size: number): number {
  return Math.max(1, Math.ceil(size / CHUNK));
}

/** Length of the sealed payload of `size` bytes. */
export function sealedSize(size: number): number {
  return size + chunks(size) * TAG;
}

/**
 * Length of the text in a sealed payload of `sealed` bytes.
 *
 * @throws CannotOpenError `age-payload` if no text has that length
 */
export function plainSize(sealed: number): number {
  const count = Math.ceil(sealed / SEALED);
  const size = sealed - count * TAG;
  if (count === 0 || size < 0 || chunks(size) !== count) throw altered();
  return size;
}

/** Seal chunk `index` (from 0); `last` only for the final one. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Uint8Array {
  return chacha20poly1305(key, counter(index, last)).encrypt(plain);
}

/** @throws CannotOpenError `age-payload` if the chunk is not what was sealed at that place */
export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Uint8Array {
  try {
    return chacha20poly1305(key, counter(index, last)).decrypt(sealed);
  } catch {
    throw altered();
  }
}

/** Seal a whole text. */
export function seal(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const out = new Uint8Array(sealedSize(plain.length));
  const count = chunks(plain.length);
  for (let i = 0; i < count; i += 1) {
    out.set(sealChunk(key, i, i === count - 1, plain.subarray(i * CHUNK, (i + 1) * CHUNK)), i * SEALED);
  }
  return out;
}

/** Open a whole text, last chunk first, so that nothing of a cut file is ever given out. */
export function open(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  const out = new Uint8Array(plainSize(sealed.length));
  const count = chunks(out.length);
  for (let i = count - 1; i >= 0; i -= 1) {
    out.set(openChunk(key, i, i === count - 1, sealed.subarray(i * SEALED, (i + 1) * SEALED)), i * CHUNK);
  }
  return out;
}

/** Where the bytes of a text lie in its sealed payload; `from` and `to` (exclusive) count sealed bytes. */
export interface Range {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** The chunks that hold the bytes from `start` to `end` (exclusive) of a text of `size` bytes. */
export function range(size: number, start: number, end: number): Range {
  if (start < 0 || start >= end || end > size) throw new RangeError("outside the text");
  const first = Math.floor(start / CHUNK);
  const last = Math.floor((end - 1) / CHUNK);
  return { first, last, from: first * SEALED, to: Math.min((last + 1) * SEALED, sealedSize(size)) };
}

/**
 * Reads any range of a sealed payload. Made only by opening the last chunk, which proves the length.
 */
export class Seekable {
  private constructor(private readonly key: Uint8Array, readonly size: number) {}

  /**
   * @param payloadLength - bytes of the whole sealed payload
   * @param lastChunk - its last chunk as sealed
   */
  static prove(key: Uint8Array, payloadLength: number, lastChunk: Uint8Array): Seekable {
    const size = plainSize(payloadLength);
    openChunk(key, chunks(size) - 1, true, lastChunk);
    return new Seekable(key, size);
  }

  /** The text from `start` to `end` (exclusive), from the sealed bytes that {@link range} names. */
  read(start: number, end: number, sealed: Uint8Array): Uint8Array {
    const at = range(this.size, start, end);
    const final = chunks(this.size) - 1;
    const out = new Uint8Array((at.last - at.first + 1) * CHUNK);
    for (let i = at.first; i <= at.last; i += 1) {
      const from = (i - at.first) * SEALED;
      const part = sealed.subarray(from, Math.min(from + SEALED, at.to - at.from));
      out.set(openChunk(this.key, i, i === final, part), (i - at.first) * CHUNK);
    }
    return out.subarray(start - at.first * CHUNK, end - at.first * CHUNK);
  }
}

function counter(index: number, last: boolean): Uint8Array {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError("no such chunk");
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(index));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function altered(): CannotOpenError {
  return new CannotOpenError("age-payload", "This file was cut or altered after sealing.");
}
