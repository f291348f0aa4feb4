/** What comes before the first word of a report: do you know somebody in it? */

import { html, type TemplateResult } from "lit-html";

import { ask } from "../../elements/dialog.js";
import { day, t } from "../../elements/words.js";
import { deskName } from "./names.js";
import type { Acts, State } from "./state.js";
import type { Arrival } from "./types.js";

export function declarationPane(arrival: Arrival, state: State, acts: Acts): TemplateResult {
  return html`<article class="stack prose">
    <h1 tabindex="-1">${t("Before you read")}</h1>
    <p class="muted">${t("{desk}, arrived on {day}", { desk: deskName(state.facts, arrival.desk), day: day(arrival.day) })}</p>
    <p>${t("Whoever reads a report must have no part in it. Say now, as far as you can know before the first word, that it is not about you, about somebody close to you, or about somebody on whom you depend.")}</p>
    <p>${t("If you notice while reading that you know somebody in it, step aside then. Nobody will ask you why, and colleagues go on without you.")}</p>
    <div class="actions">
      <button class="button" type="button" id="declare-none" @click=${() => { acts.declare("none"); }}>${t("I know nobody in this")}</button>
      <button class="button secondary" type="button" @click=${() => { acts.declare("aside"); }}>${t("Step aside")}</button>
    </div>
    <p class="small muted">${t("What you choose is kept with your name and the time, where your colleagues on this desk can see it. If you step aside, this report is not shown to you again.")}</p>
  </article>`;
}

/** Instead of the words, where the reporting person asked that somebody of this member's name should not read them. */
export function apartPane(arrival: Arrival, state: State, acts: Acts): TemplateResult {
  return html`<article class="stack prose">
    <h1 tabindex="-1">${t("This report is for others on the desk")}</h1>
    <p class="muted">${t("{desk}, arrived on {day}", { desk: deskName(state.facts, arrival.desk), day: day(arrival.day) })}</p>
    <p>${t("The reporting person asked that somebody with your name should not read it. This need not be you, and it says nothing about you. Please step aside; a colleague will read it.")}</p>
    <div class="actions"><button class="button" type="button" @click=${() => { acts.declare("aside"); }}>${t("Step aside")}</button></div>
  </article>`;
}

export function surelyAside(): Promise<boolean> {
  return ask({
    title: t("Step aside?"), act: t("Step aside"), danger: true,
    body: t("This report will not be shown to you again. Your colleagues on the desk see that you stepped aside, and when."),
  });
}
