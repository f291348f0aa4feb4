/** Questions that somebody can choose from when they answer: the office's own (formats.md §9), else ten that we ship. */
import { nearest } from "../../elements/languages.js";
import { asArray, asObject, asText } from "../../seal/fields.js";
import { parse, type Json } from "../../seal/jsontext.js";
import shipped from "./shipped.json" with { type: "json" };

const LIMIT = 64 * 1024;
const MOST = 40;

export interface OfferedQuestion {
  readonly id: string;
  /** By language tag; English is always among them. */
  readonly texts: Readonly<Record<string, string>>;
}

/** In English, Simplified Chinese and Arabic. */
export function shippedQuestions(): readonly OfferedQuestion[] {
  return shipped;
}

/** Those of a desk's profile document; an empty document is none. */
export function offeredBy(profile: Uint8Array): readonly OfferedQuestion[] {
  return questionsIn(profile.length === 0 ? undefined : asObject(parse(profile, LIMIT))["questions"]);
}

/** Those of a profile's field; a list that is empty was emptied by the office. */
export function questionsIn(value: Json | undefined): readonly OfferedQuestion[] {
  if (value === undefined) return shipped;
  return asArray(value, MOST).map((one) => {
    const { id, texts } = asObject(one);
    return { id: asText(id ?? ""), texts: Object.fromEntries(Object.entries(asObject(texts ?? {})).map(([tag, text]) => [tag, asText(text)])) };
  });
}

/** The text in a language, or the nearest that there is, and which that is. */
export function spoken({ texts }: OfferedQuestion, language: string): { readonly text: string; readonly tag: string } {
  const tag = nearest(Object.keys(texts), language) ?? "en";
  return { text: texts[tag] ?? "", tag };
}
