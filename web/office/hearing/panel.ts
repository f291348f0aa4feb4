/** Beside a case: how it stands towards the person concerned, and what is to be done next. */
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { askMailbox } from "../mailboxes/asking.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { openAndPrint } from "../mailboxes/opening.js";
import type { HearingEntry, Story } from "../arrivals/types.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { sentenceOf } from "../telling.js";
import { askAgreement, askDelay, askDraft, askStatement, daysOf } from "./asking.js";
import { showClearance } from "./clearing.js";
import { lawLinesOf, type LawLines } from "./law.js";
import { pendingOf, standingWord, type HearingState } from "./state.js";

/** One for the case on the screen. */
export class HearingPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "hearing", "aria-labelledby": "hearing-head" });
  private readonly newest = new Newest();
  private found: HearingState | null = null;

  constructor(private readonly stage: CaseStage, private story: Story) {
    void this.load();
  }

  /** The story was opened anew. */
  show(story: Story): void {
    if (story === this.story) return;
    this.story = story;
    void this.load();
  }

  private load(): Promise<void> {
    return this.newest.ask(() => this.stage.desk().hearings.of(this.story.thread), (found) => {
      this.found = found;
      this.draw("");
    }, (error) => { this.draw(sentenceOf(error)); });
  }

  private draw(trouble: string): void {
    const { found } = this;
    this.element.hidden = found === null && trouble === "";
    hold(this.element, make("h2", { id: "hearing-head" }, t("The person concerned")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      found === null ? null : [
        make("p", { class: found.state === "late" ? "notice danger" : "" }, standingWord(found)),
        ...this.next(found), this.earlier(),
        found.substantiable ? null : make("p", { class: "small muted" }, t("Until they were heard, or were offered to be and the time has passed, this case cannot end as substantiated.")),
      ]);
  }

  private get drafts(): readonly HearingEntry[] {
    return this.story.entries.filter((one): one is HearingEntry => one.kind === "hearing" && one.step.step === "draft");
  }

  /** What can be done as it stands; who drafted waits for somebody else. */
  private next(found: HearingState): Child[] {
    if (found.state === "given") {
      return [
        found.heard === "" ? this.act(t("Record their statement"), "record-statement", () => this.record()) : null,
        // One notice is to one person: somebody else who is concerned gets their own, with a mailbox of their own.
        ...this.drafting(found, this.act(t("Inform somebody else who is concerned"), "draft-notice", () => this.write(), "link")),
      ];
    }
    return [
      ...this.drafting(found, this.act(t("Inform the person concerned"), "draft-notice", () => this.write(), "button")),
      this.act(t("Not yet, for a reason"), "delay-notice", () => this.delay(), "link"),
      found.state === "nobody" || found.agreed !== "" ? null : this.act(t("Nobody is concerned in this case"), "nobody-concerned", () => this.nobody(), "link"),
    ];
  }

  /** A notice on its way, or `begin` where none is. */
  private drafting(found: HearingState, begin: HTMLElement): Child[] {
    const { draft, agreed } = pendingOf(this.drafts, found);
    return [
      ...agreed === undefined ? [] : this.agreed(agreed),
      draft === undefined || draft === agreed ? null : draft.mine
        ? make("p", { class: "small muted" }, t("Your draft waits for a second person who is assigned."))
        : this.act(t("Look at the draft as its second reader"), "second-reader", () => this.agree(draft)),
      draft === undefined ? begin : this.act(t("Write another draft"), "draft-notice", () => this.write(), "link"),
    ];
  }

  /** What follows an agreement, and what an earlier try that broke off has left undone. */
  private agreed(draft: HearingEntry): Child[] {
    const { entries } = this.story;
    const noted = entries.findLastIndex((one) => one.kind === "hearing" && one.step.step === "agreed" && one.step.draft === draft.c && one.author !== draft.author);
    if (noted < 0) {
      return [draft.mine ? make("p", { class: "small muted" }, t("The second person has signed that it goes. Their note is missing: they open this case once more and keep it."))
        : this.act(t("Look at the draft as its second reader"), "second-reader", () => this.agree(draft))];
    }
    if (!entries.slice(noted).some((one) => one.kind === "tied" && one.side === "mailbox" && one.purpose === "hearing")) return [this.act(t("Open their mailbox and print the letter"), "inform", () => this.inform(draft))];
    return [
      make("p", { class: "notice warning" }, t("A mailbox was begun for this notice. Until it is noted that they have the letter, their time to answer does not run.")),
      this.act(t("They have the letter: note it"), "note-given", () => this.given(draft)),
      this.act(t("The letter was not printed: open another mailbox"), "inform", () => this.inform(draft), "link"),
    ];
  }

  /** An earlier result counts for who is concerned now. */
  private earlier(): HTMLElement {
    return this.act(t("They show a letter of clearance"), "show-clearance", () => showClearance((code) => this.stage.desk().hearings.clearance(code)), "link");
  }

  private act(label: string, id: string, work: () => Promise<void>, kind = "button secondary"): HTMLElement {
    const made = button(label, () => { void busy(made, () => work().catch((error: unknown) => { this.draw(sentenceOf(error)); })); }, kind);
    made.id = id;
    return make("p", {}, made);
  }

  private law(): Promise<LawLines> {
    return lawLinesOf(this.stage.bench(), this.story.desk);
  }

  private async write(): Promise<void> {
    const law = await this.law();
    // Somebody has gone on meanwhile: no report opens over another one.
    if (!this.element.isConnected) return;
    const drafted = await askDraft(this.story, law);
    if (drafted !== null) await this.doing(t("The draft is kept. A second person reads it next."), () => this.stage.desk().hearings.draftNotice(this.story.thread, drafted), drafted.text);
  }

  private async agree(draft: HearingEntry): Promise<void> {
    const law = await this.law();
    if (this.element.isConnected && await askAgreement(draft, this.story, law)) {
      await this.doing(t("Signed. The notice can go."), () => this.stage.desk().hearings.agreeToNotice(this.story.thread, draft.c));
    }
  }

  private async inform(draft: HearingEntry): Promise<void> {
    const wish = await askMailbox(this.story, this.stage.state().facts, { purposes: ["hearing"], fixed: draft });
    if (wish === null) return;
    if (await openAndPrint(this.stage, this.story, wish)) await this.given(draft);
  }

  private given(draft: HearingEntry): Promise<void> {
    const { thread } = this.story;
    return this.doing(t("Informed. The time to answer runs from today."), () => this.stage.desk().hearings.step(thread, { step: "given", reason: "", about: draft.c, days: daysOf(draft) }));
  }

  private async delay(): Promise<void> {
    const reason = await askDelay();
    if (reason !== null) await this.doing(t("Signed, and kept in the record."), () => this.stage.desk().hearings.step(this.story.thread, { step: "delayed", reason, about: "", days: 0 }));
  }

  private async nobody(): Promise<void> {
    const sure = await ask({
      title: t("Is nobody concerned?"), act: t("Sign it"), danger: true,
      body: make("p", {}, t("Nobody is named or could be named by what the report says. The case can then end without anybody being heard. You sign that, and the record keeps it.")),
    });
    if (sure) await this.doing(t("Signed, and kept in the record."), () => this.stage.desk().hearings.step(this.story.thread, { step: "nobody", reason: "", about: "", days: 0 }));
  }

  private async record(): Promise<void> {
    const waits = new Set(this.found?.waits ?? []);
    const stated = await askStatement(this.drafts.filter(({ c }) => waits.has(c)));
    if (stated !== null) await this.doing(t("Signed, and kept in the record."), () => this.stage.desk().hearings.recordStatement(this.story.thread, stated), stated.text);
  }

  private async doing(said: string, work: () => Promise<void>, words = ""): Promise<void> {
    await this.stage.acting(this.story.thread, said, work, words);
  }
}
