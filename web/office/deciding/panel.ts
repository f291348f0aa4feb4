/** Beside an open case: a question to a panel, who sits on it, and what they have said. Until all have, nothing is said of anybody. */
import { busy } from "../../elements/busy.js";
import { hold, make, type Child } from "../../elements/make.js";
import { day, t } from "../../elements/words.js";
import type { CopyShown } from "../../workers/reports/copies.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { personName } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { sentenceOf } from "../telling.js";
import { askDecided, askEnd, askQuestion, askSeats } from "./asking.js";
import type { PanelState, Seat } from "./types.js";

export class DecidingPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "panel", "aria-labelledby": "panel-head" });
  private readonly newest = new Newest();
  private state: PanelState | null = null;
  private copies: readonly CopyShown[] = [];

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
    return this.newest.ask(async () => {
      const { deciding } = this.stage.desk(), { thread } = this.story;
      const state = await deciding.panel(thread);
      return [state, state === null || state.size === 0 ? [] : await deciding.givenAway(thread)] as const;
    }, (found) => {
      [this.state, this.copies] = found;
      this.draw("");
    }, (error) => { this.draw(sentenceOf(error)); });
  }

  private draw(trouble: string): void {
    hold(this.element, make("h2", { id: "panel-head" }, t("A question to a panel")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble), ...this.standing());
  }

  private standing(): Child[] {
    const { state, story } = this;
    if (state === null || story.panel === null) {
      return [make("p", { class: "small muted" }, t("Whoever reports is presumed to do so in good faith. Whoever works on a case does not decide otherwise.")),
        story.answerable ? this.act(t("Put a question to a panel"), "ask-panel", () => this.ask(), "link")
          : make("p", { class: "small muted" }, t("The reporting person kept no receipt, so they cannot be heard, and no panel is asked."))];
    }
    if (state.ended) return [make("p", {}, t("It came to nothing. Good faith stands."))];
    const seated = state.seats.filter(({ gone }) => !gone);
    return [
      make("p", { class: "written", dir: "auto", lang: story.panel.language }, story.panel.text),
      story.panel.evidence.every(({ there }) => there) ? null : make("p", { class: "notice danger" }, t("An entry that the question names as evidence is not here, or is another one.")),
      make("p", { class: "small muted" }, state.heard ? t("The reporting person was heard, or their time has passed.") : t("The reporting person can answer until {day}. They are heard first.", { day: day(state.until) })),
      state.size === 0 ? null : make("ul", { class: "plain stack tight", id: "seats" }, state.seats.map((one) => this.seat(one))),
      state.heard && seated.length < (state.size === 0 ? 1 : state.size) ? this.act(state.size === 0 ? t("Seat the panel") : t("Fill an empty place"), "seat-panel", () => this.seats(state)) : null,
      ...this.outcome(state, seated),
    ];
  }

  private seat(one: Seat): HTMLElement {
    const { facts } = this.stage.state();
    const answer = this.answerOf(one);
    const word = one.gone ? t("place is empty") : !one.voted ? one.declared ? t("reads it") : t("has not begun") : answer === undefined ? t("has answered") : answer.vote === "yes" ? t("yes") : answer.vote === "no" ? t("no") : t("fails a check");
    return make("li", { "data-seat": one.copy }, make("p", { class: "row apart" }, make("b", {}, personName(facts, one.member)), make("span", { class: "chip" }, word)),
      answer === undefined || answer.text === "" ? null : make("p", { class: "written small", dir: "auto", lang: answer.language }, answer.text));
  }

  /** What it comes to once every place has answered. */
  private outcome(state: PanelState, seated: readonly Seat[]): Child[] {
    const back = this.act(t("Take the question back"), "withdraw-panel", () => this.end("withdrawn"), "link");
    if (state.size === 0 || seated.length < state.size || seated.some(({ voted }) => !voted)) return [back];
    if (seated.some((one) => this.answerOf(one)?.vote !== "yes")) {
      return [make("p", {}, make("b", {}, t("Not all of them said yes. Good faith stands."))), this.act(t("End it and tell the reporting person"), "end-panel", () => this.end("good-faith"), "button")];
    }
    return [make("p", {}, t("All of them said yes. The case can end as unfounded with what they found, and with nothing else of it.")),
      this.act(t("Close the case with what they found"), "close-decided", () => this.close(seated), "button"), this.act(t("End it and tell the reporting person"), "end-panel", () => this.end("good-faith"), "link")];
  }

  private answerOf({ copy }: Seat): CopyShown["answers"][number] | undefined {
    return this.copies.find((one) => one.copy === copy)?.answers.find(({ vote }) => vote !== "");
  }

  private async ask(): Promise<void> {
    const wish = await askQuestion(this.story);
    if (wish !== null) await this.doing(t("Put, and the reporting person is told. They are heard first."), () => this.stage.desk().deciding.ask(this.story.thread, wish), [wish.text, wish.notice].join("\n\n"));
  }

  private async seats(state: PanelState): Promise<void> {
    const given = state.size === 0 ? null : this.copies.find(({ copy }) => state.seats.some((one) => one.copy === copy))?.text ?? null;
    const wish = await askSeats(this.story, this.stage.state().facts, state, given);
    if (wish !== null) await this.doing(t("Given. Each of them answers for themselves."), () => this.stage.desk().deciding.seat(this.story.thread, wish), wish.text);
  }

  private async end(how: "withdrawn" | "good-faith"): Promise<void> {
    const wish = await askEnd(this.story, how);
    if (wish !== null) await this.doing(t("Ended. The reporting person is told that good faith stands."), () => this.stage.desk().deciding.end(this.story.thread, wish), [wish.text, wish.notice].join("\n\n"));
  }

  private async close(seated: readonly Seat[]): Promise<void> {
    const given = await askDecided(this.story, seated.length);
    if (given === null) return;
    const { concern, text, language } = given;
    await this.doing(t("Closed. The reporting person reads the decision, and how to have it looked at again."), () => this.stage.desk().deciding.close(this.story.thread,
      { slip: { outcome: "unfounded", concern }, text, language }, seated.map(({ copy }) => copy)), text);
  }

  private async doing(said: string, work: () => Promise<void>, words: string): Promise<void> {
    await this.stage.acting(this.story.thread, said, work, words);
  }

  private act(label: string, id: string, work: () => Promise<void>, kind = "button secondary"): HTMLElement {
    const made = button(label, () => { void busy(made, work); }, `${kind} noprint`);
    made.id = id;
    return make("p", {}, made);
  }
}
