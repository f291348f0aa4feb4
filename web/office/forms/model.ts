/** A form while somebody edits it: the same parts, changeable, with every language side by side. */
import { questionsOf, writeForm, type Form, type Kind, type Question, type Texts } from "../../seal/form.js";

/** By language tag; an empty text is none. */
export type EditedTexts = Record<string, string>;

export interface EditedOption {
  id: string;
  label: EditedTexts;
  help: EditedTexts;
}

export interface EditedQuestion extends EditedOption {
  kind: Kind;
  options: EditedOption[];
  /** Asked only if this option was chosen at this earlier question. */
  condition: { question: string; option: string } | undefined;
}

export interface EditedSection {
  id: string;
  title: EditedTexts;
  questions: EditedQuestion[];
}

/** What is missing before the form can be signed. */
export interface Missing {
  /** Id of the part. */
  readonly part: string;
  readonly what: "text" | "options";
}

const FRESH = "new-part-";
const LONGEST = 30;

export class EditedForm {
  #made = 0;

  private constructor(readonly sections: EditedSection[]) {}

  static of(form: Form): EditedForm {
    const option = ({ id, label, help }: { id: string; label: Texts; help: Texts | undefined }): EditedOption => ({
      id, label: Object.fromEntries(label), help: Object.fromEntries(help ?? []),
    });
    return new EditedForm(form.map(({ id, title, questions }) => ({
      id, title: Object.fromEntries(title), questions: questions.map((one) => ({
        ...option(one), kind: one.kind, options: one.options.map(option), condition: one.condition,
      })),
    })));
  }

  get questions(): readonly EditedQuestion[] {
    return this.sections.flatMap(({ questions }) => questions);
  }

  addSection(): EditedSection {
    const section = { id: this.#fresh(), title: {}, questions: [] };
    this.sections.push(section);
    return section;
  }

  addQuestion(section: EditedSection): EditedQuestion {
    const question: EditedQuestion = { id: this.#fresh(), label: {}, help: {}, kind: "text", options: [], condition: undefined };
    section.questions.push(question);
    return question;
  }

  addOption(question: EditedQuestion): EditedOption {
    const option = { id: this.#fresh(), label: {}, help: {} };
    question.options.push(option);
    return option;
  }

  /** Takes a question out, and with it every condition on it. */
  removeQuestion(question: EditedQuestion): void {
    for (const section of this.sections) section.questions = section.questions.filter((one) => one !== question);
    this.#dropConditions();
  }

  removeOption(question: EditedQuestion, option: EditedOption): void {
    question.options = question.options.filter((one) => one !== option);
    this.#dropConditions();
  }

  removeSection(section: EditedSection): void {
    const at = this.sections.indexOf(section);
    if (at > 0) this.sections.splice(at, 1);
    this.#dropConditions();
  }

  /** Another kind; what is no choice has no options, and nothing can hang on it any more. */
  turn(question: EditedQuestion, kind: Kind): void {
    question.kind = kind;
    if (!isChoice(kind)) question.options = [];
    else if (question.options.length === 0) this.addOption(question);
    this.#dropConditions();
  }

  /** One place up or down, over the border of a section too. The first question stays the first. */
  move(question: EditedQuestion, by: 1 | -1): void {
    const section = this.sections.find(({ questions }) => questions.includes(question));
    if (section === undefined) return;
    const at = section.questions.indexOf(question);
    const next = at + by;
    const other = this.sections[this.sections.indexOf(section) + by];
    if (next >= 0 && next < section.questions.length) {
      if (section.questions[next]?.id === "what") return;
      section.questions.splice(at, 1);
      section.questions.splice(next, 0, question);
    } else if (other !== undefined) {
      section.questions.splice(at, 1);
      if (by === 1) other.questions.unshift(question);
      else other.questions.push(question);
    }
    this.#dropConditions();
  }

  /** The choices before a question, on which it may depend. */
  before(question: EditedQuestion): readonly EditedQuestion[] {
    const all = this.questions;
    return all.slice(0, all.indexOf(question)).filter(({ kind }) => isChoice(kind));
  }

  missing(): Missing[] {
    const text = ({ id }: { id: string }, texts: EditedTexts): Missing[] => isBlank(texts["en"]) ? [{ part: id, what: "text" }] : [];
    return this.sections.flatMap((section) => [
      ...text(section, section.title),
      ...section.questions.flatMap((question) => [
        ...text(question, question.label),
        ...isChoice(question.kind) && question.options.length === 0 ? [{ part: question.id, what: "options" as const }] : [],
        ...question.options.flatMap((option) => text(option, option.label)),
      ]),
    ]);
  }

  /** How many texts this language lacks; its readers get the English ones. */
  untranslated(tag: string): number {
    const lacks = (texts: EditedTexts): number => !isBlank(texts["en"]) && isBlank(texts[tag]) ? 1 : 0;
    const part = ({ label, help }: EditedOption): number => lacks(label) + lacks(help);
    return this.sections.reduce((sum, { title, questions }) => sum + lacks(title) + questions
      .reduce((more, question) => more + part(question) + question.options.reduce((rest, one) => rest + part(one), 0), 0), 0);
  }

  /** As a form to be shown, with what is still blank left blank. */
  form(): Form {
    return this.#named(new Map());
  }

  /** The document to be signed. Parts that are new get their ids from their English texts, for who reads them in a file. */
  document(): { readonly doc: Uint8Array; readonly ids: ReadonlyMap<string, string> } {
    const ids = new Map<string, string>();
    const taken = new Set(this.#parts().map(({ id }) => id));
    for (const { id, text } of this.#parts()) {
      if (!id.startsWith(FRESH)) continue;
      const name = free(slug(text), taken);
      taken.add(name);
      ids.set(id, name);
    }
    return { doc: writeForm(this.#named(ids)), ids };
  }

  #named(ids: ReadonlyMap<string, string>): Form {
    const name = (id: string): string => ids.get(id) ?? id;
    const option = ({ id, label, help }: EditedOption): Pick<Question, "id" | "label" | "help"> => ({
      id: name(id), label: texts(label), help: isBlank(help["en"]) ? undefined : texts(help),
    });
    return this.sections.map(({ id, title, questions }) => ({
      id: name(id), title: texts(title), questions: questions.map((one) => ({
        ...option(one), kind: one.kind, options: one.options.map(option),
        condition: one.condition && { question: name(one.condition.question), option: name(one.condition.option) },
      })),
    }));
  }

  #parts(): { id: string; text: string }[] {
    return this.sections.flatMap(({ id, title, questions }) => [
      { id, text: title["en"] ?? "" },
      ...questions.flatMap((one) => [one, ...one.options]).map((one) => ({ id: one.id, text: one.label["en"] ?? "" })),
    ]);
  }

  #dropConditions(): void {
    for (const question of this.questions) {
      const { condition } = question;
      const named = this.before(question).find(({ id }) => id === condition?.question);
      if (named?.options.some(({ id }) => id === condition?.option) !== true) question.condition = undefined;
    }
  }

  #fresh(): string {
    const taken = new Set(this.#parts().map(({ id }) => id));
    do this.#made += 1; while (taken.has(`${FRESH}${this.#made}`));
    return `${FRESH}${this.#made}`;
  }
}

export function isChoice(kind: Kind): boolean {
  return kind === "choice" || kind === "choices";
}

/** Whether two forms say the same; the way they were written does not count. */
export function sameForm(one: Form, other: Form): boolean {
  const said = (form: Form): string => JSON.stringify([form.map(({ id, title }) => [id, [...title]]), questionsOf(form).map((question) => [
    question.id, question.kind, [...question.label], [...question.help ?? []], question.condition,
    question.options.map(({ id, label, help }) => [id, [...label], [...help ?? []]]),
  ])]);
  return said(one) === said(other);
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** English always, the others where there is something. */
function texts(edited: EditedTexts): Texts {
  return new Map(Object.entries({ en: "", ...edited }).filter(([tag, text]) => tag === "en" || !isBlank(text)).map(([tag, text]) => [tag, text.trim()]));
}

/** Lower-case letters, digits and hyphens out of a text; a letter first. */
function slug(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/gu, "").replace(/[^a-z0-9]+/gu, "-").replace(/^[^a-z]+|-+$/gu, "");
  return plain.slice(0, LONGEST).replace(/-+$/u, "") || "question";
}

function free(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
