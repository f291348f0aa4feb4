/** A letter of clearance: the code that shows any later handler how the matter ended. */
import { make } from "../../elements/make";
import { printSheet } from "../../elements/print";
import { outcomeWord } from "../../elements/outcome";
import { day, t } from "../../elements/words";
import { wordsGrid } from "../../elements/words-grid";
import type { Message } from "../../seal/bodies";
import { toDigits } from "../../seal/receipt";

/** @param at - day of the message that carries it */
export function clearanceOf({ clearance, closing, text, language }: Message, at: string): HTMLElement | null {
  if (clearance === undefined || closing === undefined) return null;
  const paper = (): HTMLElement => make("article", { class: "stack" },
    make("h2", {}, t("Letter of clearance")),
    make("p", {}, make("b", {}, t("Outcome: {outcome}", { outcome: outcomeWord(closing.outcome) })), " · ", day(at)),
    make("p", { class: "written", lang: language }, text),
    make("p", {}, t("Any person who handles reports at this office can open this result with the code:")),
    wordsGrid(toDigits(clearance), "en", "digits"));
  return make("div", { class: "notice good" }, make("h3", {}, t("Letter of clearance")),
    make("p", {}, t("Should somebody ever ask about this again, show them this code. It opens this result for any person who handles reports at this office, for five years, and nothing else.")),
    wordsGrid(toDigits(clearance), "en", "digits"),
    make("p", {}, make("button", { class: "button secondary", type: "button", onclick: () => { printSheet(paper(), t("Page")); } }, t("Print the letter"))));
}
