/** Beside a case that was taken in: where its history of hearing, panel and duties lies, and what can be begun in it. */
import { html, nothing, type TemplateResult } from "lit-html";

import { t } from "../../elements/words.js";
import type { Story } from "../arrivals/types.js";
import { TAKEN_IN } from "../mailboxes/words.js";

export function before({ thread, opened, status }: Story): TemplateResult | typeof nothing {
  if (opened?.purpose !== TAKEN_IN) return nothing;
  return html`<section class="card quiet stack tight" id="before" aria-labelledby="before-head"><h2 id="before-head">${t("What was done before")}</h2>
    <p>${t("What the exported case had towards a person concerned, of a panel and of duties towards an authority lies in its file, as history. Nothing of it counts here by itself.")}</p>
    <p><a href=${`#/case-file/${thread}`}>${t("Read the case as it was")}</a></p>
    ${status !== "case" ? nothing : html`<ul class="plain stack tight small muted" role="list">
      <li>${t("A person concerned is informed and heard here anew, also where they were heard before: what they said then stands in the file. The month for the notice runs from the day on which the case was taken in.")}</li>
      <li>${t("A duty that had begun is noted anew, with the moment at which it began and what was done: then its clocks run here as they did.")}</li>
      <li id="no-panel">${t("No panel is asked here. Before it decides, the reporting person is told and heard, and their mailbox did not come back. Good faith stands.")}</li></ul>`}</section>`;
}
