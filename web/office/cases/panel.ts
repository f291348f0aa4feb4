/** Beside a report: how far it has come on its way to a case, and what can be done next. */
import { html, nothing, type TemplateResult } from "lit-html";

import { t } from "../../elements/words.js";
import { amongOthers, personName } from "../arrivals/names.js";
import type { Acts, State } from "../arrivals/state.js";
import type { CaseStory, Story } from "../arrivals/types.js";
import { endingWords } from "../mailboxes/outside.js";
import { isCase, isNobodys } from "../mailboxes/words.js";
import { handing } from "./handing.js";
import { decider } from "./reviewing.js";
import { has, type Facts } from "../facts.js";

export function casePanel(story: Story, state: State, acts: Acts): TemplateResult | typeof nothing {
  switch (story.status) {
    case "arrived": return arrived(story, state.facts, acts);
    case "held": return story.case === null ? nothing : held(story.case, state.facts, acts);
    case "case": return story.case?.mine === true ? assigned(story, state, acts) : nothing;
    case "closed": return story.case?.mine === true ? closed(story, state.facts, acts) : nothing;
    case "aside": return aside(story, state.facts, acts);
    default: return nothing;
  }
}

function arrived(story: Story, facts: Facts, acts: Acts): TemplateResult {
  const failed = story.case;
  const may = failed === null || has(facts, "lead", story.desk);
  return html`<section class="card quiet stack tight" id="case"><h2>${t("Triage")}</h2>
    ${failed !== null ? html`<p class="notice warning">${failed.alarm === "lapsed"
      ? t("A triage was not confirmed within a week, so this came back to the desk.")
      : t("A triage was given back by its second person. Ask them why, by another way.")}
      ${may ? t("You lead this desk: please triage it again.") : t("A lead of this desk triages it again.")}</p>`
    : html`<p>${t("Say what it is and give it to two people or more. From then on only they can read it, and the reporting person sees that.")}</p>`}
    ${may ? html`<p><button class="button" type="button" id="triage" @click=${() => { acts.triage(); }}>${t("Triage this report")}</button></p>` : nothing}
    ${failed !== null ? nothing : decider(story) === facts.me.id
      ? html`<p class="muted" id="looked-again">${t("You set this aside before. Whether it is set aside again, a colleague decides.")}</p>`
      : html`<p><button class="link" type="button" id="set-aside" @click=${() => { acts.setAside(); }}>${t("It is no report: set it aside")}</button></p>`}</section>`;
}

function held(found: CaseStory, facts: Facts, acts: Acts): TemplateResult {
  const name = amongOthers(facts, [found.triagedBy]);
  const second = found.mine && found.triagedBy !== facts.me.id;
  return html`<section class="card quiet stack tight" id="case"><h2>${t("To be confirmed")}</h2>
    <p>${t("Triaged by {name}. A second person who is assigned opens the copy for the case and confirms that it is whole. Until then the desk's own copy is kept, and served to nobody.", { name })}</p>
    ${found.faults.length === 0 ? nothing : html`<p class="notice danger">${t("Something in this triage does not hold. Please give it back.")} <span class="code">${found.faults.join(" ")}</span></p>`}
    ${second ? html`<p class="actions">
      ${found.faults.length > 0 ? nothing : html`<button class="button" type="button" id="confirm" @click=${(event: Event) => { acts.confirm(event.currentTarget as HTMLElement); }}>${t("Confirm")}</button>`}
      <button class="button secondary" type="button" id="give-back" @click=${(event: Event) => { acts.giveBack(event.currentTarget as HTMLElement); }}>${t("Give it back")}</button></p>`
    : html`<p class="muted">${t("This waits for a colleague. After a week without an answer it goes back to the desk.")}</p>`}</section>`;
}

function assigned(story: Story, state: State, acts: Acts): TemplateResult {
  return html`<section class="card quiet stack tight" id="case"><h2>${story.opened === null || isNobodys(story.opened) ? t("Case") : t("Mailbox")}</h2>
    ${acts.going(story)}${handing(story, state, acts.handing)}
    <p>${t("Somebody joins, leaves, or knows somebody in this: change who is assigned. There are always two at least.")}</p>
    <p><button class="button secondary" type="button" id="people" @click=${() => { acts.people(); }}>${t("Change who is assigned")}</button></p>
    ${!isCase(story.opened) ? nothing : html`<p><button class="button secondary" type="button" id="open-mailbox" @click=${() => { acts.mailbox(); }}>${t("Open a mailbox for somebody")}</button></p>
      <p><button class="button secondary" type="button" id="give-outside" @click=${() => { acts.outside(); }}>${t("Give a document to somebody outside")}</button></p>`}
    ${lastDay(story, state, acts)}${ending(story, state.facts, acts)}${exporting(acts)}</section>`;
}

/** After a second look somebody else closes it than the last time, and reads whose decision they look at. */
function ending(story: Story, facts: Facts, acts: Acts): TemplateResult {
  const before = decider(story);
  if (before === facts.me.id) return html`<p class="notice plain" id="reviewed">${t("You decided this the last time. After a second look somebody else who is assigned decides how it ends.")}</p>`;
  return html`${before === undefined ? nothing : html`<p class="notice plain" id="reviewed">${t("{name} decided this the last time. Please look at it afresh: how it ends now is not theirs to decide.", { name: personName(facts, before) })}</p>`}
    <p><button class="button secondary" type="button" id="end-case" @click=${() => { acts.endCase(); }}>${story.opened === null || isNobodys(story.opened) ? t("Close the case") : t("Close the mailbox")}</button></p>`;
}

/** Of a helper's mailbox: until when its words open it. */
function lastDay({ opened, ends }: Story, { facts: { today } }: State, acts: Acts): TemplateResult | typeof nothing {
  if (opened === null || ends === null) return nothing;
  return html`<p>${endingWords(ends, today)}</p>
    ${ends < today ? nothing : html`<p><button class="button secondary" type="button" id="end-mailbox" @click=${() => { acts.endMailbox(); }}>${t("End it now")}</button></p>`}`;
}

function closed(story: Story, facts: Facts, acts: Acts): TemplateResult {
  const { opened } = story;
  return html`<section class="card quiet stack tight" id="case"><h2>${t("Closed")}</h2>${acts.going(story)}
    <p>${isNobodys(opened) ? t("Those assigned can still read and write here.") : opened === null ? t("The reporting person has read, or can read, the outcome and the grounds. Those assigned can still read and write here.") : t("They have read, or can read, the outcome and the grounds. Those assigned can still read and write here.")}</p>
    ${decider(story) !== facts.me.id ? nothing : html`<p class="muted">${t("Taken up again, it is closed by somebody other than you.")}</p>`}
    <p><button class="button secondary" type="button" id="reopen" @click=${(event: Event) => { acts.reopen(event.currentTarget as HTMLElement); }}>${t("Take it up again")}</button></p>${exporting(acts)}</section>`;
}

/** For those assigned alone, and with a reason. */
function exporting(acts: Acts): TemplateResult {
  return html`<p class="row"><button class="link" type="button" id="export-case" @click=${() => { acts.takeOut(); }}>${t("Export this case")}</button> <a class="link" href="#/case-file">${t("Open an exported case")}</a></p>`;
}

function aside(story: Story, facts: Facts, acts: Acts): TemplateResult {
  return html`<section class="card quiet stack tight" id="case"><h2>${t("Set aside")}</h2>
    <p>${t("Nothing was deleted. The mailbox says so, and the reporting person can ask for a second look.")}</p>
    ${decider(story) !== facts.me.id ? nothing : html`<p class="muted">${t("Taken up again, whether it is set aside once more is for somebody other than you to decide.")}</p>`}
    <p><button class="button secondary" type="button" id="take-up" @click=${(event: Event) => { acts.takeUp(event.currentTarget as HTMLElement); }}>${t("Take it up again")}</button></p></section>`;
}
