/** Today: what is due, what is new, what waits for me; nothing else. Days and numbers, no word of any report. */
import { plusDays } from "../../elements/days.js";
import { hold, make } from "../../elements/make.js";
import { count, day, language, t, tn } from "../../elements/words.js";
import { clockLabel, origin, standing, type Board, type BoardClock } from "../clocks/clock.js";
import { lateDuties, owedSection, type LateDuties, type Owed } from "../duty/today.js";
import { has, type Facts } from "../facts.js";
import type { Colleague } from "../cases/away.js";
import { inLanguage } from "../page.js";
import { toBeHeard, type Hearings } from "../hearing/today.js";
import { lateRequests, owedRequests, type LateRequests, type OwedRequests } from "../requests/today.js";
import { answeredNames, type OwedNames } from "../names/today.js";
import { Owing } from "../referral/owing.js";
import { lateReviews, toReview, type LateReviews, type Reviews } from "../protecting/today.js";
import { sentenceOf } from "../telling.js";
import { Colleagues } from "./colleagues.js";
import { reportLink, Titles } from "./titles.js";
import { overLateSection, overSection, type LateBoard, type OverBoard } from "./over.js";
import { view, type Shown, type Workbench } from "../views.js";

const SHOWN = 30;
const SOON_DAYS = 7;
/** Between two things of a line; where the line ends, it ends there and does not begin the next. */
const DOT = "\u00a0· ";

view("today", {
  title: () => t("Today"), order: 5,
  for: (facts) => works(facts) || has(facts, "oversight"),
  render: (host, _path, bench) => new Today(host, bench),
});

function works(facts: Facts): boolean {
  return has(facts, "handler") || has(facts, "lead");
}

interface Row {
  readonly unread: number;
  readonly ours: boolean;
  readonly declared: boolean;
}

class Today implements Shown {
  private gone = false;
  private readonly titles: Titles;
  private readonly owed: Owing;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    this.titles = new Titles(bench, host);
    this.owed = new Owing(bench);
    hold(host, make("h1", { tabindex: -1 }, t("Today")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
    this.titles.leave();
    this.owed.leave();
  }

  private async load(): Promise<void> {
    const { api, facts } = this.bench;
    try {
      const [board, late, arrivals, colleagues, over, overLate, hearings, reviews, reviewsLate, owed, owedLate, asked, askedLate, names] = await Promise.all([
        works(facts) ? api.get<Board>("clocks") : undefined,
        has(facts, "lead") || has(facts, "oversight") ? api.get<Board>("clocks/late") : undefined,
        works(facts) ? api.get<{ threads: readonly Row[]; next: Readonly<Record<string, string>> }>("arrivals") : undefined,
        works(facts) ? api.get<{ people: readonly Colleague[] }>("colleagues") : undefined,
        works(facts) ? api.get<OverBoard>("retention") : undefined,
        has(facts, "lead") || has(facts, "oversight") ? api.get<LateBoard>("retention/late") : undefined,
        works(facts) ? api.get<Hearings>("hearings") : undefined,
        works(facts) ? api.get<Reviews>("protection/reviews") : undefined,
        has(facts, "lead") || has(facts, "oversight") ? api.get<LateReviews>("protection/late") : undefined,
        works(facts) ? api.get<Owed>("duties") : undefined,
        has(facts, "lead") || has(facts, "oversight") ? api.get<LateDuties>("duties/late") : undefined,
        works(facts) ? api.get<OwedRequests>("requests/owed") : undefined,
        has(facts, "lead") || has(facts, "oversight") ? api.get<LateRequests>("requests/late") : undefined,
        works(facts) ? api.get<OwedNames>("names/owed") : undefined,
      ]);
      if (this.gone) return;
      hold(this.host, make("div", { class: "stack loose" }, make("h1", { tabindex: -1 }, t("Today")),
        board === undefined ? null : this.due(board),
        owed === undefined ? null : owedSection(owed),
        asked === undefined ? null : owedRequests(asked),
        names === undefined ? null : answeredNames(names),
        hearings === undefined ? null : toBeHeard(hearings, facts.today),
        works(facts) ? this.owed.element : null,
        reviews === undefined ? null : toReview(reviews, facts.today, (id) => this.desk(id)),
        arrivals === undefined ? null : fresh(arrivals.threads, Object.keys(arrivals.next).length > 0),
        late === undefined ? null : this.late(late),
        owedLate === undefined ? null : lateDuties(owedLate, (id) => this.desk(id)),
        askedLate === undefined ? null : lateRequests(askedLate),
        reviewsLate === undefined ? null : lateReviews(reviewsLate, (id) => this.desk(id)),
        over === undefined ? null : overSection(over),
        overLate === undefined ? null : overLateSection(overLate, (id) => this.desk(id)),
        colleagues === undefined ? null : new Colleagues(this.bench, colleagues.people).element));
      // Without them the days stand there, as they do for who has opened nothing yet.
      if (works(facts)) void this.titles.begin().catch(() => undefined);
    } catch (error) {
      if (!this.gone) hold(this.host, make("h1", {}, t("Today")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private due({ clocks, counts, today }: Board): HTMLElement {
    const limit = plusDays(today, SOON_DAYS);
    const soon = clocks.filter(({ due }) => due !== null && due <= limit);
    return make("section", { class: "stack tight", "aria-labelledby": "due" },
      make("h2", { id: "due" }, t("Due")),
      counts.late === 0 ? null : make("p", { class: "notice danger" }, tn("{n} clock is late.", "{n} clocks are late.", counts.late)),
      soon.length === 0 ? make("p", { class: "muted" }, t("Nothing is due within a week.")) : this.table(soon.slice(0, SHOWN)),
      soon.length > SHOWN ? make("p", { class: "muted small" }, t("The first {n} are shown.", { n: count(SHOWN) })) : null,
      make("p", { class: "muted small" }, tn("{n} clock runs in all.", "{n} clocks run in all.", counts.running + counts.late), " ",
        counts.paused === 0 ? "" : tn("{n} stands still.", "{n} stand still.", counts.paused)));
  }

  /** For leads and oversight: who answers for a desk sees what is late there, and nobody can hide it. */
  private late({ clocks, counts }: Board): HTMLElement | null {
    const { facts } = this.bench;
    if (works(facts) && !has(facts, "oversight")) return null;
    return make("section", { class: "stack tight", "aria-labelledby": "late" },
      make("h2", { id: "late" }, t("Late at the desks")),
      counts.late === 0 ? make("p", { class: "muted" }, t("Nothing is late.")) : this.table(clocks.slice(0, SHOWN), true),
      make("p", { class: "muted small" }, t("No member can take a late clock off this list: it goes when what is due was done.")));
  }

  private table(rows: readonly BoardClock[], plain = false): HTMLElement {
    return make("ul", { class: "duelist", role: "list" }, rows.map((clock) => {
      return make("li", { class: "row apart" },
        make("span", {}, plain ? t("Report of {day}", { day: day(clock.starts) }) : reportLink(clock.thread, clock.starts), make("span", { class: "muted" }, `${DOT}${clockLabel(clock)}`),
          make("span", { class: "muted small" }, `${DOT}${this.desk(clock.desk)}${DOT}${origin(clock)}`)),
        make("span", { class: `chip ${clock.state === "late" ? "late" : "due"}` }, standing(clock)));
    }));
  }

  private desk(id: string): string {
    const desk = this.bench.facts.desks.find((one) => one.id === id);
    return desk === undefined ? "" : inLanguage(desk.names, language());
  }
}

function fresh(rows: readonly Row[], more: boolean): HTMLElement {
  const line = (text: string, n: number, address: string): HTMLElement => make("li", {},
    n === 0 ? make("span", { class: "muted" }, text, ": ", count(0)) : make("a", { href: address }, text, ": ", count(n), more ? "+" : ""));
  return make("div", { class: "cards" },
    make("section", { class: "card", "aria-labelledby": "new" }, make("h2", { id: "new" }, t("New")), make("ul", { class: "plain" },
      line(t("Reports that you have not opened yet"), rows.filter(({ declared }) => !declared).length, "#/arrivals?show=new"),
      line(t("With something that you have not read"), rows.filter(({ unread }) => unread > 0).length, "#/arrivals?show=unread"))),
    make("section", { class: "card", "aria-labelledby": "waits" }, make("h2", { id: "waits" }, t("Waits for us")), make("ul", { class: "plain" },
      line(t("Our turn to write"), rows.filter(({ ours }) => ours).length, "#/arrivals?show=us"))));
}
