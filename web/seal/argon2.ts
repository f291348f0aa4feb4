import { argon2idAsync } from "@noble/hashes/argon2.js";
import { argon2id } from "hash-wasm";

import { MalformedError, RefusedError } from "./errors.js";
import { utf8 } from "./primitives.js";
import { passphraseKeys, type PassphraseKeys } from "./vault.js";

/**
 * Stretching of members' passphrases; the office only. The report door needs none (a receipt is 128 random bits)
 * and must never bundle this file.
 */
const LEAST_MEMORY_KIB = 64 * 1024;
const LEAST_PASSES = 3;
/** A server that asks for more than this would only make the member's machine stand still. */
const MOST_MEMORY_KIB = 1024 * 1024;
const MOST_PASSES = 64;
const LANES = 1;
const KEY_SIZE = 32;
export const SALT_SIZE = 16;
/** Milliseconds after which the plain way lets its progress through. */
const TICK = 50;

/** How dear a guess at a passphrase is: memory in KiB, passes, and one lane. */
export interface Cost {
  readonly memory: number;
  readonly passes: number;
}
export const COST: Cost = { memory: LEAST_MEMORY_KIB, passes: LEAST_PASSES };

/**
 * Both halves of a sign-in from a passphrase as typed. About a second with WebAssembly; without it the same bytes
 * come from plain JavaScript, ten seconds and more on a phone, with `progress` from 0 to 1.
 *
 * @param salt - 16 bytes, the server's for this name
 * @param cost - what the server says; less than ours is refused, since a server could make guessing cheap
 * @throws RefusedError `passphrase-cost`
 * @throws MalformedError `passphrase-salt`
 */
export async function unlockByPassphrase(
  passphrase: string, salt: Uint8Array, progress: (part: number) => void = () => undefined, cost: Cost = COST,
): Promise<PassphraseKeys> {
  return passphraseKeys(await stretch(passphrase, salt, progress, cost), salt);
}

/** Argon2id (RFC 9106) of the passphrase in NFC, 32 bytes; see {@link unlockByPassphrase}. */
export async function stretch(
  passphrase: string, salt: Uint8Array, progress: (part: number) => void = () => undefined, cost: Cost = COST,
): Promise<Uint8Array> {
  const dear = cost.memory >= LEAST_MEMORY_KIB && cost.memory <= MOST_MEMORY_KIB
    && cost.passes >= LEAST_PASSES && cost.passes <= MOST_PASSES;
  if (!dear) {
    throw new RefusedError("passphrase-cost", "The server asks for a weaker protection than this program allows.");
  }
  if (salt.length !== SALT_SIZE) {
    throw new MalformedError("passphrase-salt", "The salt of a passphrase has the wrong length.");
  }
  const password = utf8(passphrase.normalize("NFC"));
  if (typeof WebAssembly === "object") {
    try {
      return await stretchQuickly(password, salt, cost);
    } catch {
      // Forbidden here (Tor Browser "Safer", Lockdown Mode): the same bytes, slower.
    }
  }
  return stretchPlainly(password, salt, cost, progress);
}

/** The same by WebAssembly alone. */
export async function stretchQuickly(password: Uint8Array, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  return argon2id({
    password, salt, memorySize: cost.memory, iterations: cost.passes, parallelism: LANES, hashLength: KEY_SIZE,
    outputType: "binary",
  });
}

/** The same without WebAssembly; apart, so that both are tested. */
export async function stretchPlainly(
  password: Uint8Array, salt: Uint8Array, cost: Cost, progress: (part: number) => void = () => undefined,
): Promise<Uint8Array> {
  const key = await argon2idAsync(password, salt, {
    m: cost.memory, t: cost.passes, p: LANES, dkLen: KEY_SIZE, asyncTick: TICK, onProgress: progress,
  });
  progress(1);
  return key;
}
