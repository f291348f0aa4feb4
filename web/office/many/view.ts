/** Many at once: reports of one kind are read once, some more by chance, and set aside with one reason. */

import { html, nothing, render, type TemplateResult } from "lit-html";

import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { count, t, tn } from "../../elements/words.js";
import { Desk } from "../arrivals/desk.js";
import { named, ownDesks, personName } from "../arrivals/names.js";
import { has } from "../facts.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import type { OfficeWorker } from "../worker.js";
import { aloneSection, batchesSection, drawnSection, groupsSection, type CardActs } from "./cards.js";
import { askWhy } from "./asking.js";
import { CARD, Sorting } from "./sorting.js";
import { walking } from "./walking.js";
import type { Batch, Waiting } from "./types.js";

/** Cards of reports by themselves that are drawn at once; a page of thousands would be slow to move in. */
const AT_FIRST = 100;
/** Pixels that the bar below may cover: what is there is not on the screen. */
const COVERED = 180;
const BAR = `0px 0px -${COVERED}px 0px`;

view("many", {
  title: () => t("Many at once"), order: 0,
  for: (facts) => has(facts, "handler") || has(facts, "lead"),
  render: (host, path, bench) => new Many(host, path, bench),
});

type Phase =
  | { readonly at: "asking" }
  | { readonly at: "declare"; readonly waiting: Waiting }
  | { readonly at: "busy"; readonly what: string; readonly done: number; readonly of: number }
  | { readonly at: "sorted"; readonly later: number };

/** What was read and left out, by worker and desk: it outlives a look at one of the reports, and ends with the keys. */
const kept = new WeakMap<OfficeWorker, Map<string, Sorting>>();

class Many implements Shown {
  private readonly desk: Desk;
  private readonly at: string;
  private readonly sorting: Sorting;
  private readonly root = document.createElement("div");
  private readonly bar = document.createElement("div");
  private readonly ends: IntersectionObserver;
  private readonly observed = new WeakSet<Element>();
  private readonly deaf: () => void;
  private phase: Phase = { at: "asking" };
  private shown = AT_FIRST;
  private batches: readonly Batch[] = [];
  private said = "";
  private trouble = "";
  private gone = false;

  constructor(host: HTMLElement, path: string, private readonly bench: Workbench) {
    this.desk = Desk.of(bench);
    const own = ownDesks(bench.facts);
    this.at = own.find(({ id }) => `/${id}` === path)?.id ?? own[0]?.id ?? "";
    const sortings = kept.get(bench.worker) ?? new Map<string, Sorting>();
    kept.set(bench.worker, sortings);
    this.sorting = sortings.get(this.at) ?? new Sorting();
    sortings.set(this.at, this.sorting);
    this.root.className = "stack loose many";
    this.bar.className = "manybar";
    host.replaceChildren(this.root, this.bar);
    this.ends = new IntersectionObserver((entries) => { this.saw(entries); }, { rootMargin: BAR });
    this.deaf = walking(this.root);
    this.draw();
    void this.trying(() => this.begin(false));
  }

  leave(): void {
    this.gone = true;
    this.ends.disconnect();
    this.deaf();
    render(nothing, this.root);
    render(nothing, this.bar);
  }

  /** @param declared - somebody has just said for all of them that they know nobody in it, or goes on with the others */
  private async begin(declared: boolean): Promise<void> {
    const { loading } = this.desk;
    const again = loading.begun;
    await loading.begin();
    await loading.whole();
    if (again && !declared) await loading.refresh();
    this.batches = (await this.bench.api.get<{ batches: readonly Batch[] }>(`desks/${this.at}/aside`)).batches;
    const waiting = await this.waiting();
    if (waiting.undeclared.length > 0 && !declared) {
      this.set({ at: "declare", waiting });
      return;
    }
    await this.open();
    await this.sort(waiting.later);
  }

  private waiting(): Promise<Waiting> {
    return this.bench.worker.ask("many-waiting", { desk: this.at });
  }

  /** First what no index knows yet, as in the background of the list; then what this browser has not opened since it was unlocked. */
  private async open(): Promise<void> {
    const { loading } = this.desk;
    const what = t("Opening in this browser");
    const show = (done: number, of: number): void => {
      this.bench.awake();
      this.set({ at: "busy", what, done, of });
    };
    const deaf = loading.listen(() => {
      if (loading.opening !== undefined) show(loading.opening.done, loading.opening.of);
    });
    show(0, 1);
    await loading.work().finally(deaf);
    const { closed } = await this.waiting();
    await loading.open(closed.map((thread) => ({ thread, desk: this.at })), (done) => { show(done, closed.length); });
  }

  private async sort(later: number): Promise<void> {
    const { sorting, bench } = this;
    const what = t("Looking which are alike");
    this.set({ at: "busy", what, done: 0, of: 1 });
    sorting.take(await bench.worker.ask("many-grouped", { desk: this.at }, (done) => { this.set({ at: "busy", what, done, of: 1 }); }));
    if (!sorting.isDrawn) sorting.drawn = await bench.worker.ask("many-drawn", { of: sorting.rest, n: sorting.sample });
    this.set({ at: "sorted", later });
    this.root.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  private async declare(waiting: Waiting, button: HTMLElement): Promise<void> {
    await busy(button, () => this.trying(async () => {
      await this.desk.declareMany(this.at, waiting.undeclared);
      await this.begin(true);
    }));
  }

  private async setAside(): Promise<void> {
    const { threads, read } = this.sorting.chosen();
    const reason = await askWhy(threads.length, read.length);
    if (reason === null) return;
    this.said = "";
    await this.trying(async () => {
      const what = t("Setting aside"), of = threads.length;
      this.set({ at: "busy", what, done: 0, of });
      // First what was read: the act says so, and the server holds it against these marks.
      await this.desk.readMany(this.at, read);
      const stay = await this.desk.setAsideOwn(this.at, { threads, read, reason }, (done) => { this.set({ at: "busy", what, done, of }); });
      const said = tn("{n} report was set aside. Its mailbox says so and offers a second look.", "{n} reports were set aside. Each mailbox says so and offers a second look.", of - stay.length);
      this.said = stay.length === 0 ? said : `${said} ${tn("{n} came back after you had set it aside before: a colleague decides it.", "{n} came back after you had set them aside before: a colleague decides them.", stay.length)}`;
      announce(this.said);
    });
    const refused = this.trouble;
    await this.trying(() => this.begin(true));
    // The list is loaded anew either way; why nothing was set aside must not go with the one before.
    if (refused === "" || this.trouble !== "") return;
    this.trouble = refused;
    this.draw();
  }

  /** Keeps which texts have been on the screen to their end. */
  private saw(entries: readonly IntersectionObserverEntry[]): void {
    if (document.visibilityState !== "visible") return;
    let unfolded = false;
    for (const { isIntersecting, target } of entries) {
      const { end: thread, part } = (target as HTMLElement).dataset;
      if (!isIntersecting || thread === undefined) continue;
      this.sorting.see(thread, Number(part));
      unfolded ||= Number(part) !== CARD;
      this.ends.unobserve(target);
    }
    // What is still folded away is said on the cards.
    if (unfolded) this.draw();
    else this.drawBar();
  }

  private readonly acts: CardActs = {
    leave: (threads) => { this.sorting.leave(threads); this.draw(); },
    goes: (thread) => { this.sorting.goes(thread); this.draw(); },
    more: () => { this.shown += AT_FIRST; this.draw(); },
  };

  private set(phase: Phase): void {
    if (this.gone) return;
    this.phase = phase;
    this.draw();
  }

  private draw(): void {
    if (this.gone) return;
    render(this.page(), this.root);
    for (const end of this.root.querySelectorAll("[data-end]")) {
      if (this.observed.has(end)) continue;
      this.observed.add(end);
      this.ends.observe(end);
    }
    this.drawBar();
  }

  private page(): TemplateResult {
    const desks = ownDesks(this.bench.facts);
    return html`<h1 tabindex="-1">${t("Many at once")}</h1>
      <p><a href="#/arrivals">${t("Back to the list")}</a></p>
      <p class="lede">${t("Where many of one kind have come: read one of each kind and some more that are drawn by chance, and set the others aside with one reason. Nothing is deleted, and each person may ask for a second look.")}</p>
      ${desks.length < 2 ? nothing : html`<p class="row">${desks.map((desk) => html`<a class="button quiet" href=${`#/many/${desk.id}`} aria-current=${desk.id === this.at ? "true" : nothing}>${named(desk)}</a>`)}</p>`}
      ${this.trouble === "" ? nothing : html`<p class="notice danger" role="alert">${this.trouble}</p>`}
      ${this.said === "" ? nothing : html`<p class="notice good" role="status">${this.said}</p>`}
      ${this.main()}
      ${batchesSection(this.batches, (member) => personName(this.bench.facts, member))}`;
  }

  private main(): TemplateResult | typeof nothing {
    const { phase, sorting } = this;
    switch (phase.at) {
      case "asking": return this.trouble === "" ? html`<p class="muted" role="status">${t("Asking what has arrived…")}</p>` : nothing;
      case "busy": return html`<label class="progress"><span>${phase.of > 1 ? t("{what}: {done} of {of}", { what: phase.what, done: phase.done, of: phase.of }) : phase.what}</span>
        <progress max=${phase.of} .value=${phase.done}></progress></label>`;
      case "declare": return this.declaration(phase.waiting);
      case "sorted": return sorting.heap.alone.length + sorting.heap.groups.length === 0
        ? html`<div class="empty"><h2>${t("Nothing waits here")}</h2><p>${t("When reports come that nobody has dealt with yet, they can be looked through here.")}</p></div>`
        : html`${phase.later === 0 ? nothing : html`<p class="notice">${t("These are the newest; {n} more come when you are done with them.", { n: count(phase.later) })}</p>`}
          ${aloneSection(sorting, this.shown, this.acts)}${groupsSection(sorting, this.acts)}${drawnSection(sorting, this.acts)}`;
    }
  }

  private declaration(waiting: Waiting): TemplateResult {
    const n = waiting.undeclared.length, others = waiting.closed.length + waiting.open;
    return html`<section class="stack prose" aria-labelledby="before"><h2 id="before">${t("Before you read")}</h2>
      <p>${tn("{n} report is new to you. Whoever reads a report must have no part in it.", "{n} reports are new to you. Whoever reads a report must have no part in it.", n)}
        ${t("Say once for all of them, as far as you can know before the first word, that none is about you, about somebody close to you, or about somebody on whom you depend.")}</p>
      <p>${t("If you notice while reading that you know somebody in one of them, open that one and step aside from it. Nobody will ask you why.")}</p>
      <div class="actions"><button class="button" type="button" id="declare-many" @click=${(event: Event) => { void this.declare(waiting, event.currentTarget as HTMLElement); }}>${
        tn("I know nobody in it", "I know nobody in these {n} reports", n)}</button>
        ${others === 0 ? nothing : html`<button class="button secondary" type="button" @click=${() => { void this.trying(() => this.begin(true)); }}>${
          tn("Go on with {n} that I have declared on", "Go on with {n} that I have declared on", others)}</button>`}</div>
      <p class="small muted">${t("What you choose is kept for each report, with your name and the time, where your colleagues on this desk can see it.")}</p></section>`;
  }

  private drawBar(): void {
    if (this.gone) return;
    render(this.phase.at === "sorted" && this.sorting.heap.groups.length + this.sorting.too.size > 0 ? this.barOf() : nothing, this.bar);
  }

  private barOf(): TemplateResult {
    const { threads, read, kinds, kindsRead, drawn, drawnRead } = this.sorting.chosen();
    const ready = threads.length > 0 && drawn === drawnRead;
    return html`<div class="row apart" role="group" aria-label=${t("Set aside")}>
      <p><span>${t("Kinds read: {n} of {m}", { n: kindsRead, m: kinds })}</span> · <span>${t("Drawn ones read: {n} of {m}", { n: drawnRead, m: drawn })}</span>
        <span class="small muted">${ready ? t("Of these, {n} were read.", { n: read.length }) : t("A kind counts as read once the end of its text was on your screen.")}</span></p>
      <p class="row">${kindsRead < kinds || drawnRead < drawn ? html`<button class="button secondary" type="button" id="many-next" @click=${() => { this.next(); }}>${t("To the next unread")}</button>` : nothing}
        <button class="button" type="button" id="many-aside" ?disabled=${!ready} @click=${() => { void this.setAside(); }}>${
          tn("Set {n} report aside", "Set {n} reports aside", threads.length)}</button></p></div>`;
  }

  /** To the first kind, or drawn one, that was not on the screen to its end yet, unfolded; or on in it, where it is longer than the screen. */
  private next(): void {
    const cards = [...this.root.querySelectorAll<HTMLElement>("[data-kind]:not([data-out]), [data-drawn]:not([data-out])")];
    const card = cards.find((one) => !this.sorting.seen.has(one.dataset["card"] ?? ""));
    if (card === undefined) return;
    for (const folded of card.querySelectorAll("details")) folded.open = true;
    card.focus({ preventScroll: true });
    const { top, bottom } = card.getBoundingClientRect(), height = innerHeight - COVERED;
    if (top < COVERED && bottom > height) scrollBy(0, height - COVERED);
    else card.scrollIntoView({ block: "start" });
  }

  private async trying(act: () => Promise<void>): Promise<void> {
    this.trouble = "";
    try {
      await act();
    } catch (error) {
      if (this.gone) return;
      this.trouble = sentenceOf(error);
      announce(this.trouble, "assertive");
      if (this.phase.at === "busy") this.phase = { at: "asking" };
      this.draw();
    }
  }
}
