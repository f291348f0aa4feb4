/** The daily work on a case, above its story: tasks first, then what happened when, what is evidence, what was sent. */

import { html, nothing, type TemplateResult } from "lit-html";

import { count, day, language, moment, t, tn } from "../../elements/words.js";
import { personName } from "../arrivals/names.js";
import type { Acts, State } from "../arrivals/state.js";
import type { Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import type { WorkActs } from "./workacts.js";
import { inLanguage } from "../page.js";
import { correctionWord } from "../referral/words.js";
import { addresseeWord, letterWord } from "./workwords.js";
import type { ShownEvent, ShownEvidence, ShownLetter, ShownTask, ShownTold } from "./worktypes.js";

export function worksheet(story: Story, { facts }: Pick<State, "facts">, all: Acts): TemplateResult | typeof nothing {
  const { work } = story;
  const acts = all.work;
  if (story.case?.mine !== true || (story.status !== "case" && story.status !== "closed")) return nothing;
  const open = work.tasks.filter(({ done }) => !done).sort(soonest);
  const done = work.tasks.filter((task) => task.done);
  const happened = [...work.events, ...work.told].sort((a, b) => (a.day === b.day ? a.n - b.n : a.day < b.day ? -1 : 1));
  return html`<section class="worksheet stack tight" aria-label=${t("Work on this case")} id="work">
    ${open.length === 0 ? nothing : html`<h2>${t("To do")}</h2>
      <p class="small muted">${loads(open, facts)}</p>
      <ul class="duelist" role="list" id="tasks">${open.map((task) => taskRow(task, facts, acts))}</ul>`}
    ${done.length === 0 ? nothing : folded(tn("{n} task is done", "{n} tasks are done", done.length), html`<ul class="duelist" role="list">${done.map((task) => taskRow(task, facts, acts))}</ul>`)}
    ${happened.length === 0 ? nothing : folded(tn("Chronology: {n} entry", "Chronology: {n} entries", happened.length),
      html`<ol class="duelist" role="list" id="chronology">${happened.map((one) => (one.kind === "event" ? eventRow(one, facts, acts) : toldRow(one, facts)))}</ol>`)}
    ${work.evidence.length === 0 ? nothing : folded(tn("Evidence: {n} piece", "Evidence: {n} pieces", work.evidence.length),
      html`<ul class="duelist" role="list" id="evidence">${work.evidence.map((one) => evidenceRow(one, story, facts, acts))}</ul>`)}
    ${work.letters.length === 0 ? nothing : folded(tn("{n} letter", "{n} letters", work.letters.length),
      html`<ul class="duelist" role="list" id="letters">${work.letters.map((one) => letterRow(one, facts))}</ul>`)}
    <p class="row noprint">
      <button class="button secondary" type="button" id="add-task" @click=${() => { acts.task(); }}>${t("Add a task")}</button>
      <button class="button secondary" type="button" id="add-event" @click=${() => { acts.event(); }}>${t("Add to the chronology")}</button>
      <button class="button secondary" type="button" id="add-evidence" @click=${() => { acts.evidence(); }}>${t("Add evidence")}</button>
      <button class="button secondary" type="button" id="add-letter" @click=${() => { acts.letter(); }}>${t("Write a letter")}</button></p>
    ${all.copies(story)}
  </section>`;
}

function folded(title: string, inner: TemplateResult): TemplateResult {
  return html`<details><summary>${title}</summary>${inner}</details>`;
}

/** Who has how many open, in the order of names: what is to be done, never who does most. */
function loads(open: readonly ShownTask[], facts: Facts): string {
  const people = [...new Set(open.map(({ who }) => who).filter((who) => who !== ""))];
  const lines = people.map((who) => {
    const theirs = open.filter((task) => task.who === who);
    const due = theirs.filter(({ due: by }) => by !== "" && by <= facts.today).length;
    const name = personName(facts, who);
    return due === 0 ? t("{name}: {n} open", { name, n: count(theirs.length) }) : t("{name}: {n} open, {due} due", { name, n: count(theirs.length), due: count(due) });
  });
  const nobody = open.filter(({ who }) => who === "").length;
  return [...lines.sort((a, b) => a.localeCompare(b)), ...(nobody === 0 ? [] : [t("Nobody yet: {n}", { n: count(nobody) })])].join(" · ");
}

function taskRow(task: ShownTask, facts: Facts, acts: WorkActs): TemplateResult {
  const late = !task.done && task.due !== "" && task.due < facts.today;
  return html`<li class="row apart" data-task=${task.id}>
    <span><span class="written" dir="auto" lang=${task.language}>${task.text}</span>
      <span class="muted small">${task.who === "" ? t("nobody yet") : personName(facts, task.who)}</span></span>
    <span class="row">${task.due === "" ? nothing : html`<span class=${`chip ${late ? "late" : "due"}`}>${late ? t("was due {day}", { day: day(task.due, "short") }) : t("due {day}", { day: day(task.due, "short") })}</span>`}
      ${task.done ? html`<button class="link noprint" type="button" @click=${(event: Event) => { acts.settle(task, false, event.currentTarget as HTMLElement); }}>${t("Open again")}</button>`
        : html`<button class="link noprint" type="button" @click=${() => { acts.task(task); }}>${t("Change")}</button>
        <button class="button secondary noprint" type="button" @click=${(event: Event) => { acts.settle(task, true, event.currentTarget as HTMLElement); }}>${t("Done")}</button>`}</span></li>`;
}

function eventRow(one: ShownEvent, facts: Facts, acts: WorkActs): TemplateResult {
  return html`<li class="row apart"><span><b>${day(one.day)}</b> <span class="written" dir="auto" lang=${one.language}>${one.text}</span>
    <span class="muted small">${noted(one.by, one.at, facts)}</span></span>
    <button class="link noprint" type="button" @click=${() => { acts.event(one); }}>${t("Change")}</button></li>`;
}

/** Whether another office has it is never left to memory: what was not acknowledged says so here. */
function toldRow(one: ShownTold, facts: Facts): TemplateResult {
  const office = inLanguage(one.names, language());
  return html`<li class="stack tight" data-told=${one.id}><p><b>${day(one.day)}</b>
    ${one.sent ? t("{office} was told, and has acknowledged it.", { office }) : html`<span class="chip late">${t("{office} was to be told, and has not acknowledged it.", { office })}</span>`} ${correctionWord(one)}
    <span class="muted small">${noted(one.by, one.at, facts)}</span></p>
    <p class="written" dir="auto" lang=${one.language}>${one.text}</p></li>`;
}

function evidenceRow(one: ShownEvidence, story: Story, facts: Facts, acts: WorkActs): TemplateResult {
  const openings = story.doings.filter(({ what, blob }) => what === "opened" && blob === one.blob && blob !== "");
  return html`<li class="stack tight"><div class="row apart"><span>${one.name === "" ? nothing : html`<bdi class="filename">${one.name}</bdi> `}<span class="written" dir="auto" lang=${one.language}>${one.text}</span></span>
      <button class="link noprint" type="button" @click=${() => { acts.strike(one); }}>${t("Take out")}</button></div>
    <ol class="custody" role="list"><li>${t("Added: {name}", { name: personName(facts, one.by) })} <time datetime=${one.at}>${when(one.at)}</time></li>
      ${openings.map(({ member, at }) => html`<li>${t("Opened: {name}", { name: personName(facts, member) })} <time datetime=${at}>${moment(at)}</time></li>`)}</ol>
    ${one.blob === "" ? html`<p class="small muted">${t("An object: where it lies and who has held it stands in the words above.")}</p>`
      : html`<p class="small muted">${openings.length === 0 ? html`${t("Nobody has opened it yet.")} ` : nothing}${t("Fingerprint of the sealed file:")} <span class="code">${one.hash}</span></p>`}</li>`;
}

function letterRow(one: ShownLetter, facts: Facts): TemplateResult {
  return html`<li><details><summary>${t("{kind}, to: {to}, {day}", { kind: letterWord(one.template), to: addresseeWord(one.to), day: day(one.day, "short") })}</summary>
    <p class="written" dir="auto" lang=${one.language}>${one.text}</p></details><span class="muted small">${noted(one.by, one.at, facts)}</span></li>`;
}

function noted(by: string, at: string, facts: Facts): string {
  return `${personName(facts, by)}, ${when(at)}`;
}

function when(at: string): string {
  return at.includes("T") ? moment(at) : day(at);
}

/** What is due first stands first; what has no day comes last. */
function soonest(a: ShownTask, b: ShownTask): number {
  const [first, second] = [a.due || "9999", b.due || "9999"];
  return first === second ? a.n - b.n : first < second ? -1 : 1;
}
