/** Beside a case: its name under seal. Who is assigned asks; what was handed over opens in the asker's browser alone. */
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { personName } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { sentenceOf } from "../telling.js";
import { askName, showName } from "./asking.js";
import type { NameAnswer, RequestOfCase } from "./types.js";
import { groundWord, refusalWord } from "./words.js";

export class NamesPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "names", "aria-labelledby": "names-head" });
  private readonly newest = new Newest();
  private rows: readonly RequestOfCase[] = [];

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
    return this.newest.ask(() => this.stage.desk().names.ofCase(this.story.thread), (rows) => {
      this.rows = rows;
      this.draw("");
    }, (error) => { this.draw(sentenceOf(error)); });
  }

  private draw(trouble: string): void {
    const { custody } = this.stage.state().facts;
    const asked = this.rows.some(({ over }) => !over);
    hold(this.element, make("h2", { id: "names-head" }, t("Name under seal")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      ...[...this.rows].reverse().map((one) => this.request(one)),
      asked ? null : make("p", { class: "small muted" }, custody.custodians === 0
        ? t("This office has nobody who keeps names, so none can be opened.")
        : t("Whether the reporting person left their name, nobody can see. It opens only on a ground of the law, when {k} of {n} custodians agree.", { k: count(custody.k), n: count(custody.custodians) })),
      asked || custody.custodians === 0 ? null : this.act(t("Ask to have it opened"), "ask-name", () => this.ask(), "link"));
  }

  private request(one: RequestOfCase): HTMLElement {
    const { facts } = this.stage.state();
    return make("div", { class: "stack tight", "data-name-request": one.id },
      make("p", {}, make("b", {}, one.own ? t("You asked on {day}", { day: day(one.asked) }) : t("{name} asked on {day}", { name: personName(facts, one.member), day: day(one.asked) })),
        " ", make("span", { class: "chip" }, one.over ? t("over") : t("until {day}", { day: day(one.until) }))),
      one.says === null ? make("p", { class: "notice warning" }, t("The request does not open here, or is not its author's."))
        : [make("p", { class: "small" }, groundWord(one.says.ground)), make("p", { class: "written small", dir: "auto", lang: one.says.language }, one.says.reasons),
          one.says.withheld === "" ? null : make("div", { class: "small muted" }, make("p", {}, t("They were not told before:")), make("p", { class: "written", dir: "auto", lang: one.says.language }, one.says.withheld))],
      one.answers.length === 0 ? make("p", { class: "small muted" }, t("No custodian has answered yet."))
        : make("ul", { class: "plain small" }, one.answers.map((answer) => make("li", {}, this.answer(answer)))),
      ...one.own && !one.over ? this.own(one) : []);
  }

  private answer({ member, reason, day: at }: NameAnswer): string {
    const values = { name: personName(this.stage.state().facts, member), day: day(at, "short") };
    return reason === "" ? t("{name} handed over a share on {day}", values) : `${t("{name} hands nothing over ({day})", values)}: ${refusalWord(reason)}`;
  }

  private own(one: RequestOfCase): Child[] {
    const enough = one.released > 0 && one.released >= one.needed;
    return [
      one.refused === 0 ? null : make("p", { class: "notice danger" }, tn("{n} share that was handed over fails a check and is not used.", "{n} shares that were handed over fail a check and are not used.", one.refused)),
      enough ? this.act(t("Show the name"), "show-name", () => this.open(one), "button") : make("p", { class: "small muted" }, t("{n} of {k} shares are here.", { n: count(one.released), k: count(one.needed) })),
      this.act(t("Take the request back"), "end-name-request", () => this.takeBack(one), "link"),
    ];
  }

  private async ask(): Promise<void> {
    const { custody } = this.stage.state().facts;
    const wish = await askName(this.story, custody.k);
    if (wish !== null) await this.stage.acting(this.story.thread, t("Asked. The custodians can answer once a night has passed."), () => this.stage.desk().names.ask(this.story.thread, wish), [wish.reasons, wish.told?.text ?? wish.withheld].join("\n\n"));
  }

  private async open({ id }: RequestOfCase): Promise<void> {
    try {
      await showName(await this.stage.desk().names.open(id));
    } catch (error) {
      this.draw(sentenceOf(error));
    }
  }

  private async takeBack({ id }: RequestOfCase): Promise<void> {
    const sure = await ask({ title: t("Take the request back?"), act: t("Take it back"), body: t("Nobody answers it any more, and what was handed over for it is deleted. What you have read stays known to you.") });
    if (sure) await this.stage.acting(this.story.thread, t("Taken back."), () => this.stage.desk().names.takeBack(id), "");
  }

  private act(label: string, id: string, work: () => Promise<void>, kind = "button secondary"): HTMLElement {
    const made = button(label, () => { void busy(made, work); }, `${kind} noprint`);
    made.id = id;
    return make("p", {}, made);
  }
}
