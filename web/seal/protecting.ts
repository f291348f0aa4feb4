import { MalformedError } from "./errors.js";
import { asDay, whole, wrongType, type Fields } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

export const SITUATIONS = ["none-known", "some", "grave"] as const;
export const MEASURES = [
  "identity-apart", "other-contact", "heard-apart", "workplace", "employer-told", "interim-relief", "support", "police", "safe-place", "other",
] as const;
/** What somebody is in the matter, never who. */
export const PROTECTED = ["reporter", "facilitator", "relative", "witness", "expert", "organisation"] as const;
export const GROUNDS = ["request", "own-motion"] as const;
/** The fifteen forms of retaliation of article 19 of directive (EU) 2019/1937, and anything else. */
export const FORMS = [
  "dismissal", "demotion", "duties", "training", "appraisal", "discipline", "harassment", "unfair-treatment", "not-made-permanent",
  "not-renewed", "reputation-or-money", "blacklisting", "supplier-contract", "licence", "medical-referral", "other",
] as const;
export const CLAIMS = ["asked", "decided", "paid"] as const;

/** What is counted of protection as a case closes: one word of each list. */
export const SLIP_FOR = [...PROTECTED, "several", "not-said"] as const;
export const SLIP_MEASURES = [...MEASURES, "several", "none"] as const;
export const SLIP_RESULTS = ["none", "ended", "stands"] as const;

export type Danger = (typeof SITUATIONS)[number];
export type MeasureCode = (typeof MEASURES)[number];
export type Protected = (typeof PROTECTED)[number];
export type Grounds = (typeof GROUNDS)[number];
export type FormCode = (typeof FORMS)[number];
export type Claim = (typeof CLAIMS)[number];

/** How dangerous the situation is; nobody is rated. The note's text gives the reasons. */
export interface SituationSaid {
  readonly kind: "situation";
  readonly danger: Danger;
}

/** A measure of the catalogue; a later one of the same id takes its place. None is without a review. */
export interface MeasureSaid {
  readonly kind: "measure";
  readonly id: Uint8Array;
  readonly measure: MeasureCode;
  readonly whom: Protected;
  readonly grounds: Grounds;
  /** Of the member who is responsible. */
  readonly who: Uint8Array;
  readonly begins: string;
  readonly review: string;
  readonly ended: string | undefined;
}

/** Something that was done to the person since they reported; a later one of the same id takes its place. */
export interface RetaliationSaid {
  readonly kind: "retaliation";
  readonly id: Uint8Array;
  readonly day: string;
  readonly form: FormCode;
  readonly file: { readonly blob: Uint8Array; readonly hash: Uint8Array } | undefined;
  readonly struck: boolean;
}

/** A request to make a loss good. */
export interface CompensationSaid {
  readonly kind: "compensation";
  readonly id: Uint8Array;
  readonly state: Claim;
}

/** What is counted of protection as a case closes, where somebody asked for it or a measure was taken. It names no case. */
export interface ProtectionSlip {
  readonly whom: (typeof SLIP_FOR)[number];
  readonly grounds: Grounds;
  readonly measure: (typeof SLIP_MEASURES)[number];
  readonly result: (typeof SLIP_RESULTS)[number];
}

export type Protecting = SituationSaid | MeasureSaid | RetaliationSaid | CompensationSaid;

/** Throws MalformedError as fields do, `json-type` for a word that is not in its list, `protection-review`. */
export function readProtecting(value: Json): Protecting {
  return whole(value, (fields): Protecting => {
    const kind = fields.one("kind", ["situation", "measure", "retaliation", "compensation"] as const);
    switch (kind) {
      case "situation": return { kind, danger: fields.one("danger", SITUATIONS) };
      case "measure": return readMeasure(fields);
      case "retaliation": return {
        kind, id: fields.id("id"), day: fields.day("day"), form: fields.one("form", FORMS),
        file: fields.optional("file", (found) => whole(found, (file) => ({ blob: file.id("blob"), hash: file.hash("hash") }))), struck: fields.flag("struck"),
      };
      case "compensation": return { kind, id: fields.id("id"), state: fields.one("state", CLAIMS) };
    }
  });
}

export function protectingJson(said: Protecting): JsonObject {
  const { kind } = said;
  switch (said.kind) {
    case "situation": return { kind, danger: said.danger };
    case "measure": return {
      kind, id: b64(said.id), measure: said.measure, for: said.whom, grounds: said.grounds, who: b64(said.who), begins: said.begins, review: said.review,
      ...(said.ended !== undefined && { ended: said.ended }),
    };
    case "retaliation": return {
      kind, id: b64(said.id), day: said.day, form: said.form, ...(said.file && { file: { blob: b64(said.file.blob), hash: b64(said.file.hash) } }),
      struck: said.struck,
    };
    case "compensation": return { kind, id: b64(said.id), state: said.state };
  }
}

/** Throws MalformedError as fields do, `json-type` for a word of no list, and where measure and result do not agree. */
export function readProtectionSlip(value: Json): ProtectionSlip {
  return whole(value, (fields) => {
    const found = {
      whom: fields.one("for", SLIP_FOR), grounds: fields.one("grounds", GROUNDS), measure: fields.one("measure", SLIP_MEASURES),
      result: fields.one("result", SLIP_RESULTS),
    };
    if ((found.measure === "none") !== (found.result === "none")) throw wrongType();
    return found;
  });
}

export function protectionSlipJson({ whom, grounds, measure, result }: ProtectionSlip): JsonObject {
  return { for: whom, grounds, measure, result };
}

function readMeasure(fields: Fields): MeasureSaid {
  const found: MeasureSaid = {
    kind: "measure", id: fields.id("id"), measure: fields.one("measure", MEASURES), whom: fields.one("for", PROTECTED),
    grounds: fields.one("grounds", GROUNDS), who: fields.id("who"), begins: fields.day("begins"), review: fields.day("review"),
    ended: fields.optional("ended", asDay),
  };
  if (found.review < found.begins) throw new MalformedError("protection-review", "A measure is reviewed after it begins.");
  return found;
}
