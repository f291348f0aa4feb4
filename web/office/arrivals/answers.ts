/** The questions of a desk's form, to stand above what was answered; the same reading as the report door's. */

import { nearest } from "../../elements/languages.js";
import { asArray, asObject, asText } from "../../seal/fields.js";
import { parse, type Json, type JsonObject } from "../../seal/jsontext.js";
import type { Answer } from "./types.js";

const FORM_LIMIT = 64 * 1024;

interface Question {
  readonly label: string;
  readonly options: ReadonlyMap<string, string>;
}

/** Labels of a form by question id, in one language. */
export type Questions = ReadonlyMap<string, Question>;

/** Reads the labels of a form document (docs/formats.md §9) in `language`, in English where it has no other. */
export function readQuestions(form: Uint8Array, language: string): Questions {
  const found = new Map<string, Question>();
  for (const section of asArray(asObject(parse(form, FORM_LIMIT))["sections"] ?? [])) {
    for (const value of asArray(asObject(section)["questions"] ?? [])) {
      const question = asObject(value);
      const options = asArray(question["options"] ?? []).map((option) => asObject(option));
      found.set(text(question, "id"), {
        label: inLanguage(question["label"], language),
        options: new Map(options.map((option) => [text(option, "id"), inLanguage(option["label"], language)])),
      });
    }
  }
  return found;
}

/**
 * The answers in the order of the form. What a question's options are called is shown in the reader's language; what
 * a person wrote is never changed. Questions that the form does not know stand last, under their own names.
 */
export function arrange(answers: ReadonlyMap<string, string>, questions: Questions): Answer[] {
  const known = [...questions.keys()].filter((question) => answers.has(question));
  const other = [...answers.keys()].filter((question) => !questions.has(question));
  return [...known, ...other].map((question) => {
    const asked = questions.get(question);
    const written = answers.get(question) ?? "";
    return { question, label: asked?.label ?? question, text: asked === undefined ? written : named(written, asked) };
  }).filter((answer) => answer.text.trim() !== "");
}

function named(written: string, { options }: Question): string {
  if (options.size === 0) return written;
  const ids = written.split(" ");
  return ids.every((id) => options.has(id)) ? ids.map((id) => options.get(id)).join("; ") : written;
}

function text(value: JsonObject, name: string): string {
  return asText(value[name] ?? "");
}

function inLanguage(texts: Json | undefined, language: string): string {
  const all = asObject(texts ?? {});
  const tag = nearest(Object.keys(all), language);
  return tag === undefined ? "" : asText(all[tag] ?? "");
}
