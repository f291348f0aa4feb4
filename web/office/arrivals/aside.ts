/** The narrow column beside a report: who can read it, and what is known about it. */

import { html, nothing, type TemplateResult } from "lit-html";

import { contactElement } from "../../elements/contact.js";
import { day, moment, t, tn } from "../../elements/words.js";
import { labelsSection } from "./labels.js";
import { isAway } from "../cases/away.js";
import { casePanel } from "../cases/panel.js";
import { before } from "../importing/before.js";
import { isCase, isNobodys, OWN } from "../mailboxes/words.js";
import { doingWords } from "./doings.js";
import { deskName, inCase, readersNow } from "./names.js";
import type { Acts, State } from "./state.js";
import { writtenIn } from "./story.js";
import type { Story } from "./types.js";

export function factsColumn(story: Story, state: State, acts: Acts): TemplateResult {
  const readers = readersNow(state.facts, story);
  return html`<aside class="stack factscolumn" aria-label=${t("About this report")}>
    <section class="card quiet"><h2>${t("Who can read this")}</h2>
      <p>${inCase(story) ? tn("{n} person, assigned to this case", "{n} people, assigned to this case", readers.length)
        : tn("{n} person of this desk", "{n} people of this desk", readers.length)}</p>
      <ul class="people">${readers.map((one) => html`<li>${one.name}${isAway(acts.handing.absences(), one.id, state.facts.today) ? html` <span class="chip due">${t("away")}</span>` : nothing}${one.lead ? html` <span class="muted">${t("lead")}</span>` : nothing}</li>`)}</ul>
      <p class="small muted">${isNobodys(story.opened) ? t("And nobody else.") : story.opened !== null ? t("And whoever this mailbox was opened for. Notes are for these people only.") : inCase(story) ? t("And the reporting person, with their words. Notes are for these people only.")
        : t("And the reporting person, with their words. Notes are for the desk only.")}</p></section>
    ${casePanel(story, state, acts)}${acts.referrals.of(story)}
    ${story.status === "case" && story.case?.mine === true && (isCase(story.opened) || story.opened?.purpose === "hearing") ? acts.hearing(story) : nothing}
    ${protects(story) ? acts.protection(story) : nothing}
    ${protects(story) && isCase(story.opened) ? acts.duty(story) : nothing}
    ${story.status === "case" && story.case?.mine === true && story.opened === null ? acts.panel(story) : nothing}
    ${protects(story) && story.sealedNames.length > 0 ? acts.names(story) : nothing}
    ${story.case?.mine === true ? before(story) : nothing}
    <dl class="facts">
      <div><dt>${t("Desk")}</dt><dd>${deskName(state.facts, story.desk)}</dd></div>
      <div><dt>${story.opened === null ? t("Arrived") : t("Opened")}</dt><dd>${day(story.day)}</dd></div>
      ${story.opened !== null ? nothing : html`<div><dt>${t("Acknowledged")}</dt><dd>${t("at once; in the public record from {day} on", { day: day(story.promised) })}</dd></div>`}
      <div><dt>${t("Written in")}</dt><dd>${writtenIn(story)}</dd></div>
      ${story.opened !== null ? nothing : html`<div><dt>${t("Contact")}</dt><dd>${story.contact === ""
        ? (story.answerable ? t("none given: they read answers here only") : t("none, and no words were kept: nobody can reach them"))
        : html`${contactElement(story.contact)}<br><span class="small muted">${t("given by consent, for this report only")}</span>`}</dd></div>`}
      ${story.mustNotSee.length === 0 ? nothing : html`<div><dt>${t("Should not read this, asks the reporting person")}</dt>
        <dd><ul class="people">${story.mustNotSee.map((name) => html`<li dir="auto">${name}</li>`)}</ul></dd></div>`}
    </dl>
    ${acts.clocks(story)}
    ${labelsSection(story, acts)}
    ${isCase(story.opened) ? acts.related(story) : nothing}
    <section><h2>${t("What the desk did")}</h2><ol class="story doings">${story.doings.map((one) => html`
      <li class="event">${doingWords(one, state.facts)} <time datetime=${one.at}>${moment(one.at)}</time></li>`)}</ol></section>
    ${story.case?.mine === true ? nothing : html`<p><button class="link" type="button" @click=${() => { acts.declare("aside"); }}>${t("I know somebody in this: step aside")}</button></p>`}
  </aside>`;
}

/** In a case, and also once it is closed: who is harmed for it may be harmed long after. */
function protects({ status, case: found, opened }: Story): boolean {
  return (status === "case" || status === "closed") && found?.mine === true && opened?.purpose !== "hearing" && opened?.purpose !== OWN;
}
