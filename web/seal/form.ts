/**
 * The form of a desk (formats.md §9): what a reporting person is asked, as a public document that the desk's sheet names
 * by hash. Which words a form may not ask for is no matter of this format; the office door refuses them.
 */
import { MalformedError } from "./errors.js";
import { asObject, asText, Fields, whole, wrongType } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";

export const FORM_LIMIT = 64 * 1024;
const ID = /^[a-z][a-z0-9-]{0,39}$/;
const TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** By language tag; English is always among them. */
export type Texts = ReadonlyMap<string, string>;

export type Kind = "text" | "long" | "choice" | "choices";

export interface Option {
  readonly id: string;
  readonly label: Texts;
  readonly help: Texts | undefined;
}

/** A question is asked only if this option was chosen at an earlier one. */
export interface Condition {
  readonly question: string;
  readonly option: string;
}

export interface Question {
  readonly id: string;
  readonly kind: Kind;
  readonly label: Texts;
  readonly help: Texts | undefined;
  /** None where it is no choice. */
  readonly options: readonly Option[];
  readonly condition: Condition | undefined;
}

export interface Section {
  readonly id: string;
  readonly title: Texts;
  readonly questions: readonly Question[];
}

export type Form = readonly Section[];

/** @throws MalformedError as JSON does; `form-first`, `form-options`, `form-if` */
export function readForm(doc: Uint8Array): Form {
  const form = whole(parse(doc, FORM_LIMIT), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "form");
    return fields.list("sections", (value) => whole(value, readSection));
  });
  checkForm(form);
  return form;
}

/** The document of a form. Its ids and conditions are checked when it is read. */
export function writeForm(form: Form): Uint8Array {
  return write({ v: 1, kind: "form", sections: form.map(({ id, title, questions }) => ({ id, title: textsJson(title), questions: questions.map(questionJson) })) });
}

export function questionsOf(form: Form): readonly Question[] {
  return form.flatMap((section) => section.questions);
}

/** The questions that are asked, given what was answered so far; answers to the others are not sent. */
export function asked(form: Form, answers: ReadonlyMap<string, string>): readonly Question[] {
  const found = new Set<string>();
  return questionsOf(form).filter(({ id, condition }) => {
    const holds = condition === undefined
      || (found.has(condition.question) && (answers.get(condition.question) ?? "").split(" ").includes(condition.option));
    if (holds) found.add(id);
    return holds;
  });
}

function checkForm(form: Form): void {
  const ids = form.flatMap((section) => [section.id, ...section.questions.flatMap((one) => [one.id, ...one.options.map(({ id }) => id)])]);
  if (new Set(ids).size !== ids.length) throw wrongType();
  const questions = questionsOf(form);
  if (questions[0]?.id !== "what" || questions[0].kind !== "long") {
    throw new MalformedError("form-first", "A form begins with what the person saw or heard.");
  }
  const before = new Map<string, Question>();
  for (const question of questions) {
    const { condition } = question;
    if (condition !== undefined && before.get(condition.question)?.options.some(({ id }) => id === condition.option) !== true) {
      throw new MalformedError("form-if", "A question depends on a choice that does not stand before it.");
    }
    before.set(question.id, question);
  }
}

function readSection(fields: Fields): Section {
  return {
    id: fields.read("id", asName), title: fields.read("title", asTexts),
    questions: fields.list("questions", (value) => whole(value, readQuestion)),
  };
}

function readQuestion(fields: Fields): Question {
  const question = {
    id: fields.read("id", asName), kind: fields.one("kind", ["text", "long", "choice", "choices"] as const),
    label: fields.read("label", asTexts), help: fields.optional("help", asTexts),
    options: fields.has("options") ? fields.list("options", (value) => whole(value, readOption)) : [],
    condition: fields.optional("if", asCondition),
  };
  if (question.kind.startsWith("choice") !== question.options.length > 0) {
    throw new MalformedError("form-options", "A choice needs options, and nothing else has any.");
  }
  return question;
}

function readOption(fields: Fields): Option {
  return { id: fields.read("id", asName), label: fields.read("label", asTexts), help: fields.optional("help", asTexts) };
}

function asCondition(value: Json): Condition {
  const pairs = Object.entries(asObject(value)).map(([question, option]) => [question, asText(option)] as const);
  const [pair] = pairs;
  if (pair === undefined || pairs.length > 1) throw wrongType();
  return { question: asName(pair[0]), option: asName(pair[1]) };
}

function asName(value: Json): string {
  const name = asText(value);
  if (!ID.test(name)) throw wrongType();
  return name;
}

function asTexts(value: Json): Texts {
  const texts = new Map(Object.entries(asObject(value)).map(([tag, text]) => [tag, asText(text)]));
  if (!texts.has("en") || ![...texts.keys()].every((tag) => TAG.test(tag))) throw wrongType();
  return texts;
}

function textsJson(texts: Texts): JsonObject {
  return Object.fromEntries(texts);
}

function questionJson({ id, kind, label, help, options, condition }: Question): JsonObject {
  return {
    id, kind, label: textsJson(label), ...(help && { help: textsJson(help) }),
    ...(options.length > 0 && { options: options.map((one) => ({ id: one.id, label: textsJson(one.label), ...(one.help && { help: textsJson(one.help) }) })) }),
    ...(condition && { if: { [condition.question]: condition.option } }),
  };
}
