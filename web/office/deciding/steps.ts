/** A question to a panel, as the story of a case shows it. */
import { html, type TemplateResult } from "lit-html";

import { day, moment, t } from "../../elements/words.js";
import type { PanelEntry } from "../arrivals/types.js";

export function panelStep(one: PanelEntry): TemplateResult {
  const at = one.at === "" ? html`<time datetime=${one.day}>${day(one.day)}</time>` : html`<time datetime=${one.at}>${moment(one.at)}</time>`;
  const heading = one.step === "asked" ? t("A question was put to a panel") : t("The question to a panel has ended; good faith stands");
  return html`<li class=${one.unread ? "message note unread" : "message note"} id=${`${one.chain}-${one.n}`} data-panel=${one.step}>
    <header><b>${heading}</b>${at}</header>
    ${one.text === "" ? "" : html`<p class="written" dir="auto" lang=${one.language}>${one.text}</p>`}</li>`;
}
