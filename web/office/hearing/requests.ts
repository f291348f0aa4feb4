/** Beside a mailbox that was opened for somebody: what its holder asks for, and by when they get an answer. */
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { day, t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import type { Story, TiedEntry } from "../arrivals/types.js";
import { choice } from "../cases/triage.js";
import { button, cancel, form, submit } from "../fields.js";
import { Newest } from "../newest.js";
import { sentenceOf } from "../telling.js";
import { DECISIONS, decisionWord, REQUESTS, requestWord, type Asked } from "./state.js";

export class RequestsPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "requests", "aria-labelledby": "requests-head" });
  private readonly newest = new Newest();
  private asked: readonly Asked[] = [];
  /** The case that was passed on to other offices; empty where it was not, or nothing was granted. */
  private referred = "";

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
      const asked = await this.stage.desk().hearings.requests(this.story.thread);
      const granted = asked.some(({ decision }) => decision === "granted" || decision === "partly");
      return [asked, granted && await this.stage.desk().wasReferred(this.of) ? this.of : ""] as const;
    }, (found) => {
      [this.asked, this.referred] = found;
      this.draw("");
    }, (error) => { this.draw(sentenceOf(error)); });
  }

  /** The case that this mailbox belongs to; empty where no note says it. */
  private get of(): string {
    const tie = this.story.entries.find((one): one is TiedEntry => one.kind === "tied" && one.side === "case");
    return tie?.thread ?? "";
  }

  private draw(trouble: string): void {
    const { asked, referred } = this;
    const { today } = this.stage.state().facts;
    hold(this.element, make("h2", { id: "requests-head" }, t("What they ask for")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      make("ul", { class: "plain" }, asked.map((one) => make("li", {}, make("b", {}, requestWord(one.kind)), " ",
        one.answered === null || one.decision === ""
          ? make("span", { class: `chip ${one.due < today ? "late" : "due"}` }, t("answer by {day}", { day: day(one.due) }))
          : make("span", { class: "muted" }, t("{decision} on {day}", { decision: decisionWord(one.decision), day: day(one.answered) }))))),
      make("p", { class: "small muted" }, t("They may object, or ask for something to be corrected or deleted. They get an answer with reasons within a month.")),
      this.act(t("They ask for something"), "note-request", () => this.ask("asked")),
      referred === "" ? null : make("p", { class: "notice warning" }, t("This case was passed on. Whoever received it is told what was granted:"), " ", make("a", { href: `#/arrivals/${referred}` }, t("Go to the case"))),
      asked.some(({ answered }) => answered === null) ? this.act(t("It is decided, and they were told"), "answer-request", () => this.ask("answered")) : null);
  }

  private act(label: string, id: string, work: () => Promise<void>): HTMLElement {
    const made = button(label, () => { void busy(made, work); }, "button secondary");
    made.id = id;
    return make("p", {}, made);
  }

  private async ask(step: "asked" | "answered"): Promise<void> {
    const reason = step === "asked" ? await chosen(t("What do they ask for?"), REQUESTS, requestWord)
      : await chosen(t("How was the oldest request decided?"), DECISIONS, decisionWord);
    if (reason === null) return;
    const { thread } = this.story;
    await this.stage.acting(thread, t("Signed, and kept in the record."), () => this.stage.desk().hearings.step(thread, { step, reason, about: "", days: 0 }));
  }
}

function chosen<T extends string>(title: string, values: readonly [T, ...T[]], word: (value: T) => string): Promise<T | null> {
  return openDialog<T>(title, (close) => {
    const picked = choice(title, values, word, values[0]);
    return form(() => { close(picked.value()); }, picked.element, make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
  });
}
