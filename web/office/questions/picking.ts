/** Choosing one of the office's questions by the keyboard; it comes in the reporting person's language. */
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { languageName } from "../arrivals/names.js";
import type { Draft } from "../arrivals/state.js";
import type { Story } from "../arrivals/types.js";
import type { Workbench } from "../views.js";
import { offeredBy, spoken, type OfferedQuestion } from "./offered.js";
import { profileOf, type Picked } from "./profile.js";

/** Opens the list; null where nothing was chosen. */
export async function pickQuestion(bench: Workbench, story: Story): Promise<Picked | null> {
  if (!story.answerable) return null;
  // Of no document, where the proven one cannot be had, those that we ship.
  const offered = offeredBy(await profileOf(bench, story.desk));
  return openDialog<Picked>(t("Choose a question"), (close) => [
    offered.length === 0 ? make("p", { class: "notice plain" }, t("This desk has no questions to choose from. Its lead adds some under “Questions and texts”.")) : null,
    make("p", { class: "hint" }, t("It is put into your answer in {language}, where you can still change it.", { language: languageName(story.language) })),
    list(offered, story.language, close),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button secondary" }, t("Cancel"))),
  ]);
}

/** What is being written, with what was picked below it. */
export function withPicked({ text, language: before }: Draft, { text: picked, tag }: Picked): Partial<Draft> {
  return text.trim() === "" ? { chain: "o", text: picked, language: tag } : { chain: "o", text: `${text.trimEnd()}\n\n${picked}`, language: before };
}

function list(offered: readonly OfferedQuestion[], theirs: string, close: (picked: Picked) => void): HTMLElement {
  const rows = offered.map((one, at) => {
    const picked = spoken(one, theirs);
    const ours = spoken(one, language());
    return make("li", {}, make("button", {
      class: "button quiet whole pick", type: "button", autofocus: at === 0, onclick: () => { close(picked); },
    }, make("span", { class: "written", dir: "auto", lang: picked.tag }, picked.text),
    ours.tag === picked.tag ? null : make("span", { class: "hint", dir: "auto", lang: ours.tag }, ours.text)));
  });
  const made = make("ul", { class: "stack tight picks", role: "list" }, rows);
  made.addEventListener("keydown", (event) => { walk(made, event); });
  return made;
}

function walk(made: HTMLElement, event: KeyboardEvent): void {
  const buttons = [...made.querySelectorAll("button")];
  const at = buttons.findIndex((one) => one === document.activeElement);
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  const to = steps[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[Math.min(buttons.length - 1, Math.max(0, to))]?.focus();
}
