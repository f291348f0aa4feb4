/** The arrivals view: a list beside one report, in one document. What it shows is held in this object and nowhere else. */

import { html, nothing, render } from "lit-html";

import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { day, t, tn } from "../../elements/words.js";
import type { Shown, Workbench } from "../views.js";
import { factsColumn } from "./aside.js";
import { composer, deskReads, looksOver } from "./composer.js";
import { apartPane, declarationPane } from "./declaration.js";
import { Desk, sentence } from "./desk.js";
import { draftsOf, emptyDraft } from "./drafts.js";
import { listen, show as showKeys } from "./keys.js";
import { listPane, title, visible } from "./list.js";
import { reaching } from "./reaching.js";
import { read, START, write, type ListRoute } from "./route.js";
import type { Acts, Draft, State } from "./state.js";
import { storyColumn } from "./story.js";
import type { Listing, Opened } from "./types.js";

export class Workplace implements Shown {
  private state: State;
  private readonly desk: Desk;
  private readonly deaf: () => void;
  /** An element of this view's own: the shell empties the host, which the renderer must not notice. */
  private readonly root = document.createElement("div");
  private gone = false;
  private opening = false;
  private asked = 0;

  constructor(private readonly host: HTMLElement, path: string, private readonly bench: Workbench) {
    this.desk = new Desk(bench);
    const route = read(path);
    this.state = {
      facts: bench.facts, route, list: route.at === "list" ? route : START, listing: undefined, opening: undefined,
      query: "", hits: undefined, opened: undefined, draft: emptyDraft(), trouble: "",
    };
    // The list and the report fill the window and scroll apart.
    host.className = "";
    host.replaceChildren(this.root);
    document.body.classList.add("workbench");
    this.deaf = listen({
      next: () => { this.step(1); }, previous: () => { this.step(-1); },
      search: () => { host.querySelector<HTMLInputElement>("#search")?.focus(); },
      back: () => { this.back(); },
      answer: () => { this.startWriting("o"); }, note: () => { this.startWriting("i"); },
    });
    document.addEventListener("visibilitychange", this.look);
    this.draw();
    void this.begin();
  }

  /** Looks for what is new when somebody comes back to the page; never by itself, which would keep a session alive. */
  private readonly look = (): void => {
    if (document.visibilityState === "visible") void this.refresh();
  };

  private async refresh(): Promise<void> {
    await this.trying(async () => { this.took(await this.desk.load()); });
    await this.openInBackground();
  }

  route(path: string): void {
    const route = read(path);
    // What is on the screen always belongs to the address: a button pressed now acts on that report.
    this.change({ route, opened: undefined, ...(route.at === "list" ? { list: route } : {}), trouble: "" });
    if (route.at === "case") void this.open(route.thread);
  }

  leave(): void {
    this.gone = true;
    this.deaf();
    document.removeEventListener("visibilitychange", this.look);
    document.body.classList.remove("workbench");
    render(nothing, this.root);
  }

  private async begin(): Promise<void> {
    await this.trying(async () => {
      this.took(await this.desk.load());
      if (this.state.route.at === "case") await this.open(this.state.route.thread);
    });
    await this.openInBackground();
  }

  /** One report after another, so that the list, the search and the keyboard stay quick meanwhile. */
  private async openInBackground(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    const of = this.state.listing?.toOpen ?? 0;
    for (let done = 0; !this.gone; done += 1) {
      this.change({ opening: done < of ? { done, of } : undefined });
      let listing: Listing | undefined;
      await this.trying(async () => { listing = await this.desk.openNext(); });
      if (listing === undefined) break;
      this.took(listing);
    }
    this.opening = false;
    this.change({ opening: undefined });
    if (of > 0) announce(tn("{n} report is open in this browser.", "{n} reports are open in this browser.", of));
  }

  private async open(thread: string): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    await this.trying(async () => {
      const opened = await this.desk.open(thread);
      if (mine !== this.asked || this.gone) return;
      this.change({ opened, draft: this.draftOf(thread, opened) });
      this.host.querySelector(".detail")?.scrollTo(0, 0);
      this.host.querySelector<HTMLElement>(".detail h1")?.focus({ preventScroll: true });
      if (opened.state === "open") this.took(await this.desk.read(thread));
    });
  }

  private draftOf(thread: string, opened: Opened): Draft {
    const kept = draftsOf(this.bench.worker).get(thread);
    if (kept !== undefined || opened.state !== "open") return kept ?? emptyDraft();
    return { ...emptyDraft(opened.story.answerable ? "o" : "i"), language: opened.story.language };
  }

  private async declare(kind: "none" | "aside"): Promise<void> {
    const { route } = this.state;
    if (route.at !== "case") return;
    if (kind === "aside" && !await this.surelyAside()) return;
    await this.trying(async () => {
      this.took(await this.desk.declare(route.thread, kind));
      if (kind === "none") {
        await this.open(route.thread);
        return;
      }
      draftsOf(this.bench.worker).delete(route.thread);
      announce(t("You have stepped aside. The report is not shown to you again."));
      this.close();
    });
  }

  private surelyAside(): Promise<boolean> {
    return ask({
      title: t("Step aside?"), act: t("Step aside"), danger: true,
      body: t("This report will not be shown to you again. Your colleagues on the desk see that you stepped aside, and when."),
    });
  }

  private async send(button: HTMLElement): Promise<void> {
    const { opened, draft, route } = this.state;
    if (opened?.state !== "open" || route.at !== "case" || draft.text.trim() === "") {
      this.host.querySelector<HTMLElement>("#draft")?.focus();
      return;
    }
    if (draft.chain === "o" && !await looksOver(opened.story, this.state)) return;
    await busy(button, () => this.trying(async () => {
      await this.desk.write(route.thread, { ...draft, text: draft.text.trim() });
      draftsOf(this.bench.worker).delete(route.thread);
      announce(draft.chain === "o" ? t("Sent to the reporting person.") : t("The note is kept."));
      await this.open(route.thread);
    }));
    await this.refresh();
  }

  private step(by: 1 | -1): void {
    const rows = visible(this.state);
    const { route } = this.state;
    const at = route.at === "case" ? rows.findIndex((one) => one.thread === route.thread) : by === 1 ? -1 : rows.length;
    const next = rows[at + by];
    if (next === undefined) return;
    this.bench.go("arrivals", write({ at: "case", thread: next.thread }));
    this.host.querySelector(`[data-thread="${next.thread}"]`)?.scrollIntoView({ block: "nearest" });
    announce(title(next));
  }

  private back(): void {
    if (this.state.query !== "" || document.activeElement?.id === "search") {
      void this.search("");
      this.focusList();
    } else if (this.state.route.at === "case") this.close();
  }

  private close(): void {
    const was = this.state.route.at === "case" ? this.state.route.thread : "";
    this.bench.go("arrivals", write(this.state.list));
    this.focusList(was);
    void this.refresh();
  }

  private focusList(thread = ""): void {
    const entries = [...this.host.querySelectorAll<HTMLElement>(".entry")];
    (entries.find((one) => one.dataset["thread"] === thread) ?? entries[0])?.focus();
  }

  private startWriting(chain: "o" | "i"): void {
    if (this.state.opened?.state !== "open") return;
    this.keepDraft({ chain });
    this.host.querySelector<HTMLElement>("#draft")?.focus();
  }

  private toDraft(): void {
    const box = this.host.querySelector<HTMLTextAreaElement>("#draft");
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  private keepDraft(change: Partial<Draft>): void {
    const draft = { ...this.state.draft, ...change };
    if (this.state.route.at === "case") draftsOf(this.bench.worker).set(this.state.route.thread, draft);
    this.change({ draft });
  }

  private async search(words: string): Promise<void> {
    this.change({ query: words, ...(words.trim() === "" ? { hits: undefined } : {}) });
    if (words.trim() === "") return;
    const hits = await this.desk.search(words);
    if (this.state.query === words) this.change({ hits });
  }

  private filter(change: Partial<ListRoute>): void {
    const list = { ...this.state.list, ...change };
    if (this.state.route.at === "list") this.bench.go("arrivals", write(list));
    else this.change({ list });
  }

  private took(listing: Listing): void {
    this.bench.badge("arrivals", listing.arrivals.filter((one) => one.unread > 0).length);
    this.change({ listing });
  }

  /** Runs an act; what was refused is said where the person looks, and nothing that they wrote is touched. */
  private async trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (this.gone) return;
      const said = sentence(error);
      this.change({ trouble: said });
      announce(said, "assertive");
    }
  }

  private change(change: Partial<State>): void {
    if (this.gone) return;
    this.state = { ...this.state, facts: this.bench.facts, ...change };
    this.draw();
  }

  private readonly acts: Acts = {
    close: () => { this.close(); },
    filter: (change) => { this.filter(change); },
    search: (words) => { void this.search(words); },
    declare: (kind) => { void this.declare(kind); },
    draft: (change) => { this.keepDraft(change); },
    write: () => { this.toDraft(); },
    send: (button) => { this.change({ trouble: "" }); void this.send(button); },
    keys: () => { void showKeys(); },
  };

  private draw(): void {
    const { state, acts } = this;
    const showing = state.route.at === "case";
    const opened = showing ? state.opened : undefined;
    this.root.className = showing ? "split showing" : "split";
    render(html`<section class="side" aria-label=${t("Arrivals")}>
        ${showing ? nothing : html`<h1 tabindex="-1">${t("Arrivals")}</h1>`}${listPane(state, acts)}</section>
      <div class=${opened?.state === "open" ? "detail withfacts" : "detail"}>${detail(state, acts, opened)}</div>`, this.root);
  }
}

function detail(state: State, acts: Acts, opened: Opened | undefined): unknown {
  const trouble = state.trouble === "" ? nothing : html`<p class="notice danger" role="alert">${state.trouble}</p>`;
  const back = html`<p class="toback noprint"><button class="link" type="button" @click=${() => { acts.close(); }}>${t("Back to the list")}</button></p>`;
  if (state.route.at === "list") return html`${trouble}${nothingOpen(state)}`;
  switch (opened?.state) {
    case undefined: return html`<div class="stack">${back}${trouble}${state.trouble === "" ? html`<p class="muted" role="status">${t("Opening…")}</p>` : nothing}</div>`;
    case "gone": return html`<div class="stack">${back}${trouble}<div class="empty"><h1 tabindex="-1">${t("There is no such report here")}</h1>
      <p>${t("It may belong to another desk, or you have stepped aside from it.")}</p></div></div>`;
    case "undeclared": return html`<div class="stack">${back}${trouble}${declarationPane(opened.arrival, state, acts)}</div>`;
    case "apart": return html`<div class="stack">${back}${trouble}${apartPane(opened.arrival, state, acts)}</div>`;
    case "open": return html`<article class="stack">${back}
      <h1 tabindex="-1">${t("Report of {day}", { day: day(opened.story.day) })}</h1>
      <p class="readers">${deskReads(opened.story, state)}</p>${reaching(opened.story, state, acts)}${storyColumn(opened.story)}${trouble}${composer(opened.story, state, acts)}</article>
      ${factsColumn(opened.story, state, acts)}`;
  }
}

function nothingOpen(state: State): unknown {
  // Beside a list that says itself that nothing is there yet.
  if ((state.listing?.arrivals.length ?? 0) === 0) return nothing;
  return html`<div class="empty"><h2>${t("No report is open")}</h2>
    <p>${t("Choose one from the list, or press {key} for the next one.", { key: "j" })}</p></div>`;
}
