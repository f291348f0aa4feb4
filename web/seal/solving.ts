/**
 * The tries of a proof of work (`work.ts` says what it is for), by the browser's own PBKDF2: without WebAssembly and
 * without a JIT it works as fast as any sender of a flood. Stands alone, so that a worker with it is small.
 */
import { RefusedError } from "./errors.js";

/** What a door asks for at present; `nonce` is the same for everybody of that span of time. */
export interface Challenge {
  readonly span: number;
  readonly nonce: Uint8Array;
  /** Rounds of PBKDF2 for each try. */
  readonly cost: number;
  /** So many bits of the key must be zero: half the tries for one bit less. */
  readonly bits: number;
}

/** A solution, as the head of a request carries it. */
export interface Work {
  readonly span: number;
  readonly counter: number;
}

/** PBKDF2-HMAC-SHA256, 32 bytes. */
export type Derive = (password: Uint8Array, salt: Uint8Array, rounds: number) => Uint8Array | Promise<Uint8Array>;

export const COUNTER_MAX = 2 ** 32 - 1;

/** Whether this page or worker has PBKDF2 of the browser's own: not where it is no secure context. */
export function isNative(): boolean {
  return (crypto as { readonly subtle?: SubtleCrypto }).subtle !== undefined;
}

export const native: Derive = async (password, salt, iterations) => {
  const { subtle } = crypto;
  const key = await subtle.importKey("raw", new Uint8Array(password), "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(salt), iterations }, key, 256));
};

/** The key of one try. */
export async function tryKey(nonce: Uint8Array, counter: number, salt: Uint8Array, cost: number, derive: Derive): Promise<Uint8Array> {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  return derive(password, salt, cost);
}

/** How many bits at the beginning are zero. */
export function zeros(key: Uint8Array): number {
  const at = key.findIndex((byte) => byte !== 0);
  return at < 0 ? 8 * key.length : 8 * at + Math.clz32(key[at] ?? 0) - 24;
}

/**
 * The first counter from `start` on whose key has the zeros.
 *
 * @param tried - hears of each try and may wait, so that a page without a worker stays awake
 */
export async function solveWith(
  derive: Derive, { span, nonce, cost, bits }: Challenge, salt: Uint8Array, start = 0,
  tried?: (counter: number) => Promise<void> | undefined,
): Promise<Work> {
  for (let counter = start; counter <= COUNTER_MAX; counter += 1) {
    if (zeros(await tryKey(nonce, counter, salt, cost, derive)) >= bits) return { span, counter };
    await tried?.(counter);
  }
  throw new RefusedError("work-hard", "No solution was found.");
}
