/** Search, filters and order of the list. What is chosen stands in the address, the searched words never do. */

import { html, nothing, type TemplateResult } from "lit-html";

import { t } from "../../elements/words.js";
import { LABELS } from "../../seal/labels.js";
import { labelName } from "./labels.js";
import { reportsAsOffice } from "../ownname/may.js";
import { named, ownDesks, readersOf, together } from "./names.js";
import { SHOWN, SORTS, START, type ListRoute, type Shown, type Sort } from "./route.js";
import type { Acts, State } from "./state.js";
import { STATUSES, statusName } from "./status.js";

export function toolbar(state: State, acts: Acts): TemplateResult {
  const { list } = state;
  const desks = ownDesks(state.facts);
  return html`<div class="toolbar" role="search">
    <input type="search" id="search" autocomplete="off" autocapitalize="off" spellcheck="false"
      aria-label=${t("Search in what you have opened")} placeholder=${t("Search")} aria-keyshortcuts="/"
      .value=${state.query} @input=${(event: Event) => { acts.search((event.target as HTMLInputElement).value); }}>
    ${desks.length < 2 ? nothing : choice(t("Desk"), ["", ...desks.map((desk) => desk.id)], list.desk,
      (id) => { const desk = desks.find((one) => one.id === id); return desk === undefined ? t("All my desks") : named(desk); },
      (desk) => { acts.filter({ desk }); })}
    ${choice(t("Show"), SHOWN, list.shown, (one) => shownName(one, state), (shown) => { acts.filter({ shown }); })}
    ${choice(t("Order"), SORTS, list.sort, sortName, (sort) => { acts.filter({ sort }); })}
    ${reportsAsOffice(state.facts) ? html`<a class="button quiet" href="#/own-name">${t("Report in the organisation's name")}</a>` : nothing}
    <a class="button quiet" href="#/many">${t("Many at once")}</a>
    <button class="button quiet" type="button" @click=${() => { acts.keys(); }}>${t("Keys")} <kbd>?</kbd></button>
    <details class="more" ?open=${isNarrowed(list)}><summary>${t("More filters")}</summary><div class="row">
      ${choice(t("Label"), ["", ...LABELS] as const, list.label, (label) => (label === "" ? t("Any label") : labelName(label)),
        (label) => { acts.filter({ label }); })}
      ${choice(t("State"), [...new Set(["", ...STATUSES, list.status])], list.status,
        (status) => (status === "" ? t("Any state") : statusName(status)), (status) => { acts.filter({ status }); })}
      ${days(t("Arrived from"), list.since, (since) => { acts.filter({ since }); })}
      ${days(t("Arrived until"), list.until, (until) => { acts.filter({ until }); })}
      ${isNarrowed(list) ? html`<button class="link" type="button" @click=${() => { acts.filter({ ...START, sort: list.sort }); }}>${t("Show all")}</button>` : nothing}
    </div></details>
  </div>`;
}

/** Who can read what stands in the list, for the desks that it shows. */
export function listReaders({ facts, list }: State): TemplateResult {
  const desks = ownDesks(facts).filter((desk) => list.desk === "" || desk.id === list.desk);
  return html`<div class="readers listreaders">${desks.map((desk) => html`<p>${t("{desk} is read by {names}.", {
    desk: named(desk), names: together(readersOf(facts, desk.id).map((one) => (one.id === facts.me.id ? t("you") : one.name))),
  })}</p>`)}</div>`;
}

/** Whether filters hide something that the first row of choices does not show. */
export function isNarrowed(list: ListRoute): boolean {
  return list.label !== "" || list.status !== "" || list.since !== "" || list.until !== "";
}

function choice<T extends string>(
  label: string, values: readonly T[], chosen: T, name: (value: T) => string, choose: (value: T) => void,
): TemplateResult {
  return html`<select aria-label=${label} .value=${chosen} @change=${(event: Event) => { choose((event.target as HTMLSelectElement).value as T); }}>
    ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${name(value)}</option>`)}</select>`;
}

function days(label: string, value: string, choose: (value: string) => void): TemplateResult {
  return html`<label class="small">${label} <input type="date" .value=${value}
    @change=${(event: Event) => { choose((event.target as HTMLInputElement).value); }}></label>`;
}

function shownName(shown: Shown, { listing }: State): string {
  const n = listing?.counts[shown] ?? 0;
  switch (shown) {
    case "all": return t("All ({n})", { n });
    case "new": return t("New to me ({n})", { n });
    case "unread": return t("Unread ({n})", { n });
    case "cases": return t("My cases ({n})", { n });
    case "aside": return t("Set aside ({n})", { n });
    case "mine": return t("Waiting for me ({n})", { n });
    case "us": return t("Our turn ({n})", { n });
    case "them": return t("Their turn ({n})", { n });
  }
}

function sortName(sort: Sort): string {
  switch (sort) {
    case "newest": return t("Newest first");
    case "oldest": return t("Oldest first");
    case "longest": return t("Waiting longest");
  }
}
