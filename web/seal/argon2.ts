import { argon2idAsync } from "@noble/hashes/argon2.js";
import { argon2id as wasmArgon2id } from "hash-wasm";

import { utf8 } from "./primitives.js";

/**
 * Stretching of members' passphrases; the office only. The report door needs none (a receipt is 128 random bits)
 * and must never bundle this file. 64 MiB, 3 passes, 1 lane: the browser refuses less, whatever a server asks.
 */
const MEMORY_KIB = 64 * 1024;
const PASSES = 3;
const LANES = 1;
export const SALT_SIZE = 16;
const KEY_SIZE = 32;
/** Milliseconds after which the plain way lets its progress through. */
const TICK = 50;

/**
 * Argon2id (RFC 9106) of the passphrase in NFC; 32 bytes. About a second with WebAssembly; without it the same
 * bytes come from plain JavaScript, ten seconds and more on a phone, with progress from 0 to 1.
 */
export async function stretch(
  passphrase: string, salt: Uint8Array, progress: (part: number) => void = () => undefined,
): Promise<Uint8Array> {
  if (salt.length !== SALT_SIZE) throw new RangeError("a salt has sixteen bytes");
  const password = utf8(passphrase.normalize("NFC"));
  if (typeof WebAssembly === "object") {
    try {
      return await wasmArgon2id({
        password, salt, memorySize: MEMORY_KIB, iterations: PASSES, parallelism: LANES, hashLength: KEY_SIZE,
        outputType: "binary",
      });
    } catch {
      // Forbidden here (Tor Browser "Safer", Lockdown Mode): the same bytes, slower.
    }
  }
  return stretchPlainly(password, salt, progress);
}

/** The same without WebAssembly; apart, so that both are tested. */
export async function stretchPlainly(
  password: Uint8Array, salt: Uint8Array, progress: (part: number) => void = () => undefined,
): Promise<Uint8Array> {
  return argon2idAsync(password, salt, {
    m: MEMORY_KIB, t: PASSES, p: LANES, dkLen: KEY_SIZE, asyncTick: TICK, onProgress: progress,
  });
}
