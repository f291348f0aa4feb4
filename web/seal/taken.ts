import { asObject, asText, type Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

/**
 * What the first note of a case that was taken in says of where it came from (formats.md §15). Beside it the envelope names
 * one file, the archive: until that was opened and the same found in it, it is the word of who took the case in.
 */
export interface Taken {
  /** Id of the thread that was exported. */
  readonly from: Uint8Array;
  /** Of the export. */
  readonly day: string;
  /** H of the export's list, which the act of the export names. */
  readonly list: Uint8Array;
  /** That act's row, as it stood in the record. */
  readonly row: Uint8Array;
  /** The office's promise of it; not read here. */
  readonly promise: JsonObject;
  /** Who should not read the report, as its author put it. */
  readonly mustNotSee: readonly string[];
}

export function readTaken(fields: Fields): Taken {
  return {
    from: fields.id("from"), day: fields.day("day"), list: fields.hash("list"), row: fields.bytes("row"),
    promise: fields.read("promise", asObject), mustNotSee: fields.list("must_not_see", asText),
  };
}

export function takenJson({ from, day, list, row, promise, mustNotSee }: Taken): JsonObject {
  return { from: b64(from), day, list: b64(list), row: b64(row), promise, must_not_see: [...mustNotSee] };
}
