/** The questions of a form as cards, in one language at a time. */
import { hold, make, type Child } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import type { Kind } from "../../seal/form.js";
import { button } from "../fields.js";
import { inLanguage } from "../page.js";
import { selectField, textField } from "./fields.js";
import { isChoice, type EditedForm, type EditedOption, type EditedQuestion, type EditedSection } from "./model.js";

export class QuestionCards {
  readonly element = make("div", { class: "stack" });
  /** Ids of the cards that stand open. */
  readonly #open = new Set<string>();

  constructor(private readonly form: EditedForm, private tag: string, private readonly changed: () => void) {
    this.draw();
  }

  speak(tag: string): void {
    this.tag = tag;
    this.draw();
  }

  /** Opens the card that holds the part of this id, so that a fault in it can be seen. */
  show(part: string): void {
    const holder = this.form.questions.find(({ id, options }) => id === part || options.some((one) => one.id === part));
    if (holder !== undefined) this.#open.add(holder.id);
    this.draw();
  }

  private draw(): void {
    hold(this.element, this.form.sections.map((section, at) => this.section(section, at)),
      make("p", {}, button(t("Add a section"), () => {
        const { id } = this.form.addSection();
        this.again(fieldOf(id));
      }, "button secondary")));
  }

  /** After something came, went or moved; the focus goes to the element of this id. */
  private again(focus?: string): void {
    this.draw();
    this.changed();
    if (focus !== undefined) document.getElementById(focus)?.focus();
  }

  private section(section: EditedSection, at: number): HTMLElement {
    const { form, tag, changed } = this;
    const first = section.questions[0]?.id === "what";
    return make("section", { class: "stack" },
      textField({ id: fieldOf(section.id), label: t("Title of the section"), texts: section.title, tag, changed }),
      first && make("p", { class: "card quiet" }, t("The first question is the report page's own and always the same: what did you see or hear?")),
      section.questions.filter(({ id }) => id !== "what").map((question) => this.card(question)),
      make("div", { class: "row" },
        button(t("Add a question"), () => {
          const { id } = form.addQuestion(section);
          this.#open.add(id);
          this.again(fieldOf(id));
        }, "button secondary"),
        at > 0 && section.questions.length === 0 && button(t("Remove this section"), () => {
          form.removeSection(section);
          this.again();
        }, "link")));
  }

  private card(question: EditedQuestion): HTMLElement {
    const { form, tag } = this;
    const { id } = question;
    const heading = make("span", {});
    const name = (): void => { heading.textContent = labelOf(question) || t("New question"); };
    name();
    const card = make("details", { class: "card", open: this.#open.has(id) },
      make("summary", {}, heading, " ", make("span", { class: "chip" }, kindName(question.kind)),
        question.condition !== undefined && [" ", make("span", { class: "chip due" }, t("under a condition"))]),
      make("div", { class: "stack" },
        textField({ id: fieldOf(id), label: t("Question"), texts: question.label, tag, changed: () => {
          name();
          this.changed();
        } }),
        textField({ id: `${fieldOf(id)}-help`, label: t("Help below it"), texts: question.help, tag, optional: true, changed: this.changed }),
        selectField(t("How it is answered"), KINDS.map((kind) => ({ value: kind, label: kindName(kind) })), question.kind, (kind) => {
          form.turn(question, kind as Kind);
          this.again(`${fieldOf(id)}-kind`);
        }, `${fieldOf(id)}-kind`),
        isChoice(question.kind) && this.options(question),
        this.condition(question),
        this.acts(question)));
    card.addEventListener("toggle", () => {
      if (card.open) this.#open.add(id);
      else this.#open.delete(id);
    });
    return card;
  }

  private options(question: EditedQuestion): HTMLElement {
    return make("fieldset", { class: "stack tight" }, make("legend", {}, t("To choose from")),
      question.options.map((option) => this.option(question, option)),
      make("p", {}, button(t("Add an answer"), () => {
        const { id } = this.form.addOption(question);
        this.again(fieldOf(id));
      }, "button secondary")));
  }

  private option(question: EditedQuestion, option: EditedOption): HTMLElement {
    const { tag, changed } = this;
    const remove = button(t("Remove"), () => {
      this.form.removeOption(question, option);
      this.again(fieldOf(question.id));
    }, "link");
    remove.setAttribute("aria-label", t("Remove: {label}", { label: labelOf(option) }));
    return make("div", { class: "stack tight card quiet" },
      textField({ id: fieldOf(option.id), label: t("Answer"), texts: option.label, tag, changed }),
      textField({ id: `${fieldOf(option.id)}-help`, label: t("Help below it"), texts: option.help, tag, optional: true, changed }),
      make("p", {}, remove));
  }

  private condition(question: EditedQuestion): HTMLElement | null {
    const before = this.form.before(question);
    if (before.length === 0) return null;
    const always = { value: "", label: t("always") };
    const choices = before.flatMap((one) => one.options.map((option) => ({
      value: `${one.id} ${option.id}`, label: t("only if “{answer}” was chosen at “{question}”", { answer: labelOf(option), question: labelOf(one) }),
    })));
    const { condition } = question;
    return selectField(t("When it is asked"), [always, ...choices], condition === undefined ? "" : `${condition.question} ${condition.option}`, (value) => {
      const [named = "", option = ""] = value.split(" ");
      question.condition = value === "" ? undefined : { question: named, option };
      this.again(`${fieldOf(question.id)}-if`);
    }, `${fieldOf(question.id)}-if`);
  }

  private acts(question: EditedQuestion): HTMLElement {
    const act = (label: string, name: string, work: () => void, focus: string): Child => {
      const made = button(label, () => {
        work();
        this.again(focus);
      }, "link");
      made.id = `${fieldOf(question.id)}-${name}`;
      made.setAttribute("aria-label", `${label}: ${labelOf(question)}`);
      return made;
    };
    return make("div", { class: "row" },
      act(t("Move up"), "up", () => { this.form.move(question, -1); }, `${fieldOf(question.id)}-up`),
      act(t("Move down"), "down", () => { this.form.move(question, 1); }, `${fieldOf(question.id)}-down`),
      act(t("Remove the question"), "remove", () => { this.form.removeQuestion(question); }, ""));
  }
}

/** The id of the field in which a part's own text is edited. */
export function fieldOf(part: string): string {
  return `part-${part}`;
}

const KINDS: readonly Kind[] = ["text", "long", "choice", "choices"];

function kindName(kind: Kind): string {
  switch (kind) {
    case "text": return t("in one line");
    case "long": return t("in several lines");
    case "choice": return t("by one choice");
    case "choices": return t("by several choices");
  }
}

/** What the editor itself calls a part: in the language of this page. */
function labelOf({ label }: EditedOption): string {
  return inLanguage(Object.fromEntries(Object.entries(label).filter(([, text]) => text.trim() !== "")), language());
}
