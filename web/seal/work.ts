/**
 * Proof of work: a piece of arithmetic before something new is sent, so that a flood costs its sender.
 *
 * As ALTCHA's second version has it (PBKDF2 over nonce and counter), with two differences: the sender chooses the
 * salt, which ties the work to one report, message or file, and hardness counts in bits.
 */
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { RefusedError } from "./errors.js";
import { Fields } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { readParcel, writeParcel } from "./parcel.js";
import { b64, H, join, utf8 } from "./primitives.js";
import { COUNTER_MAX, isNative, native, solveWith, tryKey, type Challenge, type Derive, type Work } from "./solving.js";

export { zeros, type Challenge, type Work } from "./solving.js";

/** What the work is for: the first sending of a report or draft, a message, a file's first part. */
export type Purpose = "report" | "post" | "blob";

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

/** The same parcel with this solution in its head. */
export function withWork(parcel: Uint8Array, { span, counter }: Work): Uint8Array {
  const { head, files } = readParcel(parcel);
  // The list of files is written last, wherever it stood.
  const rest = Object.fromEntries(Object.entries(head).filter(([name]) => name !== "files"));
  return writeParcel({ ...rest, work: { span, counter } }, files);
}

/** Slow, and right: an onion service in a browser that does not know of it is no secure context and has no WebCrypto. */
const plain: Derive = (password, salt, c) => pbkdf2(sha256, password, salt, { c, dkLen: 32 });

const derive = (): Derive => isNative() ? native : plain;

/** The key of one try, 32 bytes. */
export function workKey(nonce: Uint8Array, counter: number, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  return tryKey(nonce, counter, salt, cost, derive());
}

/** The first counter from `start` on whose key has the zeros; `tried` as in `solveWith`. */
export function solve(
  challenge: Challenge, salt: Uint8Array, start = 0, tried?: (counter: number) => Promise<void> | undefined,
): Promise<Work> {
  return solveWith(derive(), challenge, salt, start, tried);
}
