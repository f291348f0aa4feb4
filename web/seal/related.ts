import type { Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

/** Why it does not hold any more: it turned out to be another event; the wrong report was taken. */
export const WHYS = ["other-event", "mistake"] as const;
export type PartedWhy = (typeof WHYS)[number];

/**
 * That another report tells of the same event, or does not any more (formats.md §13). By event, never by person: it names
 * the other one by its random id and nothing else.
 */
export type Related =
  | { readonly step: "linked"; readonly thread: Uint8Array }
  | { readonly step: "parted"; readonly thread: Uint8Array; readonly why: PartedWhy };

/** @throws MalformedError `json-type` for a step or a reason of no list */
export function readRelated(fields: Fields): Related {
  const thread = fields.id("thread");
  return fields.one("step", ["linked", "parted"] as const) === "linked" ? { step: "linked", thread } : { step: "parted", thread, why: fields.one("why", WHYS) };
}

export function relatedJson(related: Related): JsonObject {
  const thread = b64(related.thread);
  return related.step === "linked" ? { thread, step: related.step } : { thread, step: related.step, why: related.why };
}
