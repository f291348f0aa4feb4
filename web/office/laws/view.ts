/** The laws that the desks work under, row by row: what was verified, what the office commits itself to, who confirmed what. */
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import type { Kind } from "../cases/kinds.js";
import { has, type Facts } from "../facts.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { knownRow } from "./confirming.js";
import { dutiesOf, type LawDuty, type LawLanguage } from "./duties.js";
import { kindsOf, rewardsOf, type Reward } from "./kinds.js";
import { periodsOf, type Around, type Period } from "./periods.js";
import { remarksLeftOut } from "./sources.js";
import { sourceLine, type Known } from "./status.js";
import { versionOf, type Adoption, type Newer } from "./versions.js";

view("laws", {
  title: () => t("Laws"), order: 75, for: answers,
  render: (host, _path, bench) => new LawsView(host, bench),
});

function answers(facts: Facts): boolean {
  return has(facts, "lead") || has(facts, "administrator");
}

interface Row extends Known {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  readonly applies: string;
  /** What is told then, as the law says: whoever confirms the row confirms it, too. */
  readonly contents: readonly { readonly id: string; readonly text: Readonly<Record<string, string>> }[];
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
    const unfolded = this.unfolded(), worked = this.rows().findIndex((one) => one.contains(document.activeElement));
    hold(this.host, make("div", { class: "stack loose" },
      make("h1", { tabindex: -1 }, t("Laws")),
      make("p", { class: "muted" }, t("A row that nobody has verified runs as the office's own commitment. Who has looked it up confirms it with source and day, signed; from then on it is called the law here. None of this is legal advice."), ...remarksLeftOut() === "" ? [] : [" ", remarksLeftOut()]),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      laws.map((law) => this.law(law, this.around(laws)))));
    for (const one of this.parts()) one.open = unfolded.has(keyOf(one));
    // Who signed at a row goes on from there: its button is gone now, and the page's beginning is far away.
    const row = this.rows()[worked];
    row?.setAttribute("tabindex", "-1");
    row?.focus({ preventScroll: true });
  }

  private rows(): HTMLLIElement[] {
    return [...this.host.querySelectorAll("li")];
  }

  private law(law: Law, around: Around): HTMLElement {
    return make("section", { class: "card stack tight", "aria-labelledby": `law-${law.id}`, "data-law": law.id },
      make("h2", { id: `law-${law.id}` }, inLanguage(law.names, language())),
      versionOf(law, around),
      make("ul", { class: "duelist", role: "list" }, law.rows.map((row) => knownRow({ law: law.id, row: row.id, label: inLanguage(row.label, language()) }, row, around,
        sourceLine(row),
        row.contents.length === 0 ? null : make("p", { class: "small" }, t("What is told: {what}", { what: row.contents.map(({ text }) => inLanguage(text, language())).join(" · ") }))))),
      kindsOf(law.id, law.classes, around), rewardsOf(law.id, law.rewards, around),
      dutiesOf(law.id, law.duties, law.languages, around),
      law.periods.length === 0 ? make("p", { class: "muted small" }, t("These clocks begin in a case, when somebody assigned notes that the organisation became aware.")) : periodsOf(law, around));
  }

  /** What somebody has unfolded stays so when the page is drawn again: they are in the middle of it. */
  private unfolded(): ReadonlySet<string> {
    return new Set(this.parts().filter((one) => one.open).map(keyOf));
  }

  private parts(): HTMLDetailsElement[] {
    return [...this.host.querySelectorAll<HTMLDetailsElement>("details[data-part]")];
  }

  private around(laws: readonly Law[]): Around {
    return {
      bench: this.bench, person: (id) => this.person(id),
      done: (answer) => { if (!this.gone) this.draw(answer); },
      failed: (sentence) => { if (!this.gone) this.draw(laws, sentence); },
    };
  }

  private person(id: string): string {
    const found = this.bench.facts.people.find((one) => one.id === id);
    if (found === undefined) return t("somebody who has left");
    return found.name === "" ? found.alias : found.name;
  }
}

function keyOf(one: HTMLDetailsElement): string {
  return `${one.closest<HTMLElement>("[data-law]")?.dataset["law"] ?? ""} ${one.dataset["part"] ?? ""}`;
}
