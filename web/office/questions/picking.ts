/** Choosing one of the office's questions by the keyboard; it comes in the reporting person's language. */
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { b64, H, unb64 } from "../../seal/primitives.js";
import { languageName } from "../arrivals/names.js";
import type { Draft } from "../arrivals/state.js";
import type { Story } from "../arrivals/types.js";
import type { Workbench } from "../views.js";
import { offeredBy, shippedQuestions, spoken, type OfferedQuestion } from "./offered.js";

export interface Picked {
  readonly text: string;
  readonly tag: string;
}

/** Opens the list; null where nothing was chosen. */
export async function pickQuestion(bench: Workbench, story: Story): Promise<Picked | null> {
  const offered = await questionsOf(bench, story.desk);
  return openDialog<Picked>(t("Choose a question"), (close) => [
    offered.length === 0 ? make("p", { class: "notice plain" }, t("This desk has no questions to choose from. Its lead adds some under “Questions and texts”.")) : null,
    make("p", { class: "hint" }, t("It is put into your answer in {language}, where you can still change it.", { language: languageName(story.language) })),
    list(offered, story.language, close),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button secondary" }, t("Cancel"))),
  ]);
}

/** What is being written, with the question below it. */
export function withQuestion({ text, language: before }: Draft, { text: question, tag }: Picked): Partial<Draft> {
  return text.trim() === "" ? { chain: "o", text: question, language: tag } : { chain: "o", text: `${text.trimEnd()}\n\n${question}`, language: before };
}

/** As the desk's proven sheet names them; where the document cannot be had, those that we ship. */
async function questionsOf(bench: Workbench, desk: string): Promise<readonly OfferedQuestion[]> {
  const named = bench.facts.desks.find(({ id }) => id === desk)?.profile;
  const answer = await bench.api.get<{ profile: string }>(`desks/${desk}/texts`);
  const profile = unb64(answer.profile);
  return b64(H(profile)) === named ? offeredBy(profile) : shippedQuestions();
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
