/** Steps of hearing a person concerned, as the story of a case shows them. */
import { html, type TemplateResult } from "lit-html";

import { day, moment, t } from "../../elements/words.js";
import type { StatementWay } from "../../seal/hearing.js";
import type { HearingEntry } from "../arrivals/types.js";

/** One step with its words. */
export function hearing(one: HearingEntry): TemplateResult {
  const at = one.at === "" ? html`<time datetime=${one.day}>${day(one.day)}</time>` : html`<time datetime=${one.at}>${moment(one.at)}</time>`;
  return html`<li class=${one.unread ? "message note unread" : "message note"} id=${`${one.chain}-${one.n}`} data-hearing=${one.step.step}>
    <header><b>${heading(one)}</b>${at}</header>
    ${one.text === "" ? "" : html`<p class="written" dir="auto" lang=${one.language}>${one.text}</p>`}</li>`;
}

function heading({ step, mine, author }: HearingEntry): string {
  switch (step.step) {
    case "draft": return mine ? t("Your draft of a notice to the person concerned") : t("Draft of a notice to the person concerned, by {name}", { name: author });
    case "agreed": return mine ? t("You agree that the notice goes as it stands") : t("{name} agrees that the notice goes as it stands", { name: author });
    case "heard": return t("Statement of the person concerned: {how}", { how: heardWord(step.how) });
  }
}

export function heardWord(how: StatementWay): string {
  switch (how) {
    case "written": return t("they wrote in their mailbox");
    case "spoken": return t("they were heard in person or by telephone");
    case "declined": return t("they said that they will say nothing");
    case "offered": return t("it was offered, and the time given has passed");
  }
}
