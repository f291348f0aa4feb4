/** Deleting many at once: what is due, and what somebody else asks for, opened and proven here before anybody signs. */
import { hold, make } from "../../elements/make.js";
import { day, language, t, tn } from "../../elements/words.js";
import { personName } from "../arrivals/names.js";
import type { Kept } from "../cases/kept.js";
import { has } from "../facts.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { BatchCard, type Wish } from "./card.js";

/** As many as the server takes in one request. */
const AT_ONCE = 200;

export interface Requested {
  readonly id: string;
  readonly desk: string;
  readonly member: string;
  readonly asked: string;
  readonly threads: readonly string[];
  readonly mine: boolean;
  readonly whats: readonly string[];
}

interface Board {
  readonly today: string;
  readonly rows: readonly Kept[];
  readonly requests: readonly Requested[];
}

view("deleting", {
  title: () => t("Delete many at once"), order: 0,
  for: (facts) => has(facts, "handler") || has(facts, "lead"),
  render: (host, _path, bench) => new Deleting(host, bench),
});

class Deleting implements Shown {
  private gone = false;
  private said: HTMLElement | null = null;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", { tabindex: -1 }, t("Delete many at once")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    const title = make("h1", { tabindex: -1 }, t("Delete many at once"));
    try {
      const board = await this.bench.api.get<Board>("retention");
      if (!this.gone) hold(this.host, make("div", { class: "stack loose" }, title, this.said, this.cards(board)));
    } catch (error) {
      if (!this.gone) hold(this.host, title, this.said, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private cards({ rows, requests, today }: Board): HTMLElement[] {
    const kept = new Map(rows.map((row) => [row.thread, row]));
    const made = [
      ...requests.filter(({ mine }) => !mine).map((one) => this.card(this.theirs(one), one.threads, kept, today)),
      ...this.bench.facts.desks.flatMap(({ id, names }) => {
        const due = rows.filter(({ desk, state }) => desk === id && state === "due").map(({ thread }) => thread);
        const wish: Wish = { kind: "ask", desk: id, title: tn("{desk}: {n} is due", "{desk}: {n} are due", due.length, { desk: inLanguage(names, language()) }) };
        return due.length === 0 ? [] : [this.card(wish, due.slice(0, AT_ONCE), kept, today)];
      }),
      ...requests.filter(({ mine }) => mine).map((one) => make("p", { class: "notice plain", "data-mine": one.id },
        tn("You asked on {day} to delete {n} report. Somebody else who may read it has to agree within a week.", "You asked on {day} to delete {n} reports. Somebody else who may read all of them has to agree within a week.", one.threads.length, { day: day(one.asked) }))),
    ];
    return made.length > 0 ? made : [make("p", { class: "muted" }, t("Nothing is due for deletion, and nobody asks."))];
  }

  private theirs({ id, desk, member, asked, threads, whats }: Requested): Wish {
    return {
      kind: "agree", desk, id, whats, who: personName(this.bench.facts, member),
      title: tn("{name} asked on {day} to delete {n} report", "{name} asked on {day} to delete {n} reports", threads.length, { name: personName(this.bench.facts, member), day: day(asked) }),
    };
  }

  private card(wish: Wish, threads: readonly string[], kept: ReadonlyMap<string, Kept>, today: string): HTMLElement {
    return new BatchCard(this.bench, wish, threads, kept, today, {
      gone: () => this.gone,
      done: (done, refused) => {
        this.said = make("div", { class: "notice", role: "status" },
          make("p", {}, wish.kind === "ask" ? tn("You have asked to delete {n} report. Somebody else has to agree.", "You have asked to delete {n} reports. Somebody else has to agree.", done)
            : [tn("{n} report is deleted.", "{n} reports are deleted.", done), " ", make("a", { href: "#/certificates" }, t("What was deleted"))]),
          refused.length === 0 ? null : make("p", {}, tn("{n} was not, and stays as it was:", "{n} were not, and stay as they were:", refused.length)),
          make("ul", {}, refused.map((why) => make("li", {}, why))));
        void this.load();
      },
    }).element;
  }
}
