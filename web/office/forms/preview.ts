/** The form as the report page draws it, by the report page's own code; what is answered here goes nowhere. */
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { drawAsked } from "../../line/question.js";
import type { Form } from "../../seal/form.js";

export class Preview {
  readonly #answers = new Map<string, string>();
  readonly #questions = make("div", { class: "stack loose" });
  readonly element = make("aside", { class: "preview", "aria-label": t("As people see it") },
    make("h2", {}, t("As people see it")),
    make("p", { class: "hint" }, t("Try it: what you choose here shows and hides questions, and goes nowhere.")),
    make("div", { class: "phone" }, this.#questions));


  show(form: Form, tag: string): void {
    this.#questions.lang = tag;
    this.#questions.dir = directionOf(tag);
    drawAsked(form, this.#answers, this.#questions, tag);
    if (this.#questions.children.length === 0) hold(this.#questions, make("p", { class: "muted" }, t("No question beside the first.")));
  }
}

function directionOf(tag: string): "ltr" | "rtl" {
  return ["ar", "fa", "he", "ur"].includes(tag.split("-")[0] ?? "") ? "rtl" : "ltr";
}
