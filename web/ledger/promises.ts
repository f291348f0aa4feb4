import { parse, write, type Json, type JsonObject } from "../seal/jsontext.js";
import { b64, join, sign, unb64, utf8, verifies } from "../seal/primitives.js";
import { readDay } from "./days.js";
import { VERSION, headed, text } from "./documents.js";
import { LedgerError } from "./errors.js";
import { ACT_SIZE, ARRIVAL_SIZE } from "./leaves.js";
import { leafHash } from "./merkle.js";

const PROMISE_LIMIT = 1024;
const NOTICE_LIMIT = 4096;
const CODE = /^[a-z][a-z0-9-]{0,63}$/;

/** An entry promised for a day's batch; not proven before {@link checkPromise} said so. */
export interface Promised {
  readonly office: Uint8Array;
  /** The batch of this day, published the night after, holds the entry. */
  readonly day: string;
  /** 96 bytes in the arrivals log, 32 in the acts log. */
  readonly leaf: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the machine says to a thread: a code that the page knows the text for, and the dates that belong to it. */
export interface MachineNotice {
  readonly office: Uint8Array;
  readonly thread: Uint8Array;
  readonly code: string;
  readonly dates: ReadonlyMap<string, string>;
}

/** @throws LedgerError `promise-signature` unless the office's promise key signed it */
export function checkPromise(promise: Promised, key: Uint8Array): void {
  if (!verifies(key, "promise", message(promise), promise.signature)) {
    throw new LedgerError("promise-signature", "The promise was not signed by this office.");
  }
}

/** As the server signs it; the browser needs this for tests and demonstrations only. */
export function signPromise(office: Uint8Array, leaf: Uint8Array, day: string, seed: Uint8Array): Promised {
  return { office, day, leaf, signature: sign(seed, "promise", message({ office, leaf, day })) };
}

/** The promise as kept, in a file or a QR code: compact JSON. */
export function promiseDocument(promise: Promised): Uint8Array {
  return write(promiseFields(promise));
}

export function promiseFields(promise: Promised): JsonObject {
  return {
    v: VERSION, kind: "promise", office: b64(promise.office), day: promise.day, leaf: b64(promise.leaf),
    sig: b64(promise.signature),
  };
}

/** @throws LedgerError `promise-shape` */
export function parsePromise(document: Uint8Array): Promised {
  let fields: Json;
  try {
    fields = parse(document, PROMISE_LIMIT);
  } catch {
    throw shapeless();
  }
  return readPromise(fields);
}

/**
 * Read a promise out of a larger document that was parsed strictly.
 *
 * @throws LedgerError `promise-shape`
 */
export function readPromise(value: Json): Promised {
  try {
    const fields = headed(value, "promise", "office", "day", "leaf", "sig");
    const leaf = unb64(text(fields, "leaf"));
    if (leaf.length !== ARRIVAL_SIZE && leaf.length !== ACT_SIZE) throw shapeless();
    return {
      office: unb64(text(fields, "office"), 16), day: readDay(text(fields, "day")), leaf,
      signature: unb64(text(fields, "sig"), 64),
    };
  } catch {
    throw shapeless();
  }
}

/**
 * Check and read a machine notice as served, `{"doc", "sig"}`.
 *
 * @throws LedgerError `notice-shape` or `notice-signature`
 */
export function readNotice(served: Json, key: Uint8Array): MachineNotice {
  let doc: Uint8Array, signature: Uint8Array;
  try {
    const fields = served as JsonObject;
    if (Object.keys(fields).sort().join() !== "doc,sig") throw noNotice();
    doc = unb64(text(fields, "doc"));
    signature = unb64(text(fields, "sig"), 64);
  } catch {
    throw noNotice();
  }
  if (!verifies(key, "notice", doc, signature)) {
    throw new LedgerError("notice-signature", "A notice was not signed by this office.");
  }
  return parseNotice(doc);
}

function parseNotice(doc: Uint8Array): MachineNotice {
  try {
    const fields = headed(parse(doc, NOTICE_LIMIT), "notice", "office", "thread", "code", "dates");
    const dates = fields["dates"];
    if (typeof dates !== "object" || dates === null || Array.isArray(dates)) throw noNotice();
    const days = new Map(Object.keys(dates).map((name) => [name, readDay(text(dates as JsonObject, name))]));
    const code = text(fields, "code");
    if (![code, ...days.keys()].every((word) => CODE.test(word))) throw noNotice();
    return { office: unb64(text(fields, "office"), 16), thread: unb64(text(fields, "thread"), 16), code, dates: days };
  } catch {
    throw noNotice();
  }
}

function message(promise: Pick<Promised, "office" | "leaf" | "day">): Uint8Array {
  return join(promise.office, leafHash(promise.leaf), utf8(promise.day));
}

function shapeless(): LedgerError {
  return new LedgerError("promise-shape", "This is not a promise as this office writes it.");
}

function noNotice(): LedgerError {
  return new LedgerError("notice-shape", "A notice does not have the form that notices have.");
}
