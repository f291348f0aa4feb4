import { OUTCOMES, type Outcome } from "./closing.js";
import { wrongType, type Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

/** It ended; it was found wrong; or a person concerned asked for one of the three last, and it was granted. */
export const WHYS = ["ended", "wrong", "correction", "objection", "deletion"] as const;
export type Why = (typeof WHYS)[number];

/** What an office tells another that it had referred a report to. Sent twice it has the same id and counts once. */
export interface Correction {
  readonly id: Uint8Array;
  readonly why: Why;
  /** How the case ended, exactly where `why` is `ended`. */
  readonly outcome?: Outcome | undefined;
}

/** @throws MalformedError `json-type` for a word of no list, or an outcome where nothing ended */
export function readCorrection(fields: Fields): Correction {
  const id = fields.id("id"), why = fields.one("why", WHYS);
  const outcome = fields.has("outcome") ? fields.one("outcome", OUTCOMES) : undefined;
  if ((outcome !== undefined) !== (why === "ended")) throw wrongType();
  return { id, why, outcome };
}

export function correctionJson({ id, why, outcome }: Correction): JsonObject {
  return { id: b64(id), why, ...outcome !== undefined && { outcome } };
}
