import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { CannotOpenError } from "./errors.js";
import type { Cipher } from "./platform.js";
import { utf8 } from "./primitives.js";

/**
 * The payload of an age file (C2SP age v1, "Payload"), chunk by chunk.
 *
 * Each chunk is sealed on its own, so workers seal in parallel, an upload goes on where it was cut, and a
 * player reads any range. Only the last chunk proves the length: it is opened first, or a cut file looks whole.
 */
export const CHUNK_SIZE = 64 * 1024;
const TAG_SIZE = 16;
/** A sealed chunk as it lies in the file. */
export const SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE;
/** Bytes between header and first chunk. */
export const NONCE_SIZE = 16;

/** The payload's key, 32 bytes, from the file key and the nonce that follows the header. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdf(sha256, fileKey, nonce, utf8("payload"), 32);
}

/** How many chunks a content of `size` bytes has: at least one, which may be empty. */
export function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / CHUNK_SIZE));
}

/** Bytes of the sealed payload, without nonce, of a content of `size` bytes. */
export function sealedSize(size: number): number {
  return size + chunkCount(size) * TAG_SIZE;
}

/**
 * Bytes of the content in a sealed payload of `sealed` bytes.
 *
 * @throws CannotOpenError `age-payload` if no content has that length
 */
export function plainSize(sealed: number): number {
  const count = Math.ceil(sealed / SEALED_CHUNK_SIZE);
  const size = sealed - count * TAG_SIZE;
  if (size < 0 || chunkCount(size) !== count) throw broken();
  return size;
}

/** Chunk `index` of `count`, sealed: 64 KiB in clear, except that the last may be shorter. */
export function sealChunk(key: Uint8Array, index: number, count: number, plain: Uint8Array): Uint8Array {
  checkPlain(index, count, plain);
  return chacha20poly1305(key, nonceOf(index, count)).encrypt(plain);
}

/** The same bytes, by the browser's own cipher. */
export function sealChunkBy(
  cipher: Cipher, index: number, count: number, plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  checkPlain(index, count, plain);
  return cipher.seal(nonceOf(index, count), plain);
}

/**
 * Chunk `index` of `count` in clear.
 *
 * @throws CannotOpenError `age-payload`: altered, moved, cut off, or of another length than its place allows
 */
export function openChunk(key: Uint8Array, index: number, count: number, sealed: Uint8Array): Uint8Array {
  checkSealed(index, count, sealed);
  try {
    return chacha20poly1305(key, nonceOf(index, count)).decrypt(sealed);
  } catch {
    throw broken();
  }
}

/**
 * The same, by the browser's own cipher.
 *
 * @throws CannotOpenError `age-payload`
 */
export async function openChunkBy(
  cipher: Cipher, index: number, count: number, sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  checkSealed(index, count, sealed);
  return cipher.open(nonceOf(index, count), sealed).catch(() => { throw broken(); });
}

function checkPlain(index: number, count: number, plain: Uint8Array): void {
  const full = plain.length === CHUNK_SIZE || (index === count - 1 && plain.length < CHUNK_SIZE);
  if (!full) throw new RangeError("only the last chunk may be shorter than 64 KiB");
}

function checkSealed(index: number, count: number, sealed: Uint8Array): void {
  const last = index === count - 1;
  const fits = last ? sealed.length <= SEALED_CHUNK_SIZE : sealed.length === SEALED_CHUNK_SIZE;
  // An empty last chunk is written only for an empty payload.
  if (!fits || sealed.length < TAG_SIZE || (index > 0 && sealed.length === TAG_SIZE)) throw broken();
}

/** The whole payload, sealed. */
export function seal(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const out = new Uint8Array(sealedSize(plain.length));
  const count = chunkCount(plain.length);
  for (let i = 0; i < count; i += 1) {
    const chunk = plain.subarray(i * CHUNK_SIZE, (i + 1) * CHUNK_SIZE);
    out.set(sealChunk(key, i, count, chunk), i * SEALED_CHUNK_SIZE);
  }
  return out;
}

/**
 * The whole payload in clear, or nothing of it.
 *
 * @throws CannotOpenError `age-payload`
 */
export function unseal(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  const out = new Uint8Array(plainSize(sealed.length));
  const count = chunkCount(out.length);
  for (let i = count - 1; i >= 0; i -= 1) {
    const chunk = sealed.subarray(i * SEALED_CHUNK_SIZE, (i + 1) * SEALED_CHUNK_SIZE);
    out.set(openChunk(key, i, count, chunk), i * CHUNK_SIZE);
  }
  return out;
}

/**
 * Bytes `start` to `stop` (not included) in clear, opening only the chunks they lie in and the last one.
 *
 * @param sealed - bytes of the sealed payload without its nonce
 * @param fetch - gives bytes `a` to `b` of the sealed payload
 * @param stop - what lies behind the payload is left out
 * @throws CannotOpenError `age-payload`
 */
export async function unsealRange(
  key: Uint8Array,
  sealed: number,
  fetch: (a: number, b: number) => Promise<Uint8Array>,
  start: number,
  stop: number,
): Promise<Uint8Array> {
  const size = plainSize(sealed);
  const count = chunkCount(size);
  const tail = openChunk(key, count - 1, count, await fetch((count - 1) * SEALED_CHUNK_SIZE, sealed));
  const end = Math.min(stop, size);
  if (start < 0 || start >= end) return new Uint8Array(0);
  const first = Math.floor(start / CHUNK_SIZE);
  const after = Math.ceil(end / CHUNK_SIZE);
  // One fetch for all whole chunks: a player's range is rarely longer than a megabyte.
  const whole = Math.min(after, count - 1);
  const bytes = whole > first
    ? await fetch(first * SEALED_CHUNK_SIZE, whole * SEALED_CHUNK_SIZE)
    : new Uint8Array(0);
  const out = new Uint8Array((after - first) * CHUNK_SIZE);
  for (let i = first; i < whole; i += 1) {
    const at = (i - first) * SEALED_CHUNK_SIZE;
    out.set(openChunk(key, i, count, bytes.subarray(at, at + SEALED_CHUNK_SIZE)), (i - first) * CHUNK_SIZE);
  }
  if (after === count) out.set(tail, (count - 1 - first) * CHUNK_SIZE);
  return out.subarray(start - first * CHUNK_SIZE, end - first * CHUNK_SIZE);
}

function nonceOf(index: number, count: number): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) throw new RangeError("no such chunk");
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(index));
  nonce[11] = index === count - 1 ? 1 : 0;
  return nonce;
}

function broken(): CannotOpenError {
  return new CannotOpenError("age-payload", "The content of a sealed file was altered or cut off.");
}
