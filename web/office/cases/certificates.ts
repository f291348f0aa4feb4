/** Certificates of what was deleted: who asked, who agreed, when, every entry, and from when copies are unreadable. */
import { hold, make } from "../../elements/make.js";
import { printSheet } from "../../elements/print.js";
import { day, fill, language, t, tn } from "../../elements/words.js";
import type { Outcome } from "../../seal/closing.js";
import { personName } from "../arrivals/names.js";
import { has } from "../facts.js";
import { button } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { endWord } from "./kept.js";

interface By {
  readonly day: string;
  readonly member: string;
  readonly entries?: readonly string[];
}

interface Certificate {
  readonly id: string;
  readonly desk: string;
  readonly day: string;
  readonly unreadable: string;
  readonly asked: By;
  readonly agreed: By;
  /** How many, where the rest is not for who asks: they neither signed it nor check the office. */
  readonly count?: number;
  readonly threads?: readonly { readonly thread: string; readonly kind: "closed" | "aside" | "taken"; readonly outcome: Outcome | ""; readonly since: string; readonly due: string }[];
  readonly erased?: readonly string[];
  /** Entries of which both signed that nothing proves them to be the report's; how many, for who reads no hash. */
  readonly unproven: readonly string[] | number;
}

view("certificates", {
  title: () => t("Deleted"), order: 72,
  for: (facts) => ["handler", "lead", "auditor", "oversight"].some((role) => has(facts, role)),
  // Who works at a desk comes to it from what is due for deletion.
  now: ({ facts }) => !has(facts, "handler") && !has(facts, "lead"),
  render: (host, _path, bench) => new Certificates(host, bench),
});

class Certificates implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", { tabindex: -1 }, t("What was deleted")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    const title = make("h1", { tabindex: -1 }, t("What was deleted"));
    try {
      const { certificates } = await this.bench.api.get<{ certificates: readonly Certificate[] }>("certificates");
      if (this.gone) return;
      hold(this.host, make("div", { class: "stack loose" }, title, certificates.length === 0
        ? make("p", { class: "muted" }, t("Nothing was deleted yet. When the time for keeping a report is over, two people can delete it; the certificate then stands here."))
        : certificates.map((one) => this.card(one))));
    } catch (error) {
      if (!this.gone) hold(this.host, title, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  /** On paper everybody has their own name, also who prints it. */
  private name(member: string): string {
    const { facts } = this.bench;
    return facts.people.find(({ id }) => id === member)?.name ?? personName(facts, member);
  }

  private card(one: Certificate): HTMLElement {
    const paper = this.paper(one);
    return make("section", { class: "card stack tight", "data-certificate": one.id }, paper,
      make("p", { class: "noprint" }, button(t("Print"), () => { printSheet(paper, t("Certificate of deletion")); }, "button secondary")));
  }

  private paper(one: Certificate): HTMLElement {
    const desk = this.bench.facts.desks.find(({ id }) => id === one.desk);
    // Each by itself: in a line that runs from the right a Latin name would take the day's number along.
    const by = (who: By): (string | HTMLElement)[] => fill<HTMLElement>(t("{name}, {day}"), { name: make("bdi", {}, this.name(who.member)), day: make("bdi", {}, day(who.day)) });
    const fact = (what: string, ...value: (string | HTMLElement)[]): HTMLElement => make("div", {}, make("dt", {}, what), make("dd", {}, value));
    return make("div", { class: "stack tight" },
      make("h2", {}, t("Certificate of deletion, {day}", { day: day(one.day) })),
      make("dl", { class: "facts" },
        fact(t("Desk"), desk === undefined ? one.desk : inLanguage(desk.names, language())),
        fact(t("Asked by, having read it"), ...by(one.asked)),
        fact(t("Agreed by"), ...by(one.agreed)),
        fact(t("What"), one.threads === undefined
          ? make("p", {}, tn("{n} report or case whose time had come.", "{n} reports or cases whose time had come.", one.count ?? 0), " ", make("span", { class: "small muted" }, t("How it ended is read by the two who signed, by auditors and by oversight.")))
          : make("ul", { class: "plain" }, one.threads.map((row) => make("li", {},
            t("{end}, {since}; to be deleted since {day}", { end: endWord(row), since: day(row.since), day: day(row.due) }), " ", make("span", { class: "code" }, row.thread))))),
        ...unprovenOf(one) === 0 ? [] : [fact(t("Not proven"), tn("{n} entry, of which both signed that nothing proves it to be this report's.", "{n} entries, of which both signed that nothing proves them to be this report's.", unprovenOf(one)))],
        fact(t("No copy of the office can be read from"), day(one.unreadable))),
      one.erased === undefined ? null : make("details", {}, make("summary", {}, t("Entries in the record")),
        make("p", { class: "small" }, t("Each of these hashes is that of an entry of the arrivals record; whoever checks the record finds them explained by the two signed acts below.")),
        list(one.erased), ...typeof one.unproven === "number" || one.unproven.length === 0 ? [] : [make("h3", {}, t("Not proven")), list(one.unproven)],
        make("h3", {}, t("The acts")), list([...one.asked.entries ?? [], ...one.agreed.entries ?? []])));
  }
}

function unprovenOf({ unproven }: Certificate): number {
  return typeof unproven === "number" ? unproven : unproven.length;
}

function list(hashes: readonly string[]): HTMLElement {
  return make("ul", { class: "plain" }, hashes.map((hash) => make("li", { class: "code" }, hash)));
}
