/** The pane beside the list: one report, or what stands there before one may be read. */

import { html, nothing } from "lit-html";

import { day, t } from "../../elements/words.js";
import { factsColumn } from "./aside.js";
import { allReaders, composer } from "./composer.js";
import { apartPane, declarationPane } from "./declaration.js";
import { reaching } from "./reaching.js";
import { OWN, TAKEN_IN } from "../mailboxes/words.js";
import { worksheet } from "../cases/worksheet.js";
import type { Acts, State } from "./state.js";
import { storyColumn, type Files } from "./story.js";
import type { Opened, Story } from "./types.js";

export function detail(state: State, acts: Acts, files: Files, opened: Opened | undefined): unknown {
  const trouble = state.trouble === "" ? nothing : html`<p class="notice danger" role="alert">${state.trouble}</p>`;
  const at = state.route.at === "case" ? state.route.thread : "";
  // Beside its own case and no other: nobody copies a word of one into another by mistake.
  const lost = state.unkept.filter(({ thread }) => thread === at);
  const unkept = lost.length === 0 ? nothing : html`<div class="notice stack tight" id="unkept"><p>${t("This was not kept. You can copy it from here:")}</p>
    ${lost.map(({ words }) => html`<p class="written" dir="auto">${words}</p>`)}
    <p><button class="link" type="button" @click=${() => { acts.putAway(at); }}>${t("I have it, hide this")}</button></p></div>`;
  const back = html`<p class="toback noprint"><button class="link" type="button" @click=${() => { acts.close(); }}>${t("Back to the list")}</button></p>`;
  if (state.route.at === "list") return html`${trouble}${nothingOpen(state)}`;
  switch (opened?.state) {
    case undefined: return html`<div class="stack">${back}${trouble}${state.trouble === "" ? html`<p class="muted" role="status">${t("Opening…")}</p>` : nothing}</div>`;
    case "gone": return html`<div class="stack">${back}${trouble}<div class="empty"><h1 tabindex="-1">${t("There is no such report here")}</h1>
      <p>${t("It may belong to another desk, or you have stepped aside from it.")}</p></div></div>`;
    case "undeclared": return html`<div class="stack">${back}${trouble}${declarationPane(opened.arrival, state, acts)}</div>`;
    case "apart": return html`<div class="stack">${back}${trouble}${apartPane(opened.arrival, state, acts)}</div>`;
    case "open": return html`<article class="stack">${back}
      <h1 tabindex="-1">${titleWords(opened.story)}</h1>
      <p class="readers">${allReaders(opened.story, state)}</p>${reaching(opened.story, state, acts)}${worksheet(opened.story, state, acts)}${acts.referrals.signer(opened.story)}${storyColumn(opened.story, files, state.facts)}${trouble}${unkept}${opened.story.status === "held" || opened.story.status === "aside" ? nothing : composer(opened.story, state, acts)}</article>
      ${factsColumn(opened.story, state, acts)}`;
  }
}

function nothingOpen({ listing }: State): unknown {
  // Beside a list that says itself that nothing is there yet.
  if ((listing?.counts.all ?? 0) === 0) return nothing;
  return html`<div class="empty"><h2>${t("No report is open")}</h2>
    <p>${t("Choose one from the list, or press {key} for the next one.", { key: "j" })}</p></div>`;
}

function titleWords(story: Story): string {
  const on = { day: day(story.day) };
  switch (story.opened?.purpose) {
    case undefined: return t("Report of {day}", on);
    case OWN: return t("Own matter of {day}", on);
    case TAKEN_IN: return t("Case taken in on {day}", on);
    default: return t("Mailbox of {day}", on);
  }
}
