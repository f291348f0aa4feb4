import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { signRaw, verifiesRaw } from "./ed25519.js";
import { MalformedError, RefusedError } from "./errors.js";

export { publicKey } from "./ed25519.js";

const PREFIX = "fairline/1 ";
const ZERO = new Uint8Array(1);

/** Every use of a signing key has its own label, so that no signature can stand for another. */
export type Label =
  | "root" | "charter" | "sheet" | "joining" | "envelope" | "act" | "promise" | "notice" | "statement";

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** SHA-256. */
export function H(message: Uint8Array): Uint8Array {
  return sha256(message);
}

/** SHA-256 of what comes piece by piece. */
export class Hashing {
  private readonly hash = sha256.create();

  add(bytes: Uint8Array): void {
    this.hash.update(bytes);
  }

  end(): Uint8Array {
    return this.hash.digest();
  }
}

/** HKDF-SHA256 with info `"fairline/1 " + label` (sealing.md); an empty salt means none. */
export function kdf(ikm: Uint8Array, label: string, salt?: Uint8Array, length = 32): Uint8Array {
  return hkdf(sha256, ikm, salt?.length ? salt : undefined, utf8(PREFIX + label), length);
}

/** HMAC-SHA256, 32 bytes (RFC 2104). */
export function mac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha256, key, message);
}

/** The bytes that are signed: `"fairline/1 " + label + 0x00 + message`. */
export function framed(label: Label, message: Uint8Array): Uint8Array {
  return join(utf8(PREFIX + label), ZERO, message);
}

/** Ed25519 over the framed message, 64 bytes, deterministic (RFC 8032). */
export function sign(seed: Uint8Array, label: Label, message: Uint8Array): Uint8Array {
  return signRaw(seed, framed(label, message));
}

/** Whether the signature is good, by the strict rule of `ed25519.ts`. */
export function verifies(
  key: Uint8Array, label: Label, message: Uint8Array, signature: Uint8Array,
): boolean {
  return verifiesRaw(key, framed(label, message), signature);
}

/** @throws RefusedError `signature` unless the signature is good, by the strict rule */
export function verify(
  key: Uint8Array, label: Label, message: Uint8Array, signature: Uint8Array,
): void {
  if (!verifies(key, label, message, signature)) {
    throw new RefusedError("signature", "A signature does not fit what it should have signed.");
  }
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Compare two byte strings in time that does not tell where they differ. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** Bytes from the platform's generator for secrets. */
export function random(length: number): Uint8Array {
  const out = new Uint8Array(length);
  // One call may fill 65 536 bytes at most (Web Cryptography §10.1.1).
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(out.subarray(at, at + 65536));
  return out;
}

/** Order of bytes as written, for the sets that formats keep sorted. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const step = (a[i] ?? 0) - (b[i] ?? 0);
    if (step !== 0) return step;
  }
  return a.length - b.length;
}

/** Unsigned big-endian, 4 bytes. */
export function u32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

/** Unsigned big-endian, 8 bytes; up to 2^53 − 1. */
export function u64(value: number): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map(Array.from(LETTERS, (letter, value) => [letter, value]));

/** base64url without padding (RFC 4648 §5). */
export function b64(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const letters = Math.min(bytes.length - i, 3) + 1;
    for (let j = 0; j < letters; j += 1) out += LETTERS.charAt((word >> (18 - 6 * j)) & 63);
  }
  return out;
}

/**
 * Read base64url without padding; refuses other letters, padding, and spare bits that are not zero, so
 * that each value has one spelling.
 *
 * @param size - bytes expected, if the format fixes it
 * @throws MalformedError `base64`
 */
export function unb64(text: string, size?: number): Uint8Array {
  if (text.length % 4 === 1) throw notBase64();
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0, bits = 0, at = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) throw notBase64();
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at] = (word >> bits) & 0xff;
      at += 1;
    }
  }
  if ((word & ((1 << bits) - 1)) !== 0) throw notBase64();
  if (size !== undefined && out.length !== size) {
    throw new MalformedError("base64", "A value in base64url has the wrong length.");
  }
  return out;
}

function notBase64(): MalformedError {
  return new MalformedError("base64", "A value is not in base64url in its one right spelling.");
}
