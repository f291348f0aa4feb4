/** For custodians: which names are asked for, what proves it, and one's own answer. For oversight: the same, to see. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { day, t } from "../../elements/words.js";
import { personName } from "../arrivals/names.js";
import { typedProof } from "../account/proof.js";
import { choice } from "../cases/triage.js";
import { has } from "../facts.js";
import { button, cancel, form, submit } from "../fields.js";
import { sentenceOf, tell } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { Keeping } from "./desk.js";
import { Passing } from "./passing.js";
import { REFUSALS, type RefusalReason, type RequestForKeeper } from "./types.js";
import { doubtWord, groundWord, refusalWord } from "./words.js";

view("names", {
  title: () => t("Names under seal"), order: 46,
  for: (facts) => has(facts, "custodian") || has(facts, "oversight"), waits: ({ namesWaiting }) => namesWaiting,
  render: (host, _path, bench) => new NamesView(host, bench),
});

class NamesView implements Shown {
  private gone = false;
  private readonly keeping: Keeping;
  private readonly passing: Passing;
  /** Requests that wait for this custodian's answer, once they are read. */
  private open: number | undefined;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    this.keeping = new Keeping(bench.session);
    this.passing = new Passing(bench, () => { this.badge(); });
    void this.passing.load();
    hold(host, make("h1", { tabindex: -1 }, t("Names under seal")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    try {
      const rows = await this.keeping.all();
      if (!this.gone) this.draw(rows);
    } catch (error) {
      if (!this.gone) hold(this.host, make("h1", {}, t("Names under seal")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private draw(rows: readonly RequestForKeeper[]): void {
    const keeps = has(this.bench.facts, "custodian");
    this.open = rows.filter((one) => keeps && one.mine && !one.over && this.answered(one) === undefined).length;
    this.badge();
    hold(this.host, make("div", { class: "stack loose" }, make("h1", { tabindex: -1 }, t("Names under seal")),
      make("p", { class: "lede" }, keeps
        ? t("Somebody who handles a report asks to have a name opened. You decide for yourself whether the ground bears it. You see neither the report nor the name, before or after.")
        : t("Who asked to have a name opened, on which ground, and what the custodians answered. The names are not here.")),
      rows.length === 0 ? make("p", { class: "empty" }, t("No name is asked for.")) : rows.map((one) => this.card(one, keeps)),
      this.passing.element));
  }

  private badge(): void {
    if (this.open !== undefined && !this.gone) this.bench.badge("names", this.open + this.passing.waiting);
  }

  private card(one: RequestForKeeper, keeps: boolean): HTMLElement {
    const { facts } = this.bench;
    return make("article", { class: "card stack", "data-name-request": one.id },
      make("div", { class: "row apart" }, make("h2", {}, t("{name} asks", { name: personName(facts, one.member) })),
        make("span", { class: one.over ? "chip" : "chip due" }, one.over ? t("over") : t("until {day}", { day: day(one.until) }))),
      make("p", { class: "small muted" }, t("Asked on {day}.", { day: day(one.asked) })),
      one.says === null ? null : [
        make("dl", { class: "facts" },
          row(t("Ground"), groundWord(one.says.ground)),
          row(t("The reasons"), make("span", { class: "written", dir: "auto", lang: one.says.language }, one.says.reasons)),
          row(t("Was the reporting person told?"), one.says.withheld === "" ? t("Yes, in their mailbox.") : [t("No:"), " ", make("span", { class: "written", dir: "auto", lang: one.says.language }, one.says.withheld)])),
      ],
      make("ul", { class: "plain small" }, one.answers.map(({ member, reason, day: at }) => make("li", {}, reason === ""
        ? t("{name} handed over a share on {day}", { name: personName(facts, member), day: day(at, "short") })
        : `${t("{name} hands nothing over ({day})", { name: personName(facts, member), day: day(at, "short") })}: ${refusalWord(reason)}`))),
      ...keeps && !one.over ? this.next(one) : []);
  }

  private answered(one: RequestForKeeper): string | undefined {
    return one.answers.find(({ member }) => member === this.bench.facts.me.id)?.day;
  }

  private next(one: RequestForKeeper): Child[] {
    if (this.answered(one) !== undefined) return [make("p", {}, t("You have answered."))];
    if (!one.mine && one.proof === "proven") return [make("p", {}, t("You hold no share of this name: it was sealed for those who kept names then, or you have passed yours on."))];
    const doubt = doubtWord(one.proof);
    return [
      doubt === "" ? make("p", { class: "notice good" }, t("Proven: the asker works on this case, and the record holds the request and what the reporting person was told of it."))
        : make("p", { class: one.proof === "waits" ? "notice plain" : "notice danger", id: "name-doubt" }, doubt),
      make("p", { class: "row" },
        doubt === "" ? this.press(t("Hand over my share"), "release-name", () => this.handOver(one)) : null,
        one.proof === "waits" || one.says === null ? null : this.press(t("Hand nothing over"), "refuse-name", () => this.refuse(one), "button secondary")),
    ];
  }

  private async handOver(one: RequestForKeeper): Promise<void> {
    const proof = typedProof(this.bench);
    // Signed and on its way, it goes also where the dialog is closed meanwhile: then that is shown, too.
    let handing: Promise<boolean | null> = Promise.resolve(false);
    await openDialog<boolean>(t("Hand over your share?"), (close) => {
      const made = form(() => {
        handing = busy(made, async () => {
          try {
            await this.keeping.handOver(one.id, await proof.typed(), () => undefined);
            close(true);
            return true;
          } catch (error) {
            tell(made, proof.first.id, error);
            return false;
          }
        });
      }, make("p", {}, t("It is sealed to {name} alone, for this request. With enough shares of other custodians they read the name. It cannot be taken back.", { name: personName(this.bench.facts, one.member) })),
      make("p", {}, one.says === null ? "" : groundWord(one.says.ground)), proof.element,
      make("div", { class: "actions" }, submit(t("Sign and hand it over")), cancel()));
      return made;
    });
    if (await handing !== true) return;
    announce(t("Handed over, and kept in the record."));
    await this.load();
  }

  private async refuse(one: RequestForKeeper): Promise<void> {
    const reason = await openDialog<RefusalReason>(t("Hand nothing over?"), (close) => {
      const why = choice(t("Why"), REFUSALS, refusalWord, "ground");
      return form(() => { close(why.value()); }, why.element,
        make("p", { class: "hint" }, t("The asker and oversight read this. What you answer stands; a better request is a new one.")),
        make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
    });
    if (reason === null) return;
    try {
      await this.keeping.refuse(one.id, reason);
      announce(t("Signed, and kept in the record."));
      await this.load();
    } catch (error) {
      if (this.gone) announce(sentenceOf(error), "assertive");
      else hold(this.host, make("h1", {}, t("Names under seal")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private press(label: string, id: string, work: () => Promise<void>, kind = "button"): HTMLElement {
    const made = button(label, () => { void busy(made, work); }, kind);
    made.id = id;
    return made;
  }
}

function row(label: string, value: Child): HTMLElement {
  return make("div", {}, make("dt", {}, label), make("dd", {}, value));
}
