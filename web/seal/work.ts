/**
 * Proof of work: a piece of arithmetic before something new is sent, so that a flood costs its sender.
 *
 * As ALTCHA's second version has it (PBKDF2 over nonce and counter), with two differences: the sender chooses the
 * salt, which ties the work to one report, message or file, and hardness counts in bits. The browser's own PBKDF2 does
 * it, so that a page without WebAssembly and without a JIT works as fast as any sender of a flood.
 */
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { RefusedError } from "./errors.js";
import { Fields } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64, H, join, utf8 } from "./primitives.js";

/** What the work is for: the first sending of a report or draft, a message, a file's first part. */
export type Purpose = "report" | "post" | "blob";

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

const COUNTER_MAX = 2 ** 32 - 1;
const COST_MAX = 2 ** 20;
const BITS_MAX = 24;
/** Rounds, in the mean, that somebody is asked for at most: four times what our own doors ever ask. */
const HARDEST = 1000 * 2 ** 12;

/** @throws MalformedError; RefusedError `work-hard`, more than any door of ours asks */
export function readChallenge(value: Json): Challenge {
  const fields = new Fields(value);
  fields.is("v", 1);
  const span = fields.integer("span");
  const nonce = fields.id("nonce");
  const cost = fields.integer("cost", 1, COST_MAX);
  const bits = fields.integer("bits", 0, BITS_MAX);
  fields.end();
  if (cost * 2 ** bits > HARDEST) throw new RefusedError("work-hard", "The server asks for more arithmetic than it may.");
  return { span, nonce, cost, bits };
}

export function challengeFields({ span, nonce, cost, bits }: Challenge): JsonObject {
  return { v: 1, span, nonce: b64(nonce), cost, bits };
}

/** @throws MalformedError */
export function readWork(value: Json): Work {
  const fields = new Fields(value);
  const found = { span: fields.integer("span"), counter: fields.integer("counter", 0, COUNTER_MAX) };
  fields.end();
  return found;
}

/** What ties the work to one thing: 16 bytes of H over purpose and subject. */
export function workSalt(purpose: Purpose, subject: Uint8Array): Uint8Array {
  return H(join(utf8(`fairline/1 work\0${purpose}\0`), subject)).subarray(0, 16);
}

/** The subject of message `n` on chain r of `thread`. */
export function postSubject(thread: Uint8Array, n: number): Uint8Array {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(n));
  return join(thread, number);
}

/** The key of one try, 32 bytes. */
export async function workKey(nonce: Uint8Array, counter: number, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  // A page without TLS is no secure context, an onion service in a browser that does not know of it: slow, and right.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return pbkdf2(sha256, password, salt, { c: cost, dkLen: 32 });
  const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(salt), iterations: cost };
  return new Uint8Array(await subtle.deriveBits(how, key, 256));
}

/** How many bits at the beginning are zero. */
export function zeros(key: Uint8Array): number {
  const at = key.findIndex((byte) => byte !== 0);
  return at < 0 ? 8 * key.length : 8 * at + Math.clz32(key[at] ?? 0) - 24;
}

/**
 * The first counter from `start` on whose key has the zeros. `tried` hears of each try and may wait, so that a page
 * without a worker stays awake.
 */
export async function solve(
  { span, nonce, cost, bits }: Challenge, salt: Uint8Array, start = 0, tried?: (counter: number) => Promise<void> | undefined,
): Promise<Work> {
  for (let counter = start; counter <= COUNTER_MAX; counter += 1) {
    if (zeros(await workKey(nonce, counter, salt, cost)) >= bits) return { span, counter };
    await tried?.(counter);
  }
  throw new RefusedError("work-hard", "No solution was found.");
}
