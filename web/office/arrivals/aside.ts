/** The narrow column beside a report: who can read it, and what is known about it. */

import { html, nothing, type TemplateResult } from "lit-html";

import { contactElement } from "../../elements/contact.js";
import { day, moment, t, tn } from "../../elements/words.js";
import { labelsSection } from "./labels.js";
import { isAway } from "../cases/away.js";
import { casePanel } from "../cases/panel.js";
import { deskName, inCase, personName, readersNow } from "./names.js";
import type { Acts, State } from "./state.js";
import { writtenIn } from "./story.js";
import type { Doing, Story } from "./types.js";

export function factsColumn(story: Story, state: State, acts: Acts): TemplateResult {
  const readers = readersNow(state.facts, story);
  return html`<aside class="stack factscolumn" aria-label=${t("About this report")}>
    <section class="card quiet"><h2>${t("Who can read this")}</h2>
      <p>${inCase(story) ? tn("{n} person, assigned to this case", "{n} people, assigned to this case", readers.length)
        : tn("{n} person of this desk", "{n} people of this desk", readers.length)}</p>
      <ul class="people">${readers.map((one) => html`<li>${one.name}${isAway(acts.handing.absences(), one.id, state.facts.today) ? html` <span class="chip due">${t("away")}</span>` : nothing}${one.lead ? html` <span class="muted">${t("lead")}</span>` : nothing}</li>`)}</ul>
      <p class="small muted">${story.opened !== null ? t("And whoever this mailbox was opened for. Notes are for these people only.") : inCase(story) ? t("And the reporting person, with their words. Notes are for these people only.")
        : t("And the reporting person, with their words. Notes are for the desk only.")}</p></section>
    ${casePanel(story, state, acts)}${acts.referrals(story)}
    ${story.status === "case" && story.case?.mine === true && (story.opened === null || story.opened.purpose === "hearing") ? acts.hearing(story) : nothing}
    ${protects(story) ? acts.protection(story) : nothing}
    ${protects(story) && story.opened === null ? acts.duty(story) : nothing}
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
    <section><h2>${t("What the desk did")}</h2><ol class="story doings">${story.doings.map((one) => html`
      <li class="event">${doing(one, state)} <time datetime=${one.at}>${moment(one.at)}</time></li>`)}</ol></section>
    ${story.case?.mine === true ? nothing : html`<p><button class="link" type="button" @click=${() => { acts.declare("aside"); }}>${t("I know somebody in this: step aside")}</button></p>`}
  </aside>`;
}

/** In a case, and also once it is closed: who is harmed for it may be harmed long after. */
function protects({ status, case: found, opened }: Story): boolean {
  return (status === "case" || status === "closed") && found?.mine === true && opened?.purpose !== "hearing";
}

function doing(one: Doing, { facts }: State): string {
  const name = personName(facts, one.member);
  switch (one.what) {
    case "declared": return t("{name}: knows nobody in this.", { name });
    case "aside": return t("{name}: stepped aside.", { name });
    case "read": return t("{name}: read it first.", { name });
    case "triaged": return t("{name}: triaged it.", { name });
    case "confirmed": return t("{name}: confirmed the triage; the desk's copy was destroyed.", { name });
    case "refused": return t("{name}: gave the triage back to the desk.", { name });
    case "closed": return t("{name}: closed the case.", { name });
    case "reopened": return t("{name}: took it up again.", { name });
    case "set-aside": return t("{name}: set it aside.", { name });
    case "opened-mailbox": return t("{name}: opened this mailbox.", { name });
    case "set-alike": return t("{name}: set it aside together with others that they had read, without reading this one.", { name });
    case "rekeyed": return t("{name}: changed who is assigned, with a new key.", { name });
    case "asks-deletion": return t("{name}: has read all of it, and asked to delete it.", { name });
    case "asks-hold": return t("{name}: asked to hold it back.", { name });
    case "held-back": return t("{name}: agreed to hold it back.", { name });
    case "took-over": return t("{name}: took it over, and could open all of it.", { name });
    case "took-over-part": return t("{name}: took it over, and could not open all of it.", { name });
    case "copy-given": return t("{name}: gave a document to a helper.", { name });
    case "copy-withdrawn": return t("{name}: took a document back from a helper.", { name });
    case "copy-opened": return t("{name}: opened the document that they were given.", { name });
    case "copy-answered": return t("{name}: sent something back.", { name });
    case "opened": return t("{name}: opened a file.", { name });
    case "wrote": return one.chain === "i" ? t("{name}: wrote a note.", { name }) : t("{name}: wrote to the reporting person.", { name });
  }
}
