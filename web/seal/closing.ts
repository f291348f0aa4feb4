import { asInteger, whole, wrongType, type Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";
import { decisionJson, readDecision, type Decision } from "./panel.js";

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

/** Money in whole units, where it was found out. At least one of the two is given. */
export interface Amounts {
  readonly currency: string;
  readonly damage?: number | undefined;
  readonly recovered?: number | undefined;
}

/** What is counted of a case, and nothing else of it. */
export interface Slip {
  readonly outcome: Outcome;
  readonly concern: Concern;
  readonly amounts?: Amounts | undefined;
  /** That the report was knowingly false: no outcome that anybody chooses, but what all of a panel signed. */
  readonly panel?: Decision | undefined;
}

/** @throws MalformedError `json-type` for a word of no list, or a panel beside another outcome than `unfounded` */
export function readSlip(fields: Fields): Slip {
  const amounts = fields.optional("amounts", (value) => whole(value, readAmounts));
  const outcome = fields.one("outcome", OUTCOMES), panel = fields.optional("panel", readDecision);
  if (panel !== undefined && outcome !== "unfounded") throw wrongType();
  return { outcome, concern: fields.one("class", CONCERNS), ...amounts !== undefined && { amounts }, ...panel && { panel } };
}

export function slipJson({ outcome, concern, amounts, panel }: Slip): JsonObject {
  return { outcome, class: concern, ...amounts !== undefined && { amounts: amountsJson(amounts) }, ...panel && { panel: decisionJson(panel) } };
}

/** @throws MalformedError `json-type` for a currency that is not three capitals, or where no amount is given */
function readAmounts(fields: Fields): Amounts {
  const currency = fields.text("currency");
  const damage = fields.optional("damage", (value) => asInteger(value));
  const recovered = fields.optional("recovered", (value) => asInteger(value));
  if (!/^[A-Z]{3}$/.test(currency) || (damage === undefined && recovered === undefined)) throw wrongType();
  return { currency, ...damage !== undefined && { damage }, ...recovered !== undefined && { recovered } };
}

export function amountsJson({ currency, damage, recovered }: Amounts): JsonObject {
  return { currency, ...damage !== undefined && { damage }, ...recovered !== undefined && { recovered } };
}
