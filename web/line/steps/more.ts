/** The rest of the form: everything in it is optional, and the page says so. */
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { RefusedError } from "../../seal/errors";
import { asked, inLanguage, languageOf, type Form, type Question } from "../forms";
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
        if (chosen === undefined) throw new RefusedError("desk-chosen", "Who shall read it has to be chosen once more.");
        fieldsOf(frame, await office.form(chosen), questions);
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

/** The questions that are asked, each drawn or taken away as the choices before it are made. */
function fieldsOf(frame: Frame, form: Form, host: HTMLElement): void {
  const { draft } = frame;
  const shown = new Map<string, HTMLElement>();
  const draw = (): void => {
    const fields = asked(form, draft.answers).filter(({ id }) => id !== "what").map((question) => {
      const field = shown.get(question.id) ?? questionField(frame, question, draw);
      shown.set(question.id, field);
      return field;
    });
    for (const [id, field] of shown) if (!fields.includes(field)) shown.delete(id);
    // Moved only where something comes or goes: a moved field would lose the focus.
    if (fields.length !== host.children.length || fields.some((field, at) => field !== host.children[at])) {
      for (const child of [...host.children]) if (!fields.includes(child as HTMLElement)) child.remove();
      fields.forEach((field, at) => { if (host.children[at] !== field) host.insertBefore(field, host.children[at] ?? null); });
    }
  };
  hold(host);
  draw();
}

/**
 * Also on the check page, where every answer can be changed.
 *
 * @param chosen - called after another choice: other questions may be asked then
 */
export function questionField({ draft }: Frame, question: Question, chosen: () => void = () => undefined): HTMLElement {
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
  const field = choiceField(text, question.kind, options, value.split(" "), (taken) => {
    set(taken.join(" "));
    chosen();
  });
  if (options.length <= 6) return field;
  // A long list stands folded: on a telephone it would hide all that comes after it.
  const { label, help } = text;
  field.querySelector("legend")?.classList.add("unseen");
  return make("details", { open: value !== "" },
    make("summary", {}, label, " ", make("span", { class: "optional" }, t("(optional)"))),
    help === undefined ? null : make("p", { class: "hint" }, help), field);
}
