import { isObject, type Json, type JsonObject } from "../seal/jsontext.js";
import { LedgerError } from "./errors.js";

export const VERSION = 1;

/**
 * The fields of a strictly parsed document if it is of this kind and holds exactly these names besides v and kind.
 *
 * @throws LedgerError `document-shape`
 */
export function headed(value: Json, kind: string, ...names: readonly string[]): JsonObject {
  if (!isObject(value)) throw shapeless();
  const wanted = new Set(["v", "kind", ...names]);
  const held = Object.keys(value);
  if (held.length !== wanted.size || !held.every((name) => wanted.has(name))) throw shapeless();
  if (value["v"] !== VERSION || value["kind"] !== kind) throw shapeless();
  return value;
}

/** @throws LedgerError `document-shape` unless the field is a text */
export function text(fields: JsonObject, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw shapeless();
  return value;
}

function shapeless(): LedgerError {
  return new LedgerError("document-shape", "A document of the record does not have the form of its kind.");
}
