/** Beside a report: what was passed on to other offices, how far it has come, and passing on. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import { Refusal } from "../api.js";
import { Desk } from "../arrivals/desk.js";
import type { Story } from "../arrivals/types.js";
import type { Asked } from "../hearing/state.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { askCorrection, owedTo, sendTold, tellThem, type Owed } from "./correcting.js";
import type { ReferralWish } from "../../workers/referrals.js";
import { together } from "../arrivals/names.js";
import { wasShown } from "../files/stage.js";
import { OWN } from "../mailboxes/words.js";
import { signsFor } from "../ownname/may.js";
import { MANNERS } from "../../seal/referral.js";
import { askReferral, type Ways } from "./dialog.js";
import { openMailbox } from "./mailbox.js";
import type { PassedOn, PeerRow, ReferralRow } from "./types.js";
import { correctionWord, faultSentence, refusalSentence, stateWord } from "./words.js";

/** While something is on its way it is looked after; a page that was left alone asks no more. */
const LOOK_AGAIN = 4000;

export class ReferralPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "referrals" });
  private rows: readonly ReferralRow[] = [];
  private passed: readonly PassedOn[] = [];
  private requests: readonly Asked[] = [];
  private trouble = "";
  /** Why something could not be told: it stays while the case is opened anew. */
  private late = "";
  private readonly newest = new Newest();
  private drawn = "";
  private drawnOf: Story | null = null;
  private timer = 0;
  /** How far the files of a referral have come that is being sealed. */
  private sealing: { readonly done: number; readonly of: number } | null = null;

  /**
   * @param changed - called after something was passed on: the report has a new note then
   * @param lost - takes what somebody wrote that could not be passed on
   */
  constructor(private readonly bench: Workbench, private story: Story, private readonly changed: (said: string) => void, private readonly lost: (words: string) => void) {
    void this.load();
  }

  /** The report was opened anew. */
  show(story: Story): void {
    if (story === this.story) return;
    this.story = story;
    void this.load();
  }

  leave(): void {
    clearTimeout(this.timer);
  }

  private get thread(): string {
    return this.story.thread;
  }

  /** Nobody reported it: the organisation itself does. */
  private get ofOurOwn(): boolean {
    return this.story.opened?.purpose === OWN;
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    const { thread } = this;
    await this.newest.ask(async () => {
      const [{ referrals }, passed] = await Promise.all([
        this.bench.api.get<{ referrals: readonly ReferralRow[] }>(`threads/${thread}/referrals`),
        this.bench.worker.ask("referrals", { thread }),
      ]);
      return [referrals, referrals.length === 0 ? [] : await Desk.of(this.bench).hearings.requestsAbout(this.story), passed] as const;
    }, (found) => {
      [this.rows, this.requests, this.passed] = found;
      this.look(this.late);
    }, (error) => { this.look(told(error)); });
  }

  /** Draws what is known by now; while something is on its way, it is looked at again. */
  private look(trouble: string): void {
    const said = JSON.stringify([trouble, this.rows, this.requests, this.passed]);
    this.trouble = trouble;
    // Looked at every few seconds while something waits: what says the same of the same story is not read aloud again.
    if (said !== this.drawn || this.story !== this.drawnOf || this.sealing !== null) this.draw();
    [this.drawn, this.drawnOf] = [said, this.story];
    const waits = this.rows.some(({ state }) => state === "waiting");
    if (waits && this.element.isConnected) this.timer = window.setTimeout(() => { void this.load(); }, LOOK_AGAIN);
  }

  private draw(): void {
    const { peers } = this.bench.facts;
    const may = this.story.status === "arrived" || (this.story.status === "case" && this.story.case?.mine === true);
    this.element.hidden = this.passed.length === 0 && (peers.length === 0 || !may) && this.trouble === "";
    const own = this.ofOurOwn, offers = may && peers.length > 0 && (!own || signsFor(this.bench.facts));
    const refer = button(own ? t("Report to another office") : t("Pass on to another office"), () => { void busy(refer, () => this.refer()); }, "button secondary");
    hold(this.element, make("h2", {}, t("Other offices")),
      this.trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, this.trouble),
      this.passed.length > 0 ? null : own ? make("p", {}, offers ? t("When it is ready, send it: you sign for the organisation, and the answer comes here.") : t("Whoever signs for the organisation sends it from here; the answer comes here, too."))
        : make("p", {}, t("If this is for another office, or partly: pass on what that office needs. Tell the reporting person.")),
      make("ul", { class: "duelist", role: "list" }, this.passed.map((one) => this.row(one))),
      this.owing(),
      this.sealing === null ? null : this.progress(this.sealing),
      offers ? make("p", {}, refer) : null);
  }

  private progress({ done, of }: { readonly done: number; readonly of: number }): HTMLElement {
    const bar = make("progress", { max: of });
    bar.value = done;
    return make("label", { class: "progress" }, make("span", {}, t("Sealing the files for that office")), bar);
  }

  /** Who has it from us and has not heard what became of it; a button also where nothing is owed. */
  private owing(): HTMLElement | null {
    const promised = this.passed.filter(({ id }) => this.rows.some((row) => row.id === id && row.state === "promised"));
    if (promised.length === 0 || this.story.case?.mine !== true) return null;
    const owed = owedTo(this.story, this.rows, this.requests);
    const tell = button(owed.length === 0 ? t("Tell them of a mistake") : t("Tell them"), () => { void busy(tell, () => this.correct(promised, owed)); }, owed.length === 0 ? "link" : "button");
    tell.id = "tell-offices";
    const [first] = owed;
    const names = promised.filter(({ id }) => owed.some((one) => one.referral === id && one.why === first?.why)).map((one) => inLanguage(one.names, language()));
    return make("div", { class: first === undefined ? "noprint" : "notice warning stack tight", id: "owed" },
      first === undefined ? null : make("p", {}, first.why === "ended" ? t("This case has ended. Whoever received it from us is to hear how: {offices}.", { offices: [...new Set(names)].join("; ") })
        : t("A request of a person concerned was granted. Whoever received this from us is to be told: {offices}.", { offices: [...new Set(names)].join("; ") })),
      make("p", {}, tell));
  }

  /** What was to be told to this office and is not acknowledged. */
  private untold({ id }: PassedOn): HTMLElement[] {
    return this.story.work.told.filter(({ referral, sent }) => referral === id && !sent).map((one) => {
      const again = button(t("Send it again"), () => { void busy(again, () => this.resend(() => sendTold(this.bench, this.story, one, one))); }, "link");
      return make("p", { class: "small" }, make("span", { class: "chip late" }, t("Not acknowledged")), " ", correctionWord(one), " ", again);
    });
  }

  private async correct(promised: readonly PassedOn[], owed: readonly Owed[]): Promise<void> {
    const wish = await askCorrection(this.story, promised, owed);
    if (wish === null) return;
    await this.resend(async () => {
      const [trouble] = await tellThem(this.bench, this.story, wish).catch((error: unknown) => {
        this.lost(wish.text);
        throw error;
      });
      if (trouble !== undefined) this.late = told(trouble);
    });
  }

  private async resend(act: () => Promise<void>): Promise<void> {
    this.late = "";
    try {
      await act();
    } catch (error) {
      this.late = told(error);
    }
    // Drawn anew from the notes, which say what was sent and what was not; why not stands beside them.
    this.changed(this.late === "" ? t("Sent, and acknowledged by the other office.") : t("Not everything could be sent. The chronology says what."));
  }

  private row(passed: PassedOn): HTMLElement {
    const row = this.rows.find(({ id }) => id === passed.id);
    const open = button(t("Look into the mailbox there"), () => { void busy(open, () => openMailbox(this.bench, this.thread, passed, told)); }, "link");
    const again = button(t("Try now"), () => { void busy(again, () => this.acting(() => this.bench.api.post(`threads/${this.thread}/referrals/${passed.id}/again`))); }, "link");
    const anew = button(t("Seal it anew"), () => { void busy(anew, () => this.acting(() => this.reseal(passed))); }, "link");
    return make("li", { class: "stack tight", "data-referral": passed.id },
      make("div", { class: "row apart" }, make("span", {}, inLanguage(passed.names, language()), " · ", inLanguage(passed.deskNames, language())),
        row === undefined ? null : make("span", { class: `chip ${row.state === "promised" ? "good" : row.state === "waiting" ? "due" : "late"}` }, stateWord(row.state))),
      passed.files.length === 0 ? null : make("p", { class: "small" }, t("With it went: {files}.", { files: together(passed.files) })),
      row === undefined ? make("p", { class: "notice danger" }, t("A note says that this was passed on, and our server shows nothing of it. Tell a lead."))
        : row.state === "promised"
          ? make("p", { class: "small muted" }, t("Acknowledged there on {day}.", { day: day(row.promise?.day ?? this.story.day) }), passed.named ? "" : ` ${t("Our charter does not name that office any more.")}`)
          : row.fault === "" ? null : make("p", { class: "small" }, faultSentence(row.fault), " ", make("span", { class: "code" }, row.fault)),
      row === undefined ? null : make("p", { class: "row noprint" }, row.state === "promised" ? open : this.unarrived(passed, row, again, anew)),
      this.untold(passed));
  }

  /** What can be done with what has not arrived: nothing of it may be a dead end, since nothing may be deleted before. */
  private unarrived(passed: PassedOn, row: ReferralRow, again: HTMLElement, anew: HTMLElement): readonly (HTMLElement | null)[] {
    const arrived = button(t("Look whether it has arrived"), () => { void busy(arrived, () => this.acting(() => this.lookThere(passed), t("It has arrived there."))); }, "link");
    const back = button(t("Take it back"), () => { void busy(back, () => this.takeBack(passed, row)); }, "link");
    if (row.state === "back") return [arrived];
    const looked = row.state === "refused" || row.fault === "promise" ? arrived : null;
    return [row.state === "stale" ? null : again, row.state === "waiting" ? null : anew, looked, this.story.case?.mine === true || this.story.status === "arrived" ? back : null];
  }

  private async lookThere({ id }: PassedOn): Promise<void> {
    const { api, worker } = this.bench;
    const found = await worker.ask("referral-arrival", { thread: this.thread, referral: id });
    await api.post(`threads/${this.thread}/referrals/${id}/arrival`, found);
  }

  private async takeBack({ id }: PassedOn, { c }: ReferralRow): Promise<void> {
    const { api, worker, session } = this.bench;
    const sure = await ask({
      title: t("Take it back?"), act: t("Sign it"),
      body: t("It is not sent any more, and the record keeps that you took it back. If it has arrived there without our knowing, it stays with that office."),
    });
    if (!sure) return;
    await this.acting(async () => {
      const act = await worker.ask("sign-referral-withdrawal", { thread: this.thread, referral: id, c, counter: await session.counter() });
      await api.post(`threads/${this.thread}/referrals/${id}/withdrawal`, { act });
    }, t("Taken back, and kept in the record."));
  }

  private async refer(): Promise<void> {
    const { api, worker, session } = this.bench;
    let words = "";
    try {
      const { peers } = await api.get<{ peers: readonly PeerRow[] }>("peers");
      const wish = await askReferral(this.story, peers, async (F) => {
        const found = await worker.ask("prove-peer", { F });
        await session.keepPins();
        return found;
      }, told, (file) => wasShown(this.bench, this.thread, file), this.ways());
      if (wish === null) return;
      words = wish.text;
      await this.sealFiles(wish);
      const parcel = await worker.ask("compose-referral", { ...wish, counter: await session.counter() });
      await api.postBytes(`threads/${this.thread}/referrals`, parcel);
      await worker.ask("files-passed", wish);
    } catch (error) {
      this.sealing = null;
      this.trouble = told(error);
      this.draw();
      if (words !== "") this.lost(words);
      return;
    }
    this.changed(this.ofOurOwn ? t("Signed, sealed and on its way. The answer comes here.") : t("Sealed and on its way. Write to the reporting person that you passed it on, and to whom."));
  }

  private ways(): Ways {
    if (!this.ofOurOwn) return { manners: MANNERS.filter((one) => one !== "own" || signsFor(this.bench.facts)), text: "" };
    const [first = ""] = this.story.entries.flatMap((one) => (one.kind === "message" ? [one.text] : []));
    return { manners: ["own"], text: first };
  }

  /** Before the report that names them: our server holds each whole then. */
  private async sealFiles({ thread, desk, files }: ReferralWish): Promise<void> {
    for (const [at, blob] of files.entries()) {
      await this.bench.worker.ask("pass-file", { thread, blob, desk }, (part) => {
        this.bench.awake();
        this.sealing = { done: at + part, of: files.length };
        this.draw();
      });
    }
    this.sealing = null;
  }

  private async reseal({ id }: PassedOn): Promise<void> {
    const { api, worker, session } = this.bench;
    const parcel = await worker.ask("reseal-referral", { thread: this.thread, referral: id, counter: await session.counter() });
    await api.postBytes(`threads/${this.thread}/referrals/${id}/anew`, parcel);
  }

  private async acting(act: () => Promise<unknown>, said = t("It is sent now.")): Promise<void> {
    this.late = "";
    try {
      await act();
      announce(said);
      await this.load();
    } catch (error) {
      // Kept until the next act: the look that comes by itself in some seconds would take it away.
      this.trouble = this.late = told(error);
      this.draw();
    }
  }
}

/** What to say of an error on the way to another office. */
function told(error: unknown): string {
  const code = error instanceof Refusal || error instanceof WorkerRefusal ? error.code : "";
  return refusalSentence(code) ?? sentenceOf(error);
}
