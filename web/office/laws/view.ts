/** The laws that the desks work under, row by row: what was verified, what the office commits itself to, who confirmed what. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import type { Kind } from "../cases/kinds.js";
import { has, type Facts } from "../facts.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { dutiesOf, type LawDuty, type LawLanguage } from "./duties.js";
import { kindsOf, rewardsOf, type Reward } from "./kinds.js";
import { periodsOf, type Around, type Period } from "./periods.js";
import { remarksLeftOut, sourceWords } from "./sources.js";
import { statusWord, type Status } from "./status.js";
import { versionOf, type Adoption, type Newer } from "./versions.js";

view("laws", {
  title: () => t("Laws"), order: 75, for: answers,
  render: (host, _path, bench) => new LawsView(host, bench),
});

function answers(facts: Facts): boolean {
  return has(facts, "lead") || has(facts, "administrator");
}

interface Row {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  readonly applies: string;
  readonly source: string;
  readonly status: Status;
  readonly confirmed: { readonly member: string; readonly source: string; readonly looked: string; readonly day: string } | null;
}

export interface Law {
  readonly id: string;
  readonly names: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly periods: readonly Period[];
  readonly kind: "receiver" | "notifier";
  /** The version that counts today, and a newer one that nobody has adopted yet. */
  readonly version: number;
  readonly newer: Newer | null;
  readonly adopted: readonly Adoption[];
  readonly duties: readonly LawDuty[];
  readonly languages: readonly LawLanguage[];
  readonly classes: readonly Kind[];
  readonly rewards: readonly Reward[];
}

interface Given {
  readonly source: string;
  readonly looked: string;
}

class LawsView implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", { tabindex: -1 }, t("Laws")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    try {
      const { laws } = await this.bench.api.get<{ laws: readonly Law[] }>("laws");
      if (!this.gone) this.draw(laws);
    } catch (error) {
      if (!this.gone) hold(this.host, make("h1", {}, t("Laws")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private draw(laws: readonly Law[], trouble = ""): void {
    hold(this.host, make("div", { class: "stack loose" },
      make("h1", { tabindex: -1 }, t("Laws")),
      make("p", { class: "muted" }, t("A row that nobody has verified runs as the office's own commitment. Who has looked it up confirms it with source and day, signed; from then on it is called the law here. None of this is legal advice."), ...remarksLeftOut() === "" ? [] : [" ", remarksLeftOut()]),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      laws.map((law) => make("section", { class: "card stack tight", "aria-labelledby": `law-${law.id}` },
        make("h2", { id: `law-${law.id}` }, inLanguage(law.names, language())),
        versionOf(law, this.around(laws)),
        make("ul", { class: "plain", role: "list" }, law.rows.map((row) => this.row(law, row, laws))),
        kindsOf(law.classes), rewardsOf(law.rewards),
        dutiesOf(law.duties, law.languages),
        law.periods.length === 0 ? make("p", { class: "muted small" }, t("These clocks begin in a case, when somebody assigned notes that the organisation became aware.")) : periodsOf(law, this.around(laws))))));
  }

  private around(laws: readonly Law[]): Around {
    return {
      bench: this.bench, person: (id) => this.person(id),
      done: (answer) => { if (!this.gone) this.draw(answer); },
      failed: (sentence) => { if (!this.gone) this.draw(laws, sentence); },
    };
  }

  private row(law: Law, row: Row, laws: readonly Law[]): HTMLElement {
    const { confirmed } = row;
    const press = button(t("Confirm"), () => { void this.confirm(law, row, laws, press); }, "button secondary");
    return make("li", { class: "row apart" },
      make("div", {}, make("p", {}, inLanguage(row.label, language()), " ", make("span", { class: row.status === "verified" || confirmed !== null ? "chip good" : "chip" }, knownWord(row))),
        sourceWords(row.source) === "" ? null : make("p", { class: "muted small" }, make("bdi", {}, sourceWords(row.source))),
        confirmed !== null && make("p", { class: "small" }, t("{name} looked on {looked}: {source}", { name: this.person(confirmed.member), looked: day(confirmed.looked, "short"), source: confirmed.source }))),
      row.status === "unverified" && press);
  }

  private async confirm(law: Law, row: Row, laws: readonly Law[], press: HTMLButtonElement): Promise<void> {
    const given = await askSource(inLanguage(row.label, language()), this.bench.facts.today, row);
    if (given === null) return;
    await busy(press, async () => {
      const { worker, session, api, facts } = this.bench;
      try {
        const named = { law: law.id, row: row.id, ...given };
        const act = await worker.ask("sign-row", { office: facts.office, ...named, counter: await session.counter() });
        const answer = await api.post<{ laws: readonly Law[] }>("laws/confirmation", { ...named, act });
        if (!this.gone) this.draw(answer.laws);
        announce(t("Signed, and kept in the record."));
      } catch (error) {
        if (!this.gone) this.draw(laws, sentenceOf(error));
      }
    });
  }

  private person(id: string): string {
    const found = this.bench.facts.people.find((one) => one.id === id);
    if (found === undefined) return t("somebody who has left");
    return found.name === "" ? found.alias : found.name;
  }
}

function askSource(label: string, today: string, row: Row): Promise<Given | null> {
  return openDialog<Given>(t("Confirm this row"), (close) => {
    const source = field({ label: t("Where the law says it"), hint: t("An article, a gazette, an address: so that a colleague finds it."), value: row.source, maxlength: 300 });
    const looked = field({ label: t("The day on which you looked"), value: today, classes: "short", maxlength: 10 });
    const made = form(() => {
      clearFaults(made);
      const said = { source: source.value().trim(), looked: looked.value().trim() };
      const faults = [
        ...said.source === "" ? [{ field: source.id, message: t("Please say where the law says it.") }] : [],
        ...!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(said.looked) || said.looked > today ? [{ field: looked.id, message: t("Please write a day that is not to come, such as {day}.", { day: today }) }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else close(said);
    }, make("p", {}, label), source.element, looked.element,
    make("p", { class: "hint" }, t("Your name stands beside it, for everybody of the office, and your signature in the record.")),
    make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
    return made;
  });
}

function knownWord({ status, confirmed }: Row): string {
  return confirmed === null ? statusWord(status) : t("confirmed here");
}
