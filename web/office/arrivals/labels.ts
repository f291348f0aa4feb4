/** Labels of work, in words. The list is closed: it is part of the format, and none can be about a person. */

import { html, nothing, type TemplateResult } from "lit-html";

import { t } from "../../elements/words.js";
import { LABELS, type WorkLabel } from "../../seal/labels.js";
import type { Acts } from "./state.js";
import type { Story } from "./types.js";

export function labelName(label: WorkLabel): string {
  switch (label) {
    case "answer": return t("Answer needed");
    case "waiting": return t("Waiting for the reporting person");
    case "translation": return t("Translation needed");
    case "second": return t("Second reader wanted");
    case "event": return t("Same event as another report");
    case "elsewhere": return t("Perhaps for another office");
    case "urgent": return t("Urgent");
  }
}

export function chips(labels: readonly WorkLabel[]): TemplateResult | typeof nothing {
  if (labels.length === 0) return nothing;
  return html`<span class="labels">${labels.map((label) => html`<span class=${label === "urgent" ? "chip late" : "chip"}>${labelName(label)}</span> `)}</span>`;
}

/** The labels of an open report, and the list to choose others from. */
export function labelsSection(story: Story, acts: Acts): TemplateResult {
  return html`<section class="stack tight" id="labels"><h2>${t("Labels")}</h2>
    ${story.labels.length === 0 ? html`<p class="muted">${t("none")}</p>` : html`<p>${chips(story.labels)}</p>`}
    <details class="noprint"><summary>${t("Change the labels")}</summary>
      <form class="stack tight" @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const form = event.currentTarget as HTMLFormElement;
        const chosen = new FormData(form).getAll("label");
        if (event.submitter instanceof HTMLElement) acts.label(LABELS.filter((label) => chosen.includes(label)), event.submitter);
      }}>
        <fieldset class="choices"><legend class="unseen">${t("Labels")}</legend>${LABELS.map((label) => html`
          <label class="choice"><input type="checkbox" name="label" value=${label} .checked=${story.labels.includes(label)}><span>${labelName(label)}</span></label>`)}</fieldset>
        <p class="small muted">${t("Labels say what is to be done next. There is none about people, and none can be added.")}</p>
        <button class="button secondary" type="submit">${t("Keep these labels")}</button>
      </form></details></section>`;
}
