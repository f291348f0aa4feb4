/** Who is away, who stands in for them, and whether whoever joined can read all of the case. */
import { html, nothing, type TemplateResult } from "lit-html";

import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { day, t, tn } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { personName } from "../arrivals/names.js";
import type { State } from "../arrivals/state.js";
import type { CaseStory, Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import { cancel, form, submit } from "../fields.js";
import { isAway, type Absences } from "./away.js";
import { candidates, choice } from "./triage.js";
import type { ShownStandIn } from "./worktypes.js";

export interface HandingActs {
  absences(): Absences;
  standIn(absent: string): void;
  comeBack(standIn: ShownStandIn, button: HTMLElement): void;
  takeOver(button: HTMLElement): void;
}

export function handingActs(stage: CaseStage): HandingActs {
  const shown = (): { readonly thread: string; readonly story: Story } | undefined => {
    const { route, opened } = stage.state();
    return route.at === "case" && opened?.state === "open" ? { thread: route.thread, story: opened.story } : undefined;
  };
  return {
    absences: () => stage.desk().absences,
    standIn: (absent) => {
      const found = shown();
      const until = stage.desk().absences.get(absent)?.until;
      if (found === undefined || until === undefined) return;
      void askStandIn(found.story, stage.state().facts, stage.desk().absences, absent).then(async (who) => {
        if (who === null) return;
        await stage.acting(found.thread, t("The people assigned have changed."), () => stage.desk().standIn(found.thread, found.story, { absent, who, until }));
      });
    },
    comeBack: ({ absent, who }, button) => {
      const found = shown();
      if (found === undefined) return;
      const people = [...(found.story.case?.people ?? []).filter((id) => id !== who), absent];
      void busy(button, () => stage.acting(found.thread, t("The people assigned have changed."), () => stage.desk().assign(found.thread, people)));
    },
    takeOver: (button) => {
      const found = shown();
      if (found === undefined) return;
      void busy(button, () => stage.acting(found.thread, t("Signed, and kept in the record."), () => stage.desk().takeOver(found.thread)));
    },
  };
}

export function handing(story: Story, state: State, acts: HandingActs): TemplateResult | typeof nothing {
  const found = story.case;
  if (found === null) return nothing;
  return html`${away(story, found, state, acts)}${returned(story, found, state, acts)}${joined(story, found, state, acts)}`;
}

function away(_story: Story, found: CaseStory, { facts }: State, acts: HandingActs): unknown {
  return found.people.filter((id) => id !== facts.me.id && isAway(acts.absences(), id, facts.today)).map((id) => html`
    <p class="notice warning">${t("{name} is away until {day}.", { name: personName(facts, id), day: day(acts.absences().get(id)?.until ?? facts.today) })}
      <button class="button secondary" type="button" data-stand-in=${id} @click=${() => { acts.standIn(id); }}>${t("Let somebody stand in")}</button></p>`);
}

/** Somebody is back for whom another stood in, who is still assigned. */
function returned({ work }: Story, found: CaseStory, { facts }: State, acts: HandingActs): unknown {
  const newest = new Map(work.standIns.map((one) => [one.absent, one]));
  const back = [...newest.values()].filter(({ absent, who }) => !found.people.includes(absent) && found.people.includes(who)
    && !isAway(acts.absences(), absent, facts.today));
  return back.map((one) => html`<p class="notice plain">${backWords(one, facts)}
    ${one.who === facts.me.id ? html`<span class="small">${t("Somebody else who is assigned gives it back: whoever makes the new key should be one of those who keep it.")}</span>`
    : html`<button class="button secondary" type="button" data-back=${one.absent} @click=${(event: Event) => { acts.comeBack(one, event.currentTarget as HTMLElement); }}>${t("Give it back")}</button>`}</p>`);
}

function backWords({ who, absent }: ShownStandIn, facts: Facts): string {
  const values = { who: personName(facts, who), absent: personName(facts, absent) };
  if (who === facts.me.id) return t("You stand in for {absent}, who is back.", values);
  if (absent === facts.me.id) return t("{who} stands in for you, and you are back.", values);
  return t("{who} stands in for {absent}, who is back.", values);
}

/** Whoever joined with the keys in force says what they could open; everybody sees who has, and who has not yet. */
function joined(story: Story, found: CaseStory, { facts }: State, acts: HandingActs): unknown {
  return found.joined.map((id) => {
    const said = story.doings.findLast((one) => one.member === id && one.generation === found.generation);
    const mine = id === facts.me.id;
    if (said !== undefined && !(mine && said.what === "took-over-part")) {
      return html`<p class=${said.what === "took-over" ? "small muted" : "notice danger"} data-taken=${id}>${said.what === "took-over"
        ? t("{name} signed: everything that was written could be opened.", { name: personName(facts, id) })
        : t("{name} signed: something cannot be opened. Whoever handed it over should make the key again.", { name: personName(facts, id) })}</p>`;
    }
    if (!mine) return html`<p class="small muted" data-taken=${id}>${t("{name} has not signed yet that they can read all of it.", { name: personName(facts, id) })}</p>`;
    return html`<div class=${found.unreadable === 0 ? "notice good" : "notice danger"} data-taken=${id}><p>${found.unreadable === 0
      ? t("This was handed over to you. Your browser opened everything that was written: nothing is left unreadable.")
      : tn("This was handed over to you, and {n} message or note cannot be opened. Ask whoever handed it over.", "This was handed over to you, and {n} messages or notes cannot be opened. Ask whoever handed it over.", found.unreadable)}</p>
      <p><button class="button secondary" type="button" id="take-over" @click=${(event: Event) => { acts.takeOver(event.currentTarget as HTMLElement); }}>${t("Sign it")}</button></p></div>`;
  });
}

function askStandIn(story: Story, facts: Facts, absences: Absences, absent: string): Promise<string | null> {
  const able = candidates(story, facts, story.case?.barred ?? [])
    .filter(({ id }) => story.case?.people.includes(id) !== true && !isAway(absences, id, facts.today));
  return openDialog<string>(t("Who stands in for {name}?", { name: personName(facts, absent) }), (close) => {
    if (able.length === 0) return [make("p", {}, t("Nobody is there who could: everybody else is assigned already, away, or must not see it.")), make("div", { class: "actions" }, cancel())];
    const who = choice(t("Who stands in"), able.map(({ id }) => id), (id) => personName(facts, id), able[0]?.id ?? "");
    return form(() => { close(who.value()); }, who.element,
      make("p", { class: "hint" }, t("Your browser makes a new key in their place. They can read all that was written so far; {name} keeps what they have read and gets nothing new until it is given back.", { name: personName(facts, absent) })),
      make("div", { class: "actions" }, submit(t("Make the new key")), cancel()));
  });
}
