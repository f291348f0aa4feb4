/** The list of arrivals: what is new, whose turn it is, and the words searched for. */

import { html, nothing, type TemplateResult } from "lit-html";

import { count, day, t, tn } from "../../elements/words.js";
import { arranged } from "./filters.js";
import { deskName, named, ownDesks } from "./names.js";
import { SHOWN, SORTS, write, type ListRoute, type Shown, type Sort } from "./route.js";
import type { Acts, State } from "./state.js";
import type { Arrival } from "./types.js";

export function listPane(state: State, acts: Acts): TemplateResult {
  return html`
    ${toolbar(state, acts)}
    ${progress(state)}
    ${state.hits === undefined ? rows(state, acts) : hits(state, acts)}`;
}

/** The arrivals that the list shows now, in its order; the keys walk along it. */
export function visible(state: State): readonly Arrival[] {
  const all = arranged(state.listing?.arrivals ?? [], state.list);
  if (state.hits === undefined) return all;
  const found = new Set(state.hits.map((hit) => hit.thread));
  return all.filter((one) => found.has(one.thread));
}

function toolbar(state: State, acts: Acts): TemplateResult {
  const { list } = state;
  const desks = ownDesks(state.facts);
  return html`<div class="toolbar" role="search">
    <input type="search" id="search" autocomplete="off" autocapitalize="off" spellcheck="false"
      aria-label=${t("Search in what you have opened")} placeholder=${t("Search")} aria-keyshortcuts="/"
      .value=${state.query} @input=${(event: Event) => { acts.search((event.target as HTMLInputElement).value); }}>
    ${desks.length < 2 ? nothing : html`<select aria-label=${t("Desk")} @change=${(event: Event) => {
      acts.filter({ desk: (event.target as HTMLSelectElement).value });
    }}><option value="" ?selected=${list.desk === ""}>${t("All my desks")}</option>
      ${desks.map((desk) => html`<option value=${desk.id} ?selected=${list.desk === desk.id}>${named(desk)}</option>`)}</select>`}
    <select aria-label=${t("Show")} @change=${(event: Event) => {
      acts.filter({ shown: (event.target as HTMLSelectElement).value as Shown });
    }}>${SHOWN.map((one) => html`<option value=${one} ?selected=${list.shown === one}>${shownName(one, state)}</option>`)}</select>
    <select aria-label=${t("Order")} @change=${(event: Event) => {
      acts.filter({ sort: (event.target as HTMLSelectElement).value as Sort });
    }}>${SORTS.map((one) => html`<option value=${one} ?selected=${list.sort === one}>${sortName(one)}</option>`)}</select>
    <button class="button quiet" type="button" @click=${() => { acts.keys(); }}>${t("Keys")} <kbd>?</kbd></button>
  </div>`;
}

function shownName(shown: Shown, { listing }: State): string {
  const all = listing?.arrivals ?? [];
  switch (shown) {
    case "all": return t("All ({n})", { n: all.length });
    case "unread": return t("Unread ({n})", { n: all.filter((one) => one.unread > 0).length });
    case "us": return t("Our turn ({n})", { n: all.filter((one) => one.waiting === "us").length });
    case "them": return t("Their turn ({n})", { n: all.filter((one) => one.waiting === "them").length });
  }
}

function sortName(sort: Sort): string {
  switch (sort) {
    case "newest": return t("Newest first");
    case "oldest": return t("Oldest first");
    case "longest": return t("Waiting longest");
  }
}

function progress({ opening }: State): TemplateResult | typeof nothing {
  if (opening === undefined || opening.of === 0) return nothing;
  return html`<label class="progress opening"><span class="small">${t("Opening in this browser: {done} of {of}", {
    done: opening.done, of: opening.of,
  })}</span><progress max=${opening.of} .value=${opening.done}></progress></label>`;
}

function rows(state: State, acts: Acts): TemplateResult {
  if (state.listing === undefined) return html`<p class="muted waiting" role="status">${t("Asking what has arrived…")}</p>`;
  const shown = visible(state);
  if (shown.length === 0) return empty(state, acts);
  return html`<ul class="rows" aria-label=${t("Reports")}>${shown.map((one) => html`<li>${row(one, state)}</li>`)}</ul>`;
}

function row(one: Arrival, state: State): TemplateResult {
  const current = state.route.at === "case" && state.route.thread === one.thread;
  return html`<a class=${one.unread > 0 ? "entry unread" : "entry"} href=${`#/arrivals${write({ at: "case", thread: one.thread })}`}
    data-thread=${one.thread} aria-current=${current ? "true" : nothing}>
    <span class="mark" aria-hidden="true"></span>
    <span class="title" dir="auto">${title(one)}</span>
    <span class="when">${day(one.newest, "short")}</span>
    <span class="about">${about(one, state)}</span>
  </a>`;
}

/** The first words of a report, or what there is to say before they may be seen. */
export function title(one: Arrival): string {
  if (one.state === "faulty") return t("Cannot be opened");
  if (one.state === "apart") return t("For others on the desk");
  if (!one.declared) return t("Not read yet");
  if (one.state === "sealed") return t("Opening…");
  const words = one.title === "" ? t("Spoken, or a file without words") : one.title;
  return one.test ? t("Test: {title}", { title: words }) : words;
}

function about(one: Arrival, state: State): string {
  const parts = [
    one.unread > 0 ? tn("{n} unread", "{n} unread", one.unread) : "",
    one.waiting === "us" ? t("our turn") : t("their turn"),
    ownDesks(state.facts).length > 1 ? deskName(state.facts, one.desk) : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function hits(state: State, acts: Acts): TemplateResult {
  const found = state.hits ?? [];
  const shown = visible(state);
  const status = found.length === 0
    ? t("Nothing found in the reports that you have opened.")
    : tn("Found in {n} report.", "Found in {n} reports.", shown.length);
  return html`<p class="muted waiting" role="status">${status}</p>
    ${found.length === 0 ? nothing : html`<ul class="rows" aria-label=${t("Found")}>${shown.flatMap((one) => {
      const first = found.find((hit) => hit.thread === one.thread);
      return first === undefined ? [] : [html`<li><a class="entry" data-thread=${one.thread}
        href=${`#/arrivals${write({ at: "case", thread: one.thread })}`}
        aria-current=${state.route.at === "case" && state.route.thread === one.thread ? "true" : nothing}>
        <span class="title" dir="auto">${title(one)}</span><span class="when">${day(one.newest, "short")}</span>
        <span class="about" dir="auto">${first.before}<mark>${first.found}</mark>${first.after}</span></a></li>`];
    })}</ul>`}
    <p class="waiting"><button class="link" type="button" @click=${() => { acts.search(""); }}>${t("Leave the search")}</button></p>`;
}

function empty(state: State, acts: Acts): TemplateResult {
  if ((state.listing?.arrivals.length ?? 0) > 0) {
    const all: Partial<ListRoute> = { desk: "", shown: "all" };
    return html`<div class="empty"><h2>${t("Nothing fits this filter")}</h2>
      <p>${t("There are {n} reports in all.", { n: count(state.listing?.arrivals.length ?? 0) })}</p>
      <p><button class="button secondary" type="button" @click=${() => { acts.filter(all); }}>${t("Show all")}</button></p></div>`;
  }
  return html`<div class="empty"><h2>${t("Nothing has arrived yet")}</h2>
    <p>${t("When somebody reports to one of your desks, it stands here, sealed. Your browser opens it; the server cannot.")}</p>
    <p>${t("To see how it works, leave a test report: it goes the way that every report goes.")}</p>
    <p><a class="button secondary" href="#/desks">${t("Try it with a test report")}</a></p></div>`;
}
