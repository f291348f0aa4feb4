/** The rest of the form: everything in it is optional, and the page says so. */
import { make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { inLanguage, languageOf, type Question, type Section } from "../forms";
import { actions, button, failure, stack, stepLine, type Frame } from "../frame";
import { sentence } from "../problems";
import { choiceField, textField } from "../writing";
import { you } from "./you";

export function more(frame: Frame): Draw {
  return (host) => {
    const { draft, views } = frame;
    const questions = make("div", { class: "stack loose" }, make("p", { class: "muted", role: "status" }, t("Loading the questions …")));
    const show = async (): Promise<void> => {
      try {
        const office = await frame.office();
        const chosen = office.desk(draft.desk ?? "");
        questions.replaceChildren(...chosen === undefined ? [] : sectionsOf(frame, await office.form(chosen)));
      } catch (error) {
        questions.replaceChildren(failure(sentence(error), () => { void show(); }));
      }
    };
    void show();
    host.append(stack(
      stepLine("more"),
      make("h1", {}, t("Anything else you can say")),
      make("p", { class: "lede" }, t("All of this is optional. You can also leave it to the people who read your report: they can ask you.")),
      questions,
      actions(button(t("Continue"), () => { views.go(you(frame)); }),
        button(t("Back"), () => { history.back(); }, "button secondary")),
    ));
    return undefined;
  };
}

function sectionsOf(frame: Frame, sections: readonly Section[]): HTMLElement[] {
  return sections.flatMap((section) => section.questions.filter((question) => question.id !== "what")
    .map((question) => questionField(frame, question)));
}

/** Also on the check page, where every answer can be changed. */
export function questionField({ draft }: Frame, question: Question): HTMLElement {
  const value = draft.answers.get(question.id) ?? "";
  const set = (text: string): void => {
    if (text.trim() === "") draft.answers.delete(question.id);
    else draft.answers.set(question.id, text);
  };
  const text = {
    label: inLanguage(question.label), optional: question.id !== "what", language: languageOf(question.label),
    help: question.help === undefined ? undefined : inLanguage(question.help),
  };
  if (question.kind === "text" || question.kind === "long") {
    return textField(text, question.kind === "text" ? "line" : "lines", value, set);
  }
  const options = question.options.map((option) => ({
    id: option.id, label: inLanguage(option.label), help: option.help === undefined ? undefined : inLanguage(option.help),
  }));
  const field = choiceField(text, question.kind, options, value.split(" "), (taken) => { set(taken.join(" ")); });
  if (options.length <= 6) return field;
  // A long list stands folded: on a telephone it would hide all that comes after it.
  const { label, help } = text;
  field.querySelector("legend")?.classList.add("unseen");
  return make("details", { open: value !== "" },
    make("summary", {}, label, " ", make("span", { class: "optional" }, t("(optional)"))),
    help === undefined ? null : make("p", { class: "hint" }, help), field);
}
