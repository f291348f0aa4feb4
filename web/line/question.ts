/** The questions of a form as fields: on the report page, and in the preview of who edits a form. */
import { hold, make } from "../elements/make";
import { language, t } from "../elements/words";
import { asked, inLanguage, languageOf, type Form, type Question } from "./forms";
import { choiceField, textField } from "./writing";

/** A long list of choices stands folded: on a telephone it would hide all that comes after it. */
const MOST_IN_SIGHT = 6;

/**
 * One question, whose answer goes into `answers`; an empty one is taken out.
 *
 * @param chosen - called after another choice: other questions may be asked then
 * @param tag - the language of the questions
 */
export function questionField(
  question: Question, answers: Map<string, string>, chosen: () => void = () => undefined, tag = language(),
): HTMLElement {
  const value = answers.get(question.id) ?? "";
  const set = (text: string): void => {
    if (text.trim() === "") answers.delete(question.id);
    else answers.set(question.id, text);
  };
  const text = {
    label: inLanguage(question.label, tag), optional: question.id !== "what", language: languageOf(question.label, tag),
    help: question.help === undefined ? undefined : inLanguage(question.help, tag),
  };
  if (question.kind === "text" || question.kind === "long") {
    return textField(text, question.kind === "text" ? "line" : "lines", value, set);
  }
  const options = question.options.map((option) => ({
    id: option.id, label: inLanguage(option.label, tag), help: option.help === undefined ? undefined : inLanguage(option.help, tag),
  }));
  const field = choiceField(text, question.kind, options, value.split(" "), (taken) => {
    set(taken.join(" "));
    chosen();
  });
  if (options.length <= MOST_IN_SIGHT) return field;
  const { label, help } = text;
  field.querySelector("legend")?.classList.add("unseen");
  return make("details", { open: value !== "", lang: text.language },
    make("summary", {}, label, " ", make("span", { class: "optional" }, t("(optional)"))),
    help === undefined ? null : make("p", { class: "hint" }, help), field);
}

/**
 * Every question but the first that is asked, each coming and going as the choices before it are made. Where the form has
 * several sections with such questions, each stands under its title.
 */
export function drawAsked(form: Form, answers: Map<string, string>, host: HTMLElement, tag = language()): void {
  const made = new Map<string, HTMLElement>();
  const once = (id: string, make: () => HTMLElement): HTMLElement => {
    const element = made.get(id) ?? make();
    made.set(id, element);
    return element;
  };
  const draw = (): void => {
    const now = asked(form, answers).filter(({ id }) => id !== "what");
    const sections = form.filter(({ questions }) => questions.some((one) => now.includes(one)));
    const wanted = sections.flatMap(({ id, title, questions }) => [
      ...sections.length < 2 ? [] : [once(id, () => make("h2", { lang: languageOf(title, tag) }, inLanguage(title, tag)))],
      ...questions.filter((one) => now.includes(one)).map((one) => once(one.id, () => questionField(one, answers, draw, tag))),
    ]);
    for (const [id, element] of made) {
      if (wanted.includes(element)) continue;
      element.remove();
      made.delete(id);
    }
    // Only what is new is put in: a field that is moved loses the focus.
    wanted.forEach((element, at) => { if (host.children[at] !== element) host.insertBefore(element, host.children[at] ?? null); });
  };
  hold(host);
  draw();
}
