/** The arrivals view: a list beside one report, in one document. What it shows is held in this object and nowhere else. */

import { html, nothing, render } from "lit-html";

import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { t } from "../../elements/words.js";
import type { WorkLabel } from "../../seal/labels.js";
import { Attached } from "../files/attached.js";
import { takeOut } from "../exporting/taking.js";
import { Sending } from "../files/sending.js";
import { guideForChild } from "../questions/child.js";
import { pickQuestion } from "../questions/picking.js";
import { isUnsure, sentenceOf } from "../telling.js";
import type { Shown, Workbench } from "../views.js";
import { handingActs } from "../cases/handing.js";
import { workActs } from "../cases/workacts.js";
import { caseActs, type CaseStage } from "./caseacts.js";
import { Composing } from "./composing.js";
import { ClockPanels } from "./clockpanels.js";
import { HearingPanel } from "../hearing/panel.js";
import { RequestsPanel } from "../hearing/requests.js";
import { isCase } from "../mailboxes/words.js";
import { OnePanel } from "../onepanel.js";
import { surelyAside } from "./declaration.js";
import { Desk } from "./desk.js";
import { detail } from "./detail.js";
import { emptyDraft, unkeptOf } from "./drafts.js";
import { listen, show as showKeys } from "./keys.js";
import { listPane, title } from "./list.js";
import { read, START, write, type ListRoute } from "./route.js";
import { ReferralPanels } from "./referralpanels.js";
import { reveal, spanOf } from "./span.js";
import type { Acts, State } from "./state.js";
import { Turns } from "./turns.js";
import type { Arrival, Listing, ListQuery } from "./types.js";
import { isOtherAudience, isOutdated } from "./upon.js";

export class Workplace implements Shown {
  private state: State;
  private readonly desk: Desk;
  private readonly attached: Attached;
  private readonly clocks: ClockPanels;
  private readonly hearings = new OnePanel((story) => isCase(story.opened) ? new HearingPanel(this.stage(), story) : new RequestsPanel(this.stage(), story));
  /** Keeps what was typed for an act of a case that could not be done, until somebody puts it away. */
  private readonly lost = (thread: string, words: string): void => {
    if (words.trim() !== "") this.change({ unkept: unkeptOf(this.bench.worker).add({ thread, words }) });
  };
  private readonly referrals = new ReferralPanels(() => this.bench, (thread, said) => this.acting(thread, said, () => Promise.resolve()), this.lost);
  private readonly turns = new Turns();
  private readonly composing: Composing;
  private readonly deaf: readonly (() => void)[];
  /** An element of this view's own: the shell empties the host, which the renderer must not notice. */
  private readonly root = document.createElement("div");
  private gone = false;
  private asked = 0;
  private looked = 0;

  constructor(private readonly host: HTMLElement, path: string, private readonly bench: Workbench) {
    this.desk = Desk.of(bench);
    this.attached = new Attached(bench, {
      thread: () => this.state.route.at === "case" ? this.state.route.thread : undefined,
      changed: () => { this.change({}); }, trying: (act, thread) => this.trying(act, thread), written: (thread) => this.open(thread),
    });
    this.clocks = new ClockPanels(bench, this.lost);
    this.composing = new Composing(bench, this.desk, host, {
      state: () => this.state, change: (change) => { this.change(change); }, trying: (act, thread) => this.trying(act, thread),
      sent: (thread) => this.open(thread), refresh: async () => { await this.refresh(); },
    });
    const route = read(path);
    this.state = {
      facts: bench.facts, route, list: route.at === "list" ? route : START, listing: undefined,
      cursor: { at: 0, row: undefined }, opening: undefined, query: "", opened: undefined, draft: emptyDraft(), trouble: "", unkept: unkeptOf(bench.worker).all,
    };
    // The list and the report fill the window and scroll apart.
    host.className = "";
    host.replaceChildren(this.root);
    document.body.classList.add("workbench");
    const keys = listen({
      next: () => { void this.step(1); }, previous: () => { void this.step(-1); },
      search: () => { host.querySelector<HTMLInputElement>("#search")?.focus(); },
      back: () => { this.back(); },
      answer: () => { this.composing.start("o"); }, note: () => { this.composing.start("i"); }, question: () => { void this.composing.pick(pickQuestion); },
    });
    this.deaf = [keys, () => { this.referrals.leave(); }, this.desk.loading.listen((error) => { this.heard(error); })];
    document.addEventListener("visibilitychange", this.visible);
    document.addEventListener("scroll", this.scrolled, { capture: true, passive: true });
    addEventListener("resize", this.scrolled);
    this.draw();
    void this.begin();
  }

  /** Looks for what is new when somebody comes back to the page; never by itself, which would keep a session alive. */
  private readonly visible = (): void => {
    if (document.visibilityState === "visible") void this.refresh();
  };

  private readonly scrolled = (): void => {
    const { listing } = this.state;
    if (listing === undefined) return;
    const { from, to } = spanOf(this.listElement());
    const has = listing.from + listing.rows.length;
    if (from < listing.from || Math.min(to, listing.total) > has) void this.look();
  };

  route(path: string): void {
    const route = read(path);
    // What is on the screen always belongs to the address: a button pressed now acts on that report.
    const list = route.at === "list" ? route : this.state.list;
    this.change({ route, opened: undefined, list, trouble: "" });
    if (route.at === "case") void this.open(route.thread);
    else void this.look();
  }

  leave(): void {
    this.gone = true;
    // What an act asks for later finds no report here.
    this.state = { ...this.state, opened: undefined };
    for (const deaf of this.deaf) deaf();
    document.removeEventListener("visibilitychange", this.visible);
    document.removeEventListener("scroll", this.scrolled, { capture: true });
    removeEventListener("resize", this.scrolled);
    document.body.classList.remove("workbench");
    render(nothing, this.root);
  }

  private async begin(): Promise<void> {
    await this.trying(async () => {
      const { loading } = this.desk;
      const again = loading.begun;
      await loading.begin();
      await this.look();
      if (this.state.route.at === "case") await this.open(this.state.route.thread);
      // Whoever comes back from another view sees what has come meanwhile.
      if (again) await loading.refresh();
    });
  }

  private refresh(): Promise<boolean> { return this.trying(() => this.desk.loading.refresh()); }

  /** The list may have changed, or something failed in the background. */
  private heard(error: unknown): void {
    this.change({ opening: this.desk.loading.opening });
    void this.trying(async () => {
      if (error !== undefined) throw error as Error;
      await this.look();
    });
  }

  /** Asks the worker for the rows that are on the screen; what was asked last is what is shown. */
  private async look(span = spanOf(this.listElement())): Promise<Listing | undefined> {
    this.looked += 1;
    const mine = this.looked;
    const listing = await this.desk.list(this.query({ from: span.from, to: span.to }));
    if (mine !== this.looked || this.gone) return undefined;
    this.bench.badge("arrivals", listing.counts.unread);
    const { cursor } = this.state;
    const at = Math.min(cursor.at, Math.max(0, listing.total - 1));
    this.change({ listing, cursor: { at, row: listing.rows[at - listing.from] ?? (at === cursor.at ? cursor.row : undefined) } });
    return listing;
  }

  private query(change: Partial<ListQuery>): ListQuery {
    const { list, query } = this.state;
    const { desk, shown, sort, label, status, since, until } = list;
    return { desk, shown, sort, label, status, since, until, words: query, thread: "", around: false, from: 0, to: 0, ...change };
  }

  /**
   * Shows a report, unless another is at the address by now: what is written and pressed here goes to the one at the address.
   *
   * @param anew - it stands there, and whoever writes below it is not moved away
   */
  private async open(thread: string, anew = false): Promise<void> {
    if (!this.isAt(thread)) return;
    this.asked += 1;
    const mine = this.asked;
    await this.trying(async () => {
      const opened = await this.desk.open(thread);
      if (mine !== this.asked || this.gone || !this.isAt(thread)) return;
      this.change({ opened, draft: this.composing.begun(thread, opened) });
      if (!anew) {
        this.host.querySelector(".detail")?.scrollTo(0, 0);
        this.host.querySelector<HTMLElement>(".detail h1")?.focus({ preventScroll: true });
      }
      if (opened.state === "open") {
        await Promise.all([this.desk.hearings.keepClearance(opened.story), this.attached.erasing.load(thread, opened.story), this.desk.read(thread), this.desk.askAbsences()]);
        this.clocks.reload();
      }
      await this.look();
      void this.desk.loading.work();
    }, thread, false);
  }

  private isAt(thread: string): boolean {
    const { route } = this.state;
    return route.at === "case" && route.thread === thread;
  }

  private async declare(kind: "none" | "aside"): Promise<void> {
    const { route } = this.state;
    if (route.at !== "case") return;
    if (kind === "aside" && !await surelyAside()) return;
    await this.trying(async () => {
      await this.desk.declare(route.thread, kind);
      if (kind === "none") {
        await this.open(route.thread);
        return;
      }
      this.composing.forget(route.thread);
      announce(t("You have stepped aside. The report is not shown to you again."));
      if (!this.gone && this.isAt(route.thread)) this.close();
    }, route.thread);
  }

  private async label(labels: readonly WorkLabel[], button: HTMLElement): Promise<void> {
    const { route } = this.state;
    if (route.at !== "case") return;
    await busy(button, () => this.acting(route.thread, t("The labels are kept."), () => this.desk.label(route.thread, labels)));
  }

  /** Does an act on a case when the one before is done, and shows what came of it; `words` are lost nowhere. False where it was not done. */
  private async acting(thread: string, said: string, act: () => Promise<void>, words = ""): Promise<boolean> {
    const done = await this.turns.take(async () => {
      this.change({ trouble: "" });
      if (!await this.trying(act, thread)) return false;
      announce(said);
      await this.trying(() => this.desk.loading.one(thread));
      await this.open(thread);
      return true;
    });
    if (!done) this.lost(thread, words);
    // Not waited for: the button would stay busy, and whoever presses it once more after a failure would not be heard.
    void this.refresh();
    return done;
  }

  /** To the next or the previous report of the list, whatever part of it is on the screen. */
  private async step(by: 1 | -1): Promise<void> {
    const { route, listing } = this.state;
    const thread = route.at === "case" ? route.thread : "";
    const { at, total } = await this.desk.list(this.query({ thread }));
    const to = at >= 0 ? at + by : by === 1 ? 0 : total - 1;
    if (listing === undefined || to < 0 || to >= total) return;
    const { rows: [next] } = await this.desk.list(this.query({ from: to, to: to + 1 }));
    if (next === undefined || this.gone) return;
    this.bench.go("arrivals", write({ at: "case", thread: next.thread }));
    this.show(to, next);
    announce(title(next));
  }

  /** Moves the focus along the list; a page of rows is as many as the window shows. */
  private async walk(event: KeyboardEvent): Promise<void> {
    const { listing, cursor } = this.state;
    const last = (listing?.total ?? 0) - 1;
    const { from, to } = spanOf(null);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: cursor.at + 1, ArrowUp: cursor.at - 1, Home: 0, End: last,
      PageDown: cursor.at + (to - from) / 2, PageUp: cursor.at - (to - from) / 2,
    };
    const wanted = steps[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey || last < 0) return;
    event.preventDefault();
    const at = Math.round(Math.min(last, Math.max(0, wanted)));
    const { rows: [row] } = await this.desk.list(this.query({ from: at, to: at + 1 }));
    if (row === undefined || this.gone) return;
    this.show(at, row);
    await this.look();
    this.host.querySelector<HTMLElement>(`.entry[data-at="${at}"]`)?.focus({ preventScroll: true });
  }

  private show(at: number, row: Arrival): void {
    this.change({ cursor: { at, row } });
    const list = this.listElement();
    if (list !== null) reveal(list, at);
  }

  private entered(at: number): void {
    const { listing, cursor } = this.state;
    const row = listing?.rows[at - listing.from] ?? cursor.row;
    if (at !== cursor.at || row !== cursor.row) this.change({ cursor: { at, row } });
  }

  private back(): void {
    if (this.state.query !== "" || document.activeElement?.id === "search") {
      void this.search("").then(() => { this.focusList(); });
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
    const cursor = entries.find((one) => one.tabIndex === 0);
    (entries.find((one) => one.dataset["thread"] === thread) ?? cursor ?? entries[0])?.focus();
  }

  private async search(words: string): Promise<void> {
    this.change({ query: words, cursor: { at: 0, row: undefined } });
    await this.trying(async () => { await this.look(spanOf(null)); });
  }

  private filter(change: Partial<ListRoute>): void {
    const list = { ...this.state.list, ...change };
    this.change({ cursor: { at: 0, row: undefined } });
    if (this.state.route.at === "list") this.bench.go("arrivals", write(list));
    else {
      this.change({ list });
      void this.look(spanOf(null));
    }
  }

  /**
   * Runs an act; what was refused is said where the person looks, nothing that they wrote is touched, and it is false.
   * Refused because something has come in, the report is shown with it: loading the whole page would lose keys and words.
   *
   * @param thread - the report that it is about, which may not be on the screen any more
   * @param isAct - it changes something there: it is said also where this page has been left
   */
  private async trying(act: () => Promise<void>, thread = "", isAct = thread !== ""): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      const what = sentenceOf(error);
      if (this.gone) {
        if (isAct) this.bench.unheard({ thread, sentence: what, unsure: isUnsure(error) });
        return false;
      }
      const said = thread === "" || this.isAt(thread) ? what : t("About another report, which was open before: {what}", { what });
      this.change({ trouble: said });
      announce(said, "assertive");
      if (isAct && isOutdated(error)) {
        // A desk's new key comes with no charter, which alone is noticed by itself: this page still had the one before.
        if (isOtherAudience(error)) await this.bench.refresh().catch(() => undefined);
        await this.open(thread, true);
      }
      return false;
    }
  }

  private change(change: Partial<State>): void {
    if (this.gone) return;
    this.state = { ...this.state, facts: this.bench.facts, ...change };
    this.draw();
  }

  private listElement(): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(".rows.virtual");
  }

  private stage(): CaseStage {
    return {
      state: () => this.state, desk: () => this.desk, bench: () => this.bench, origin: () => this.bench.session.reportOrigin,
      acting: (thread, said, act, words) => this.acting(thread, said, act, words),
    };
  }

  private readonly acts: Acts = {
    close: () => { this.close(); },
    filter: (change) => { this.filter(change); },
    search: (words) => { void this.search(words); },
    walk: (event) => { void this.walk(event); },
    entered: (at) => { this.entered(at); },
    declare: (kind) => { void this.declare(kind); },
    draft: (change) => { this.composing.keep(change); },
    write: () => { this.composing.focus(); },
    question: () => { void this.composing.pick(pickQuestion); }, child: () => { void this.composing.pick(guideForChild); }, attaching: (story) => Sending.of(this.bench, story).element,
    send: (button) => { this.change({ trouble: "" }); void this.composing.send(button); },
    label: (labels, button) => { this.change({ trouble: "" }); void this.label(labels, button); },
    keys: () => { void showKeys(); }, putAway: (thread) => { this.change({ unkept: unkeptOf(this.bench.worker).putAway(thread) }); }, ...caseActs(this.stage()), work: workActs(this.stage()), handing: handingActs(this.stage()),
    takeOut: () => { void takeOut(this.bench, this.stage()); }, clocks: (story) => this.clocks.of(story), copies: (story) => this.clocks.copies(story), referrals: this.referrals, hearing: (story) => this.hearings.of(story),
  };

  private draw(): void {
    const { state, acts } = this;
    const showing = state.route.at === "case";
    const opened = showing ? state.opened : undefined;
    this.root.className = showing ? "split showing" : "split";
    render(html`<section class="side" aria-label=${t("Arrivals")}>
        ${showing ? nothing : html`<h1 tabindex="-1">${t("Arrivals")}</h1>`}${listPane(state, acts)}</section>
      <div class=${opened?.state === "open" ? "detail withfacts" : "detail"}>${detail(state, acts, this.attached.files, opened)}</div>`, this.root);
  }
}
