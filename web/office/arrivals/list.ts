/** The list of arrivals: what is new, whose turn it is, and the words searched for. Of a long list only what is seen is on the page. */

import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import { count, day, t, tn } from "../../elements/words.js";
import { chips } from "./labels.js";
import { deskName, ownDesks } from "./names.js";
import { START, write } from "./route.js";
import type { Acts, State } from "./state.js";
import { listReaders, toolbar } from "./toolbar.js";
import type { Arrival } from "./types.js";

export function listPane(state: State, acts: Acts): TemplateResult {
  return html`
    ${toolbar(state, acts)}
    ${listReaders(state)}
    ${progress(state)}
    ${found(state, acts)}
    ${rows(state, acts)}`;
}

function progress({ opening }: State): TemplateResult | typeof nothing {
  if (opening === undefined || opening.of === 0) return nothing;
  return html`<label class="progress opening"><span class="small">${t("Opening in this browser: {done} of {of}", {
    done: opening.done, of: opening.of,
  })}</span><progress max=${opening.of} .value=${opening.done}></progress></label>`;
}

/** What a search came to; until all of the index is read, that there may be more. */
function found({ query, listing }: State, acts: Acts): TemplateResult | typeof nothing {
  if (query.trim() === "" || listing?.words !== query) return nothing;
  const { total, whole } = listing;
  const said = total === 0
    ? t("Nothing found in the reports that you have opened.")
    : tn("Found in {n} report.", "Found in {n} reports.", total);
  return html`<p class="muted waiting" role="status">${said} ${whole ? nothing : t("The search is still being filled; there may be more.")}</p>
    <p class="waiting"><button class="link" type="button" @click=${() => { acts.search(""); }}>${t("Leave the search")}</button></p>`;
}

function rows(state: State, acts: Acts): TemplateResult | typeof nothing {
  const { listing, cursor } = state;
  if (listing === undefined) return html`<p class="muted waiting" role="status">${t("Asking what has arrived…")}</p>`;
  if (listing.total === 0) return state.query.trim() === "" ? empty(state, acts) : nothing;
  // Until the worker has answered, the rows are still those of the words before.
  const shown = listing.rows.map((row, step) => ({ row, at: listing.from + step }));
  // Who walks by keyboard and then turns the wheel must find their place again.
  if (cursor.row !== undefined && cursor.at < listing.total && !shown.some(({ at }) => at === cursor.at)) {
    shown.push({ row: cursor.row, at: cursor.at });
    shown.sort((a, b) => a.at - b.at);
  }
  const searching = listing.words.trim() !== "";
  return html`<ul class=${searching ? "rows virtual hits" : "rows virtual"} aria-label=${searching ? t("Found") : t("Reports")}
    aria-busy=${listing.words === state.query ? "false" : "true"} .style=${`--rows: ${listing.total}`} @keydown=${(event: KeyboardEvent) => { acts.walk(event); }}>
    ${repeat(shown, ({ row }) => row.thread, ({ row, at }) => html`<li .style=${`--at: ${at}`} aria-setsize=${listing.total}
      aria-posinset=${at + 1}>${entry(row, at, state, acts)}</li>`)}</ul>`;
}

function entry(one: Arrival, at: number, state: State, acts: Acts): TemplateResult {
  const current = state.route.at === "case" && state.route.thread === one.thread;
  return html`<a class=${one.unread > 0 ? "entry unread" : "entry"} href=${`#/arrivals${write({ at: "case", thread: one.thread })}`}
    data-thread=${one.thread} data-at=${at} tabindex=${at === state.cursor.at ? 0 : -1} aria-current=${current ? "true" : nothing}
    @focus=${() => { acts.entered(at); }}>
    <span class="mark" aria-hidden="true"></span>
    <span class="title" dir="auto">${title(one)}</span>
    <span class="when">${day(one.newest, "short")}</span>
    ${one.hit === undefined
      ? html`<span class="about">${chips(one.labels)}${about(one, state)}</span>`
      : html`<span class="about" dir="auto">${one.hit.before}<mark>${one.hit.found}</mark>${one.hit.after}</span>`}
  </a>`;
}

/** The first words of a report, or what there is to say before they may be seen. */
export function title(one: Arrival): string {
  if (one.state === "faulty") return t("Cannot be opened");
  if (one.state === "apart") return t("For others on the desk");
  if (!one.declared) return t("Not read yet");
  if (one.title === "" && one.state === "sealed") return t("Opening…");
  const words = one.title === "" ? t("Spoken, or a file without words") : one.title;
  return one.test ? t("Test: {title}", { title: words }) : words;
}

function about(one: Arrival, state: State): string {
  const parts = [
    one.unread > 0 ? tn("{n} unread", "{n} unread", one.unread) : "",
    one.alarm ? t("a triage came to nothing") : "",
    one.opened ? t("begun by the office") : "",
    one.opened && one.status === "case" ? "" : stateWord(one.status),
    one.waiting === "us" ? t("our turn") : t("their turn"),
    ownDesks(state.facts).length > 1 ? deskName(state.facts, one.desk) : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** In the list only what differs from having just arrived. */
function stateWord(status: string): string {
  switch (status) {
    case "held": return t("to be confirmed");
    case "case": return t("case");
    case "closed": return t("closed");
    case "aside": return t("set aside");
    default: return "";
  }
}

function empty({ listing, facts }: State, acts: Acts): TemplateResult {
  const all = listing?.counts.all ?? 0;
  if (all > 0) {
    return html`<div class="empty"><h2>${t("Nothing fits this filter")}</h2>
      <p>${t("There are {n} reports in all.", { n: count(all) })}</p>
      <p><button class="button secondary" type="button" @click=${() => { acts.filter(START); }}>${t("Show all")}</button></p></div>`;
  }
  return html`<div class="empty"><h2>${t("Nothing has arrived yet")}</h2>
    <p>${t("When somebody reports to one of your desks, it stands here, sealed. Your browser opens it; the server cannot.")}</p>
    ${ownDesks(facts).some(({ open }) => open) ? html`
    <p>${t("To see how it works, leave a test report: it goes the way that every report goes.")}</p>
    <p><a class="button secondary" href="#/desks">${t("Try it with a test report")}</a></p>` : html`
    <p>${t("Your desk is still closed: nobody can report to it yet. The page of the desks names what is missing, step by step.")}</p>
    <p><a class="button" href="#/desks">${t("See what is missing")}</a></p>`}</div>`;
}
