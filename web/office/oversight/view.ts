/** Oversight: how the clocks stand, who signed what, what was published and whether it comes out. No word of a case. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { count, day, fill, language, t, tn } from "../../elements/words.js";
import { has } from "../facts.js";
import { button } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { actWord, clockWord, KINDS, kindWord, type Kind } from "./words.js";

view("oversight", {
  title: () => t("Oversight"), order: 70,
  for: (facts) => has(facts, "auditor") || has(facts, "oversight"),
  render: (host, _path, bench) => new OversightView(host, bench),
});

interface ClockCount {
  readonly desk: string;
  readonly action: string;
  readonly state: "running" | "late" | "paused";
  readonly count: number;
  readonly oldest: string | null;
}

interface ListedAct {
  readonly number: number;
  readonly day: string;
  readonly act: string;
  readonly member: string | null;
  readonly signed: boolean;
}

interface Overview {
  readonly today: string;
  readonly clocks: readonly ClockCount[];
  readonly acts: Readonly<Record<Kind, readonly ListedAct[]>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly logs: readonly { readonly name: "arrivals" | "acts"; readonly entries: number; readonly newest: string | null }[];
  readonly periods: readonly { readonly period: string; readonly key: string; readonly title: string }[];
}

interface Checked {
  readonly files: number;
  readonly closings: number;
  readonly tests: readonly { readonly member: string; readonly count: number }[];
  readonly deleted: number;
  readonly differences: readonly { readonly place: string; readonly sentence: string }[];
}

class OversightView implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", { tabindex: -1 }, t("Oversight")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    try {
      const found = await this.bench.api.get<Overview>("oversight");
      if (!this.gone) hold(this.host, this.page(found));
    } catch (error) {
      if (!this.gone) hold(this.host, make("h1", {}, t("Oversight")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private page(found: Overview): HTMLElement {
    return make("div", { class: "stack loose" },
      make("h1", { tabindex: -1 }, t("Oversight")),
      make("p", { class: "muted" }, t("Counts, days and signatures. Who sees this page reads no report by it, and no report can be told from it.")),
      this.clocks(found), this.figures(found), this.acts(found), record(found));
  }

  private clocks({ clocks }: Overview): HTMLElement {
    const rows = clocks.map((one) => make("tr", {},
      make("th", { scope: "row" }, this.desk(one.desk)), make("td", {}, clockWord(one.action)),
      make("td", {}, make("span", { class: one.state === "late" ? "chip late" : "chip" }, stateWord(one.state))),
      make("td", { class: "number" }, count(one.count)), make("td", {}, one.oldest === null ? "" : day(one.oldest, "short"))));
    const late = clocks.filter(({ state }) => state === "late").reduce((sum, one) => sum + one.count, 0);
    return section("clocks", t("Clocks that run"),
      make("p", { class: late > 0 ? "notice danger" : "notice good" }, late > 0
        ? tn("{n} clock is late. Nothing but what is due takes it off this list.", "{n} clocks are late. Nothing but what is due takes them off this list.", late)
        : t("Nothing is late.")),
      rows.length === 0 ? make("p", { class: "muted" }, t("No clock runs.")) : table(
        [t("Desk"), t("Clock"), t("State"), t("How many"), t("The oldest is due")], rows));
  }

  private figures({ periods }: Overview): HTMLElement {
    const result = make("div", { class: "stack tight", role: "status" });
    const again = button(t("Count every figure again"), () => {
      void busy(again, async () => {
        try {
          hold(result, this.checked(await this.bench.api.get<Checked>("oversight/figures")));
        } catch (error) {
          hold(result, make("p", { class: "notice danger" }, sentenceOf(error)));
        }
      });
    });
    const base = `/api/at/${this.bench.facts.office}/oversight/figures`;
    const asked = `?lang=${language()}`;
    const keys = new Map(periods.map(({ key, period }) => [key, period]));
    return section("figures", t("Figures"),
      make("p", {}, t("Every figure was made from closing slips and from days of arrival. Here each is counted again from the signed acts of the record.")),
      make("div", { class: "actions" }, again, make("a", { class: "button secondary", href: `${base}.csv${asked}`, download: "" }, t("All as CSV"))), result,
      keys.size === 0 ? make("p", { class: "muted" }, t("Nothing was published yet: the first figures come in the night after a month ends.")) : table(
        [t("Period"), t("Download")], [...keys].map(([key, period]) => make("tr", {}, make("th", { scope: "row", class: "digits" }, period),
          make("td", {}, ...["pdf", "json"].flatMap((kind) => [make("a", { href: `${base}/${key}.${kind}${asked}`, download: "" }, `${period} ${kind.toUpperCase()}`), " "]))))));
  }

  private checked({ files, closings, tests, deleted, differences }: Checked): HTMLElement {
    return make("div", { class: "stack tight" },
      differences.length === 0
        ? make("p", { class: "notice good" }, t("Every figure comes out."), " ", tn("{n} published file was counted again.", "{n} published files were counted again.", files), " ", tn("{n} signed closing was read.", "{n} signed closings were read.", closings))
        : make("div", { class: "notice danger" }, make("h3", {}, t("These do not come out")), make("ul", {}, differences.map(({ place, sentence }) => make("li", {}, make("span", { class: "code" }, place), ": ", sentence)))),
      tests.map((one) => make("p", { class: "muted" }, tn("{name} closed {n} case as a test of the line; it is in no figure.", "{name} closed {n} cases as tests of the line; they are in no figure.", one.count, { name: this.person(one.member) }))),
      deleted > 0 && make("p", { class: "muted" }, tn("{n} report that was counted has been deleted since.", "{n} reports that were counted have been deleted since.", deleted)));
  }

  private acts({ acts }: Overview): HTMLElement {
    return section("acts", t("Who signed what"), ...KINDS.map((kind) => {
      const rows = acts[kind];
      return make("details", {}, make("summary", {}, `${kindWord(kind)} (${count(rows.length)})`),
        rows.length === 0 ? make("p", { class: "muted" }, t("Nothing.")) : table([t("Number"), t("Day"), t("Act"), t("By")],
          rows.map((one) => make("tr", {}, make("td", { class: "number" }, count(one.number)), make("td", {}, day(one.day, "short")),
            make("td", {}, actWord(one.act) ?? make("span", { class: "code", lang: "en" }, one.act)),
            make("td", {}, one.member === null ? t("the machine") : this.person(one.member), one.signed || one.member === null ? "" : make("span", { class: "chip late" }, t("not signed")))))));
    }), make("p", { class: "muted small" }, t("The newest 200 of each kind. Which report an act belongs to is not told here.")));
  }

  private desk(id: string): string {
    const desk = this.bench.facts.desks.find((one) => one.id === id);
    if (id === "") return t("the whole office");
    return desk === undefined ? t("a desk of before") : inLanguage(desk.names, language());
  }

  private person(id: string): string {
    const found = this.bench.facts.people.find((one) => one.id === id);
    if (found === undefined) return t("somebody who has left");
    return found.name === "" ? found.alias : found.name;
  }
}

function record({ logs }: Overview): HTMLElement {
  return section("record", t("The record"),
    make("ul", {}, logs.map(({ name, entries, newest }) => make("li", {}, name === "arrivals" ? t("Arrivals:") : t("Acts:"), " ",
      newest === null ? t("no day is out yet") : t("{n} entries, the newest day {day}", { n: count(entries), day: day(newest, "short") })))),
    make("p", {}, fill<HTMLElement>(t("{verify} proves on the server that nothing was altered, removed or reordered; {check} counts the figures there. Keep a checkpoint of your own: only whoever kept one can tell when the past was rewritten."),
      { verify: command("fairline verify"), check: command("fairline figures check") })));
}

function command(words: string): HTMLElement {
  return make("bdi", { class: "code", dir: "ltr" }, words);
}

function stateWord(state: ClockCount["state"]): string {
  switch (state) {
    case "running": return t("runs");
    case "late": return t("late");
    case "paused": return t("stands still");
  }
}

function section(id: string, title: string, ...inside: Parameters<typeof make>[2][]): HTMLElement {
  return make("section", { class: "stack tight", "aria-labelledby": `${id}-title` }, make("h2", { id: `${id}-title` }, title), ...inside);
}

function table(heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  return make("div", { class: "tablebox", tabindex: 0, role: "region", "aria-label": heads.join(", ") }, make("table", { class: "table" },
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)));
}
