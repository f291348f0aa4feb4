/** Beside a case: what they ask for, how dangerous it is, which measures stand and by when somebody looks again. */
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { day, t, tn } from "../../elements/words.js";
import { personName } from "../arrivals/names.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import { riskWord } from "../cases/words.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { sentenceOf } from "../telling.js";
import { askClaim, askMeasure, askRetaliation, askReview, askSituation, struck, type Step } from "./asking.js";
import type { ProtectionStory, ShownClaim, ShownMeasure, ShownRetaliation } from "./types.js";
import { askedWord, claimWord, formWord, measureWord, whomWord } from "./words.js";

/** The two days that the server knows of a case. */
export interface ProtectionDays {
  readonly review: string | null;
  readonly offer: string | null;
}

export class ProtectionPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "protection", "aria-labelledby": "protection-head" });
  private readonly newest = new Newest();
  private days: ProtectionDays = { review: null, offer: null };
  /** Of which story the days are: without them a step would take the day of the reminder away. */
  private of: Story | null = null;

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
    const { story } = this;
    return this.newest.ask(() => this.stage.desk().protection(story.thread), (days) => {
      [this.days, this.of] = [days, story];
      this.draw("");
    }, (error) => { this.draw(sentenceOf(error)); });
  }

  private get offer(): string { return this.days.offer ?? ""; }

  private draw(trouble: string): void {
    const { story: { protection }, days } = this;
    const { facts } = this.stage.state();
    if (this.of?.thread !== this.story.thread) {
      hold(this.element, make("h2", { id: "protection-head" }, t("Protection")), make("p", { class: "notice danger", role: "alert" }, trouble),
        this.act(t("Try again"), "protection-again", () => this.load()));
      return;
    }
    hold(this.element, make("h2", { id: "protection-head" }, t("Protection")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      asks(protection),
      trouble === "" && protection.review !== (days.review ?? "") ? make("p", { class: "notice danger" }, t("The server knows another day of review than the notes say. Keep any step here, and it is right again.")) : null,
      protection.situation === null ? null : make("div", {},
        make("p", {}, make("b", {}, t("Danger in this situation: {danger}.", { danger: riskWord(protection.situation.danger) }))), written(protection.situation)),
      protection.measures.length === 0 ? null : make("ul", { class: "plain stack tight", id: "measures" }, protection.measures.map((one) => this.measure(one, facts.today))),
      this.act(t("Assess the situation"), "assess", () => this.step((offer) => askSituation(this.story, offer, facts))),
      this.act(t("Add a measure"), "add-measure", () => this.step((offer) => askMeasure(this.story, offer, facts))),
      this.timeline(protection.retaliation),
      this.act(t("Note what was done to them"), "note-retaliation", () => this.step((offer) => askRetaliation(this.files(), offer, facts)), "link"),
      protection.claims.length === 0 ? null : make("ul", { class: "plain stack tight", id: "claims" }, protection.claims.map((one) => this.claim(one))),
      this.act(t("Note that a loss is to be made good"), "note-claim", () => this.step((offer) => askClaim(undefined, offer)), "link"),
      days.offer === null ? null : make("p", { class: "small muted" }, t("From {day} on their mailbox reminds them that they can tell what happened.", { day: day(days.offer) })),
      protection.ended.length === 0 ? null : make("details", {}, make("summary", {}, tn("{n} measure has ended", "{n} measures have ended", protection.ended.length)),
        make("ul", { class: "plain" }, protection.ended.map((one) => make("li", {}, measureWord(one.measure), make("span", { class: "muted small" }, ` · ${day(one.ended)}`), written(one))))));
  }

  private measure(one: ShownMeasure, today: string): HTMLElement {
    const late = one.review < today;
    const { facts } = this.stage.state();
    return make("li", { "data-measure": one.id },
      make("p", {}, make("b", {}, measureWord(one.measure))), written(one),
      make("p", { class: "small muted" }, t("For {whom}, since {day}. Answers for it: {name}", { whom: whomWord(one.whom), day: day(one.begins), name: personName(facts, one.who) })),
      make("p", { class: "row apart" },
        make("span", { class: `chip ${late ? "late" : "due"}` }, late ? t("review late since {day}", { day: day(one.review) }) : t("review by {day}", { day: day(one.review) })),
        this.press(t("Look at it again"), () => this.step((offer) => askReview(one, offer, facts)))));
  }

  private timeline(rows: readonly ShownRetaliation[]): Child {
    if (rows.length === 0) return null;
    return make("details", { open: true, id: "retaliation" }, make("summary", {}, tn("What was done to them: {n} entry", "What was done to them: {n} entries", rows.length)),
      make("ol", { class: "plain stack tight" }, rows.map((one) => make("li", {},
        make("p", {}, make("b", {}, day(one.day)), " ", formWord(one.form)), written(one),
        one.name === "" ? null : make("p", { class: "small" }, make("bdi", { class: "filename" }, one.name)),
        this.press(t("Take out"), () => this.strike(one))))));
  }

  private claim(one: ShownClaim): HTMLElement {
    return make("li", {}, make("p", {}, t("A loss to be made good: {state}.", { state: claimWord(one.state) })), written(one),
      this.press(t("Change"), () => this.step((offer) => askClaim(one, offer))));
  }

  private async strike(one: ShownRetaliation): Promise<void> {
    const sure = await ask({ title: t("Take it out of what was done to them?"), act: t("Take it out"), body: t("The note that said it stays in the story.") });
    if (sure) await this.step((offer) => Promise.resolve(struck(one, offer)));
  }

  /** Files of the thread. */
  private files(): AttachedFile[] {
    return this.story.entries.flatMap((one) => ("files" in one ? one.files : []));
  }

  private async step(asked: (offer: string) => Promise<Step | null>): Promise<void> {
    const { thread } = this.story;
    const step = await asked(this.offer);
    if (step === null) return;
    await this.stage.acting(thread, t("Signed, and kept in the record."), () => this.stage.desk().protect(thread, step), step.text);
  }

  private act(label: string, id: string, work: () => Promise<void>, kind = "button secondary"): HTMLElement {
    const made = this.press(label, work, kind);
    made.id = id;
    return make("p", {}, made);
  }

  private press(label: string, work: () => Promise<void>, kind = "link"): HTMLButtonElement {
    const made = button(label, () => { void busy(made, work); }, `${kind} noprint`);
    return made;
  }
}

/** What they ask for; red while nothing was noted since. */
function asks({ asks: found, answered }: ProtectionStory): Child {
  const last = found.at(-1);
  if (last === undefined) return null;
  const open = answered < last.n;
  return make("div", { class: open ? "notice danger" : "stack tight", id: "asks" },
    make("ul", { class: "plain" }, found.map((one) => make("li", {}, askedWord(one.about), " ", make("span", { class: "muted small" }, day(one.day))))),
    open ? make("p", {}, t("Nothing was noted here since. Assess the situation, say what is done, and answer them.")) : null);
}

function written({ text, language }: { readonly text: string; readonly language: string }): Child {
  return text === "" ? null : make("p", { class: "written", dir: "auto", lang: language }, text);
}
