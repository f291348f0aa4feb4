import { isObject, parse, type Json, type JsonObject } from "../seal/jsontext.js";
import { H, unb64, utf8, verifies } from "../seal/primitives.js";
import { LedgerError } from "./errors.js";

const ROW_LIMIT = 64 * 1024;
const WHAT_LIMIT = 32 * 1024;
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
const ACT = /^[a-z][a-z0-9 -]{0,63}$/;

/** What was done, read out of `what`. */
export interface Act {
  readonly act: string;
  readonly subject: string | undefined;
  /** Absent where the machine acts in its own name; then there is no counter either. */
  readonly member: Uint8Array | undefined;
  /** The member's own count of acts, from 1 without a gap. */
  readonly counter: number | undefined;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  /** All fields as signed, further ones included. */
  readonly fields: JsonObject;
}

/** A row of the acts log as the auditor reads it. */
export interface ActRow {
  readonly salt: Uint8Array;
  /** The machine's clock in UTC, unsigned. */
  readonly time: string;
  /** The bytes that the member signed. */
  readonly what: Uint8Array;
  readonly signature: Uint8Array | undefined;
  readonly act: Act;
  /** The entry in the acts log: H of the row as written. */
  readonly leaf: Uint8Array;
}

/** @throws LedgerError `act-shape` */
export function parseRow(raw: Uint8Array): ActRow {
  try {
    const fields = parse(raw, ROW_LIMIT);
    if (!isObject(fields)) throw shapeless();
    const names = Object.keys(fields).filter((name) => name !== "sig").sort().join();
    const time = text(fields, "time"), what = text(fields, "what");
    const salt = bytes(fields, "salt", 16), signature = bytes(fields, "sig", 64);
    if (names !== "salt,time,what" || time === undefined || what === undefined || salt === undefined) throw shapeless();
    const act = parseWhat(utf8(what));
    if (!TIME.test(time) || (signature !== undefined && act.member === undefined)) throw shapeless();
    return { salt, time, what: utf8(what), signature, act, leaf: H(raw) };
  } catch {
    throw shapeless();
  }
}

/**
 * Read what a member signed, or is about to sign.
 *
 * @throws LedgerError `act-shape`
 */
export function parseWhat(what: Uint8Array): Act {
  try {
    const fields = parse(what, WHAT_LIMIT);
    if (!isObject(fields)) throw shapeless();
    const act = text(fields, "act"), member = bytes(fields, "member", 16), counter = fields["counter"];
    if (act === undefined || !ACT.test(act)) throw shapeless();
    if (counter !== undefined && (typeof counter !== "number" || counter < 1)) throw shapeless();
    if ((member === undefined) !== (counter === undefined)) throw shapeless();
    return {
      act, subject: text(fields, "subject"), member, counter, before: bytes(fields, "before", 32),
      after: bytes(fields, "after", 32), fields,
    };
  } catch {
    throw shapeless();
  }
}

/** @throws LedgerError `act-signature` unless this member's sign key signed it */
export function checkAct(row: ActRow, key: Uint8Array): void {
  if (row.signature === undefined || !verifies(key, "act", row.what, row.signature)) {
    throw new LedgerError("act-signature", "An act was not signed by the member it names.");
  }
}

function text(fields: JsonObject, name: string): string | undefined {
  const value: Json | undefined = fields[name];
  if (value !== undefined && typeof value !== "string") throw shapeless();
  return value;
}

function bytes(fields: JsonObject, name: string, size: number): Uint8Array | undefined {
  const value = text(fields, name);
  return value === undefined ? undefined : unb64(value, size);
}

function shapeless(): LedgerError {
  return new LedgerError("act-shape", "An act does not have the form that the record's acts have.");
}
