/** The questions of a desk's form, to stand above what was answered; the same reading as the report door's. */

import { nearest } from "../../elements/languages.js";
import { questionsOf, type Form, type Texts } from "../../seal/form.js";
import type { Answer } from "./types.js";

interface Question {
  readonly label: string;
  readonly options: ReadonlyMap<string, string>;
}

/** Labels of a form by question id, in one language. */
export type Questions = ReadonlyMap<string, Question>;

/** The labels of a form in `language`, in English where it has no other. */
export function labelsOf(form: Form, language: string): Questions {
  const text = (texts: Texts): string => texts.get(nearest(texts.keys(), language) ?? "") ?? "";
  return new Map(questionsOf(form).map(({ id, label, options }) => [
    id, { label: text(label), options: new Map(options.map((option) => [option.id, text(option.label)])) },
  ]));
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
