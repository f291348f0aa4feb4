/** A member of a panel: first whether they have a part in it, then the document, then yes or no with reasons, once. */
import { busy } from "../../elements/busy.js";
import { announce } from "../../elements/announce.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import type { PanelAnswer } from "../../seal/panel.js";
import { choice } from "../cases/triage.js";
import { button, field, form, submit } from "../fields.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";

/** Asks for the declaration; `declared` runs once they have none, and the card goes where they step aside. */
export function declaration(bench: Workbench, element: HTMLElement, copy: string, declared: () => void): void {
  const said = make("p", { role: "alert" });
  const say = async (kind: "none" | "aside"): Promise<void> => {
    try {
      await bench.api.post(`seats/${copy}/declaration`, { kind });
      if (kind === "none") declared();
      else hold(element, make("p", {}, t("You have stepped aside. Somebody else takes your place.")));
    } catch (error) {
      said.textContent = sentenceOf(error);
    }
  };
  const none = button(t("I have no part in it"), () => { void busy(none, () => say("none")); });
  const aside = button(t("I step aside"), () => { void busy(aside, () => say("aside")); }, "button secondary");
  hold(element, make("h2", {}, t("A question to a panel")),
    make("p", {}, t("You are asked to decide a question with others, each for themselves. Before the first word: did you work on this case, do you know somebody in it, or could anybody think that its end matters to you? If you find that out while you read, step aside then.")),
    make("div", { class: "actions" }, none, aside), said);
}

/** Yes or no, with reasons; `done` runs once it is given. */
export function ballot(bench: Workbench, copy: string, file: Uint8Array, done: () => void): HTMLElement {
  const answer = choice<PanelAnswer | "">(t("Did they know that it was not true?"), ["", "yes", "no"], answerWord, "");
  const reasons = field({ label: t("Your reasons"), hint: t("Those on the case read them, and what is decided is given with reasons."), rows: 6, maxlength: 8000 });
  const said = make("p", { role: "alert" });
  const step = button(t("I step aside"), () => {
    void busy(step, async () => {
      try {
        await bench.api.post(`seats/${copy}/declaration`, { kind: "aside" });
        done();
      } catch (error) {
        said.textContent = sentenceOf(error);
      }
    });
  }, "link");
  const made = form(() => {
    clearFaults(made);
    const says = answer.value(), text = reasons.value().trim();
    const chosen = answer.element.querySelector("select")?.id ?? reasons.id;
    const faults = [
      ...says === "" ? [{ field: chosen, message: t("Please answer with yes or no.") }] : [],
      ...text === "" ? [{ field: reasons.id, message: t("Please write your reasons: nobody decides without any.") }] : [],
    ];
    if (says === "" || faults.length > 0) showFaults(made, faults);
    else {
      void busy(made, async () => {
        try {
          const parcel = await bench.worker.ask("compose-panel-vote", { copy, file, says, text, language: language(), counter: await bench.session.counter() });
          await bench.api.postBytes(`seats/${copy}/vote`, parcel);
          announce(t("Your answer is signed and sealed. It stands."));
          done();
        } catch (error) {
          said.textContent = sentenceOf(error);
        }
      });
    }
  }, make("p", { class: "notice plain" }, t("Presume good faith. It is not enough that it is wrong, that it could not be proven, or that they had other reasons beside. If a doubt is left, the answer is no.")),
  answer.element, reasons.element,
  make("p", { class: "hint" }, t("You answer once. Only those on the case learn what you answered; the record says that you did.")),
  make("div", { class: "actions" }, submit(t("Sign it and seal it")), step), said);
  return made;
}

function answerWord(one: PanelAnswer | ""): string {
  switch (one) {
    case "": return t("Please choose");
    case "yes": return t("Yes: I am convinced that they knew");
    case "no": return t("No: I am not convinced of it");
  }
}
