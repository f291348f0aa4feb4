/** One report in time: what was written, by whom, and what failed a check. */

import { html, nothing, type TemplateResult } from "lit-html";

import { day, moment, t } from "../../elements/words.js";
import { fileList, type FileActs } from "../files/list.js";
import type { Saving } from "../files/saving.js";
import { faultWords, isBeside } from "./faults.js";
import { labelName } from "./labels.js";
import type { Facts } from "../facts.js";
import { slipWord } from "../../elements/outcome.js";
import { lacksSources } from "../cases/sources.js";
import { triageWords } from "../cases/words.js";
import { passedOnWords, referredLine } from "../referral/referred.js";
import { correctionWord } from "../referral/words.js";
import { sameEyes } from "../cases/reviewing.js";
import { workHeading } from "../cases/workwords.js";
import { amongOthers, languageName, signedAs, together } from "./names.js";
import { panelStep } from "../deciding/steps.js";
import { hearing } from "../hearing/steps.js";
import { protection } from "../protecting/steps.js";
import { whyWord } from "../related/asking.js";
import { isNobodys, OWN, otherSide, purposeWord, TAKEN_IN } from "../mailboxes/words.js";
import { besideWords } from "./reaching.js";
import type { Entry, FaultEntry, HandoverEntry, LabelsEntry, RelatedEntry, ReportEntry, Story, TakenEntry, TextEntry, TiedEntry, WorkEntry } from "./types.js";

/** What the story shows of files: how far each is saved, and what can be done with one. */
export interface Files {
  readonly savings: ReadonlyMap<string, Saving>;
  readonly acts: FileActs;
}

export function storyColumn(story: Story, files: Files, facts: Facts): TemplateResult {
  return html`
    ${filed(story, facts)}${story.referred === null ? nothing : referredLine(story.referred)}${openedFor(story)}
    ${story.continues === "" ? nothing : html`<div class="notice plain"><p>${t("The person says that this continues an earlier report whose words they lost:")}</p>
      <p class="written" dir="auto" lang=${story.language}>${story.continues}</p>
      <p class="small">${t("If you find it, link it under “Same event as”, beside this report: then each says in a sealed note that the other is there. Never tell them what the earlier one said: whoever writes here may be somebody else.")}</p></div>`}
    ${lacksSources(story) ? html`<p class="notice warning" id="lacks-sources">${t("This was closed as substantiated, and no note of the case says what shows it. Nobody can see here whether more than hearsay carries it. Ask whoever closed it; taken up again, it is closed with an answer to that.")}</p>` : nothing}
    ${story.complaint ? html`<p class="notice warning">${t("This is a complaint about this office. Nobody handles a complaint about themselves: if it may concern you or your desk, step aside, and let an independent desk or the outside body take it.")}</p>` : nothing}
    <ol class="story">${story.entries.map((one) => entry(named(one, facts), files, facts, story))}</ol>`;
}

/** What a member's statement says, once it is proven; one that is not is said to be none. */
function filed({ purpose, filer, unproven, referred }: Story, facts: Facts): TemplateResult | typeof nothing {
  if (unproven) return html`<p class="notice danger">${t("It says that a member of this office or another one filed it, or an organisation in its own name, and that is not proven. Read it as any report, and tell a lead.")}</p>`;
  if (purpose === "" || filer === null || purpose === "referral" || referred !== null) return nothing;
  const signed = filer.mine ? t("You signed that; the signature is proven.") : t("Signed by {name}; the signature is proven.", { name: signedAs(facts, filer.alias) });
  return html`<p class="notice plain">${purposeWords(purpose)} <span class="small">${signed}</span></p>`;
}

function purposeWords(purpose: Exclude<Story["purpose"], "" | "referral">): string {
  switch (purpose) {
    case "test": return t("A test report. The office filed it itself to try the line; nothing happened. It stands in no statistics, and nothing can be claimed for it.");
    case "intake": return t("Taken down by a member of the office for somebody who called, wrote or came.");
    case "own name": return t("Filed by an organisation in its own name.");
  }
}

/** With its author as colleagues know them, too: nobody has to learn by heart who is "Reader B". */
function named(one: Entry, facts: Facts): Entry {
  return "author" in one && one.author !== "" ? { ...one, author: signedAs(facts, one.author) } : one;
}

function entry(one: Entry, files: Files, facts: Facts, { opened, closings }: Story): TemplateResult {
  switch (one.kind) {
    case "report": return report(one, files);
    case "message": case "note": case "notice": return message(one, files, opened, one.chain === "o" && closings.alike.includes(one.n));
    case "fault": return fault(one);
    case "rekey": return event(one, opened === null ? t("The reporting person replaced their words with new ones.")
      : t("They made words of their own. From here on nobody else writes in this mailbox."));
    case "opening": return event(one, t("A member opened this mailbox."));
    case "tied": return tied(one);
    case "related": return event(one, relatedWords(one));
    case "taken": return event(one, takenWords(one));
    case "hearing": return hearing(one);
    case "protection": return protection(one);
    case "panel": return panelStep(one);
    case "handover": return event(one, handedOver(one, facts, opened));
    case "triage": return event(one, triageWords(one));
    case "labels": return event(one, labelsSet(one));
    case "referral": return event(one, passedOnWords(one));
    case "work": return work(one, facts);
    case "withdrawal": return event(one, t("The reporting person took back how to reach them."));
  }
}

function report(one: ReportEntry, { savings, acts }: Files): TemplateResult {
  return html`<li class=${one.unread ? "message theirs unread" : "message theirs"} id=${`${one.chain}-${one.n}`}>
    <header><b>${t("The reporting person")}</b>${when(one)}</header>
    <div class="stack">${one.answers.map((answer) => html`<section class="stack tight">
      <h2 class="asked">${answer.label}</h2>
      <p class="written" dir="auto" lang=${one.language}>${answer.text}</p></section>`)}${fileList(one.files, savings, acts)}</div></li>`;
}

function message(one: TextEntry, { savings, acts }: Files, opened: Story["opened"], alike: boolean): TemplateResult {
  const kind = one.kind === "note" ? "note" : one.ours ? "mine" : "theirs";
  return html`<li class=${one.unread ? `message ${kind} unread` : `message ${kind}`} id=${`${one.chain}-${one.n}`}>
    <header><b>${heading(one, opened)}</b>${when(one)}</header>
    ${one.closing === null ? nothing : html`<p><b>${t("Outcome: {outcome}", { outcome: slipWord(one.closing) })}</b></p>`}${alike ? sameEyes(one.author) : nothing}
    ${one.correction === null ? nothing : html`<p class="notice warning"><b>${correctionWord(one.correction)}</b> ${t("The office that referred this says so. Whoever received it from you is to be told, too.")}</p>`}
    ${one.text === "" ? nothing : html`<p class="written" dir="auto" lang=${one.language}>${one.text}</p>`}${besideWords(one)}
    ${fileList(one.files, savings, acts)}</li>`;
}

function work(one: WorkEntry, facts: Facts): TemplateResult {
  return html`<li class=${one.unread ? "message note unread" : "message note"} id=${`${one.chain}-${one.n}`}>
    <header><b>${workHeading(one, facts)}</b>${when(one)}</header>
    ${one.text === "" ? nothing : html`<p class="written" dir="auto" lang=${one.language}>${one.text}</p>`}</li>`;
}

function heading(one: TextEntry, opened: Story["opened"]): string {
  if (one.kind === "notice") return t("Automatic notice to the reporting person");
  if (one.kind === "note") return one.mine ? t("Your note for the desk") : t("Note for the desk by {name}", { name: one.author });
  if (!one.ours) return otherSide(opened);
  if (isNobodys(opened)) return one.mine ? t("You") : one.author;
  if (opened !== null) return one.mine ? t("You, to them") : t("{name}, to them", { name: one.author });
  return one.mine ? t("You, to the reporting person") : t("{name}, to the reporting person", { name: one.author });
}

/** What this mailbox is for; until its holder has words of their own nothing proves who wrote in it. */
function openedFor({ opened, thread }: Story): TemplateResult | typeof nothing {
  if (opened === null) return nothing;
  if (opened.purpose === OWN) return html`<p class="notice plain">${t("A matter of the organisation's own: nobody reported it, and nobody outside reads it. What goes to another office goes by “Other offices” and nowhere else.")}</p>`;
  if (opened.purpose === TAKEN_IN) return html`<p class="notice plain">${t("The office did not know this case any more, and took it in from an exported file, as a case of its own: held by those named here, kept for its own time, and counted as no report. What was written before lies in the file; what is done from here on stands below.")}
    <a href=${`#/case-file/${thread}`} class="noprint" id="open-taken">${t("Read the case as it was")}</a></p>`;
  return html`<p class="notice plain">${purposeWord(opened.purpose)}. ${t("It stays open until {day} at least.", { day: day(opened.until) })}
    ${opened.own ? nothing : html`<span class="small">${t("Nobody has made words of their own in it yet: whoever has the letter can open it.")}</span>`}</p>`;
}

function tied(one: TiedEntry): TemplateResult {
  const said = one.side === "case" ? t("This mailbox belongs to a case.") : t("A mailbox was opened for this case: {purpose}.", { purpose: purposeWord(one.purpose) });
  return html`<li class="event">${said} <a href=${`#/arrivals/${one.thread}`} data-tied=${one.thread}>${one.side === "case" ? t("Go to the case") : t("Go to the mailbox")}</a> ${when(one)}</li>`;
}

/** Which one it is stands beside the report, where its reader may open it. */
function relatedWords({ mine, author, why }: RelatedEntry): string {
  if (why === "") return mine ? t("You linked another report of the same event.") : t("{name} linked another report of the same event.", { name: author });
  const of = { name: author, why: whyWord(why) };
  return mine ? t("You took back that another report is of the same event. {why}", of) : t("{name} took back that another report is of the same event. {why}", of);
}

function takenWords({ mine, author, exported }: TakenEntry): string {
  const of = { day: day(exported), name: author };
  return mine ? t("You took this case in, from the file that was exported on {day}.", of) : t("{name} took this case in, from the file that was exported on {day}.", of);
}

function when(one: Entry): TemplateResult {
  return one.at === ""
    ? html`<time datetime=${one.day}>${day(one.day)}</time>`
    : html`<time datetime=${one.at}>${moment(one.at)}</time>`;
}

function event(one: Entry, said: string): TemplateResult {
  return html`<li class="event">${said} ${when(one)}</li>`;
}

function handedOver({ people }: HandoverEntry, facts: Facts, opened: Story["opened"]): string {
  if (people.length === 0) return t("The people who may read this changed.");
  // Nobody reported there; and whoever has the mailbox is told of its readers with its first words.
  return opened !== null ? t("From here on this is read by {names} alone.", { names: amongOthers(facts, people) })
    : t("From here on this is read by {names} alone, and the reporting person was told so.", { names: amongOthers(facts, people) });
}

function labelsSet(one: LabelsEntry): string {
  const values = { name: one.author, labels: together(one.labels.map(labelName)) };
  if (one.labels.length === 0) return one.mine ? t("You took off all labels.") : t("{name} took off all labels.", values);
  return one.mine ? t("You set the labels: {labels}.", values) : t("{name} set the labels: {labels}.", values);
}

/** A red line with words; whatever the file holds is not shown. */
function fault(one: FaultEntry): TemplateResult {
  return html`<li class="notice danger" id=${`${one.chain}-${one.n}${isBeside(one.code) ? "-shown" : ""}`}>
    <h2>${faultTitle(one)}</h2><p>${faultWords(one.code)}</p>
    <p class="small">${isBeside(one.code) ? "" : t("It is not shown, because nothing proves who wrote it. Tell a lead and keep this report as it is.")}
    <span class="code">${one.code}</span></p></li>`;
}

function faultTitle(one: FaultEntry): string {
  if (one.code === "index-ahead") return t("Something that you have read is missing");
  if (one.code === "opened-unowned") return t("Nothing proves who wrote this");
  if (one.code === "handover-lead") return t("A lead took this over");
  if (one.code.startsWith("keys-")) return t("The keys of this case failed a check");
  if (isBeside(one.code)) return t("The person saw other documents");
  const number = one.n + 1;
  switch (one.chain) {
    case "r": return one.n === 0 ? t("The report failed a check") : t("Message {number} of the reporting person failed a check", { number });
    case "o": return t("Message {number} of the office failed a check", { number });
    case "i": return t("Note {number} of the desk failed a check", { number });
  }
}

/** The report's language in words, for the column of facts. */
export function writtenIn(story: Story): string {
  return languageName(story.language);
}
