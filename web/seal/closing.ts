import type { Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";

/** How a case ends, in the field's words (ISO 37002, 8.5): what was found is about what was reported, not a person. */
export const OUTCOMES = [
  "not-competent", "insufficient", "unfounded", "unsubstantiated", "substantiated", "referred", "resolved",
] as const;

/** What a report describes: behaviours, and none that is speech, belief, origin or association. */
export const CONCERNS = [
  "approach", "elicitation", "access", "removal", "impersonation", "device", "tampering", "intrusion", "coercion",
  "control", "loss", "handling", "complaint", "other",
] as const;

export type Outcome = (typeof OUTCOMES)[number];
export type Concern = (typeof CONCERNS)[number];

/** What is counted of a case, and nothing else of it. */
export interface Slip {
  readonly outcome: Outcome;
  readonly concern: Concern;
}

/** @throws MalformedError `json-type` for a word of no list */
export function readSlip(fields: Fields): Slip {
  return { outcome: fields.one("outcome", OUTCOMES), concern: fields.one("class", CONCERNS) };
}

export function slipJson({ outcome, concern }: Slip): JsonObject {
  return { outcome, class: concern };
}
