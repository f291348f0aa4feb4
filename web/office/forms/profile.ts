/** What a desk says beside its questions, while somebody edits it: texts by language, other ways, its clocks. */
import { parse, write, type Json, type JsonObject } from "../../seal/jsontext.js";
import { asInteger, asObject, asText } from "../../seal/fields.js";
import type { EditedTexts } from "./model.js";

const LIMIT = 64 * 1024;

/** Texts by language. Disclosure may be left out: then the page says what holds for every office. */
export const TEXTS = ["emergency", "complaints", "disclosure"] as const;
export const WAYS = ["telephone", "letter", "person"] as const;

export interface EditedProfile {
  readonly texts: Record<typeof TEXTS[number], EditedTexts>;
  readonly ways: Record<typeof WAYS[number], string>;
  /** Days within which somebody has read it, 1 to 7, and months within which the desk says what it does, 1 to 3. */
  acknowledge: number;
  feedback: number;
  /** Where "Leave this page" goes; empty: where the page goes by itself. */
  leave: string;
}

/** What of it is missing or wrong: the field's name. */
export type ProfileFault = "emergency" | "complaints" | "disclosure" | "ways" | "leave";

/** Reads a profile that the server checked when it was signed; none is the floor with nothing said. */
export function readProfile(doc: Uint8Array): EditedProfile {
  const fields = doc.length === 0 ? {} : asObject(parse(doc, LIMIT));
  const part = (name: string): JsonObject => asObject(fields[name] ?? {});
  const texts = (name: string): EditedTexts => Object.fromEntries(Object.entries(part(name)).map(([tag, text]) => [tag, asText(text)]));
  const number = (value: Json | undefined, most: number): number => value === undefined ? most : asInteger(value, 1, most);
  const ways = part("ways");
  return {
    texts: { emergency: texts("emergency"), complaints: texts("complaints"), disclosure: texts("disclosure") },
    ways: { telephone: asText(ways["telephone"] ?? ""), letter: asText(ways["letter"] ?? ""), person: asText(ways["person"] ?? "") },
    acknowledge: number(part("acknowledge")["days"], 7), feedback: number(part("feedback")["months"], 3),
    leave: asText(fields["leave"] ?? ""),
  };
}

export function writeProfile({ texts, ways, acknowledge, feedback, leave }: EditedProfile): Uint8Array {
  const said = (name: typeof TEXTS[number]): JsonObject => Object.fromEntries(Object.entries(texts[name])
    .filter(([, text]) => text.trim() !== "").map(([tag, text]) => [tag, text.trim()]));
  return write({
    v: 1, kind: "profile", acknowledge: { days: acknowledge }, feedback: { months: feedback },
    emergency: said("emergency"), complaints: said("complaints"),
    ways: Object.fromEntries(WAYS.map((name) => [name, ways[name].trim()] as const).filter(([, text]) => text !== "")),
    ...(Object.keys(said("disclosure")).length > 0 && { disclosure: said("disclosure") }),
    ...(leave.trim() !== "" && { leave: leave.trim() }),
  });
}

export function faultsOf({ texts, ways, leave }: EditedProfile): ProfileFault[] {
  const blank = (text: string | undefined): boolean => (text ?? "").trim() === "";
  const disclosed = Object.values(texts.disclosure).some((text) => !blank(text));
  return [
    ...blank(texts.emergency["en"]) ? ["emergency" as const] : [],
    ...blank(texts.complaints["en"]) ? ["complaints" as const] : [],
    ...disclosed && blank(texts.disclosure["en"]) ? ["disclosure" as const] : [],
    ...WAYS.every((name) => blank(ways[name])) ? ["ways" as const] : [],
    ...blank(leave) || isWebAddress(leave.trim()) ? [] : ["leave" as const],
  ];
}

function isWebAddress(text: string): boolean {
  try {
    return new URL(text).protocol === "https:";
  } catch {
    return false;
  }
}
