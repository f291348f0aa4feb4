/** Forms and profiles (formats.md §9), read from bytes whose hash the desk's proven sheet names. */
import { nearest } from "../elements/languages";
import { language } from "../elements/words";
import { whole, type Fields } from "../seal/fields";
import { FORM_LIMIT, type Question, type Texts } from "../seal/form";
import { parse } from "../seal/jsontext";

export { asked, questionsOf, readForm, type Form, type Question } from "../seal/form";

export interface Profile {
  /** Days within which the office says that it has read. */
  readonly acknowledge: number;
  /** Months within which it says what it does. */
  readonly feedback: number;
  readonly complaints: Texts;
  /** Id of the law that the desk works under. */
  readonly law: string;
  /** Where a child, or whoever worries about one, finds help outside the office. */
  readonly children: Texts | undefined;
}

/** The text in a language, the page's if none is said, else in English, else in any. */
export function inLanguage(texts: Texts, tag = language()): string {
  return texts.get(languageOf(texts, tag)) ?? "";
}

/** The tag of the text that {@link inLanguage} gives, for the `lang` of what shows it. */
export function languageOf(texts: Texts, tag = language()): string {
  return nearest(texts.keys(), tag) ?? tag;
}

export function readProfile(doc: Uint8Array): Profile {
  return whole(parse(doc, FORM_LIMIT), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "profile");
    // Shown by the first page already, which the server wrote: whom to call, other ways, where to leave to. The questions are for who answers.
    for (const name of ["emergency", "ways", "disclosure", "leave", "questions"]) fields.has(name);
    return {
      acknowledge: fields.read("acknowledge", (value) => whole(value, (clock) => clock.integer("days", 1, 7))),
      feedback: fields.read("feedback", (value) => whole(value, (clock) => clock.integer("months", 1, 3))),
      complaints: fields.texts("complaints"), law: fields.optional("law", (value) => whole(value, readLaw)) ?? "generic",
      children: fields.has("children") ? fields.texts("children") : undefined,
    };
  });
}

function readLaw(law: Fields): string {
  law.has("applies");
  return law.text("id");
}

/** An answer as a person reads it: labels for the ids of a choice. */
export function answerText(question: Question, answer: string): string {
  if (question.options.length === 0) return answer;
  const labels = answer.split(" ").map((id) => {
    const option = question.options.find((one) => one.id === id);
    return option === undefined ? id : inLanguage(option.label);
  });
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(labels);
}
