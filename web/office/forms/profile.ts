/** What a desk says beside its questions, while somebody edits it: texts by language, other ways, its clocks. */
import { parse, write, type Json, type JsonObject } from "../../seal/jsontext.js";
import { asInteger, asObject, asText } from "../../seal/fields.js";
import { questionsIn, shippedQuestions } from "../questions/offered.js";
import type { EditedTexts } from "./model.js";

const LIMIT = 64 * 1024;
/** No law: the office's own commitments alone. */
export const GENERAL = "generic";

/** Texts by language. The last two may be left out: then the page says what holds for every office, and names no help for children. */
export const TEXTS = ["emergency", "complaints", "disclosure", "children"] as const;
const OPTIONAL = ["disclosure", "children"] as const;
export const WAYS = ["telephone", "letter", "person"] as const;

export interface EditedProfile {
  readonly texts: Record<typeof TEXTS[number], EditedTexts>;
  readonly ways: Record<typeof WAYS[number], EditedTexts>;
  /** Questions that the desk's people choose from when they answer; in the order in which they are offered. */
  readonly questions: EditedQuestionText[];
  /** The document has questions of the office's own; else those that we ship are offered. */
  readonly ownQuestions: boolean;
  /** Days within which somebody has read it, 1 to 7, and months within which the desk says what it does, 1 to 3. */
  acknowledge: number;
  feedback: number;
  /** Id of the law that the desk works under, and whether it receives from inside an organisation or from everybody. */
  law: string;
  applies: "internal" | "external";
  /** Where "Leave this page" goes; empty: where the page goes by itself. */
  leave: string;
}

export interface EditedQuestionText {
  readonly id: string;
  readonly texts: EditedTexts;
}

/** What of it is missing or wrong: the field's name, and the question's id. */
export type ProfileFault = typeof TEXTS[number] | "ways" | "leave" | `question-${string}`;

/** Reads a profile that the server checked when it was signed; none is the floor with nothing said. */
export function readProfile(doc: Uint8Array): EditedProfile {
  const fields = doc.length === 0 ? {} : asObject(parse(doc, LIMIT));
  const part = (name: string): JsonObject => asObject(fields[name] ?? {});
  const texts = (name: string): EditedTexts => Object.fromEntries(Object.entries(part(name)).map(([tag, text]) => [tag, asText(text)]));
  const number = (value: Json | undefined, most: number): number => value === undefined ? most : asInteger(value, 1, most);
  // Before a way had its words in each language it was one text for all of them.
  const way = (name: string): EditedTexts => {
    const said = part("ways")[name] ?? {};
    return typeof said === "string" ? { en: said } : Object.fromEntries(Object.entries(asObject(said)).map(([tag, text]) => [tag, asText(text)]));
  };
  return {
    texts: { emergency: texts("emergency"), complaints: texts("complaints"), disclosure: texts("disclosure"), children: texts("children") },
    ways: { telephone: way("telephone"), letter: way("letter"), person: way("person") },
    questions: questionsOf(fields["questions"]), ownQuestions: fields["questions"] !== undefined,
    acknowledge: number(part("acknowledge")["days"], 7), feedback: number(part("feedback")["months"], 3),
    law: asText(part("law")["id"] ?? GENERAL), applies: part("law")["applies"] === "external" ? "external" : "internal",
    leave: asText(fields["leave"] ?? ""),
  };
}

export function writeProfile({ texts, ways, acknowledge, feedback, law, applies, leave, questions, ownQuestions }: EditedProfile): Uint8Array {
  const trimmed = (said: EditedTexts): JsonObject => Object.fromEntries(Object.entries(said)
    .filter(([, text]) => text.trim() !== "").map(([tag, text]) => [tag, text.trim()]));
  const said = (name: typeof TEXTS[number]): JsonObject => trimmed(texts[name]);
  const asked = questions.map((one) => ({ id: one.id, texts: trimmed(one.texts) }));
  const own = ownQuestions || JSON.stringify(asked) !== JSON.stringify(shippedQuestions());
  return write({
    v: 1, kind: "profile", acknowledge: { days: acknowledge }, feedback: { months: feedback },
    emergency: said("emergency"), complaints: said("complaints"),
    ways: Object.fromEntries(WAYS.map((name) => [name, trimmed(ways[name])] as const).filter(([, way]) => Object.keys(way).length > 0)),
    ...(own && { questions: asked }),
    ...Object.fromEntries(OPTIONAL.map((name) => [name, said(name)] as const).filter(([, text]) => Object.keys(text).length > 0)),
    ...((law !== GENERAL || applies !== "internal") && { law: { id: law, applies } }),
    ...(leave.trim() !== "" && { leave: leave.trim() }),
  });
}

export function faultsOf({ texts, ways, leave, questions }: EditedProfile): ProfileFault[] {
  const blank = (text: string | undefined): boolean => (text ?? "").trim() === "";
  return [
    ...blank(texts.emergency["en"]) ? ["emergency" as const] : [],
    ...blank(texts.complaints["en"]) ? ["complaints" as const] : [],
    ...OPTIONAL.filter((name) => Object.values(texts[name]).some((text) => !blank(text)) && blank(texts[name]["en"])),
    // A way that is named in any language is named in English, which every reader can fall back to.
    ...WAYS.every((name) => blank(ways[name]["en"])) || WAYS.some((name) => blank(ways[name]["en"]) && !Object.values(ways[name]).every(blank))
      ? ["ways" as const] : [],
    ...questions.filter((one) => blank(one.texts["en"])).map(({ id }) => `question-${id}` as const),
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

/** The office's own questions, or those that we ship. */
function questionsOf(value: Json | undefined): EditedQuestionText[] {
  return questionsIn(value).map(({ id, texts }) => ({ id, texts: { ...texts } }));
}
