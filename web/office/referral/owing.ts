/** For the page of the day: in which of one's own cases an office that received it is still to be told something. */
import { hold, make } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";
import { Refusal } from "../api.js";
import { Desk } from "../arrivals/desk.js";
import { title } from "../arrivals/list.js";
import type { Story } from "../arrivals/types.js";
import type { Asked } from "../hearing/state.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal, type OfficeWorker } from "../worker.js";
import { owedTo } from "./correcting.js";
import type { ReferralRow } from "./types.js";

/** A case that other offices have acknowledged, as the server has it. */
export interface PassedOnCase {
  readonly thread: string;
  readonly status: string;
  readonly notes: number;
  readonly referrals: readonly ReferralRow[];
}

/** First words and day of a case, and how many offices are to be told something. */
interface Found {
  readonly of: string;
  readonly day: string;
  readonly offices: number;
}

/** Each is fetched and opened to be looked at; nobody's first page waits for more of them than that. */
const LOOKED_AT = 40;
const SHOWN = 10;

/** What was found settled, by case, until something is noted in it or the day is over. */
const settled = new WeakMap<OfficeWorker, Map<string, string>>();

/** How many offices are to hear something of this case, or were not reached when they were told. */
export function waitingFor(story: Story, rows: readonly ReferralRow[], requests: readonly Asked[]): number {
  const begun = story.work.told.filter(({ sent, referral }) => !sent && rows.some(({ id }) => id === referral));
  return new Set([...owedTo(story, rows, requests), ...begun].map(({ referral }) => referral)).size;
}

export class Owing {
  readonly element = make("section", { class: "stack tight", "aria-labelledby": "owing", hidden: true });
  private gone = false;

  constructor(private readonly bench: Workbench) {
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    const { api, worker, facts: { today } } = this.bench;
    const known = settled.get(worker) ?? new Map<string, string>();
    settled.set(worker, known);
    try {
      const { cases } = await api.get<{ cases: readonly PassedOnCase[] }>("referrals");
      const stamp = ({ status, notes, referrals }: PassedOnCase): string => [status, notes, referrals.length, today].join(" ");
      // Those that have ended first: nobody opens them for another reason.
      const wanted = cases.filter((one) => known.get(one.thread) !== stamp(one))
        .sort((a, b) => Number(b.status === "closed") - Number(a.status === "closed"));
      const rows: HTMLElement[] = [];
      for (const one of wanted.slice(0, LOOKED_AT)) {
        const found = await this.look(one);
        if (this.gone) return;
        if (found === undefined) continue;
        if (found.offices === 0) known.set(one.thread, stamp(one));
        else rows.push(row(one.thread, found));
        this.draw(rows, 0);
      }
      this.draw(rows, Math.max(0, wanted.length - LOOKED_AT));
    } catch (error) {
      // The rest of the page stands; what is owed is said beside each case, too.
      if (!(error instanceof Refusal || error instanceof WorkerRefusal)) throw error;
    }
  }

  private async look({ thread, referrals }: PassedOnCase): Promise<Found | undefined> {
    const desk = Desk.of(this.bench);
    const opened = await desk.open(thread);
    if (opened.state !== "open") return undefined;
    const { story } = opened;
    const arrival = await this.bench.worker.ask("arrival", { thread });
    return { of: arrival === undefined ? "" : title(arrival), day: story.day, offices: waitingFor(story, referrals, await desk.hearings.requestsAbout(story)) };
  }

  private draw(rows: readonly HTMLElement[], more: number): void {
    this.element.hidden = rows.length === 0 && more === 0;
    hold(this.element, make("h2", { id: "owing" }, t("Other offices")),
      make("ul", { class: "duelist", role: "list" }, rows.slice(0, SHOWN)),
      rows.length > SHOWN ? make("p", { class: "muted small" }, t("The first {n} are shown.", { n: count(SHOWN) })) : null,
      more === 0 ? null : make("p", { class: "muted small" }, tn("{n} more case that was passed on is looked at on the next visit.", "{n} more cases that were passed on are looked at on the next visit.", more)));
  }
}

function row(thread: string, { of, day: since, offices }: Found): HTMLElement {
  return make("li", { class: "row apart", "data-owed": thread },
    make("span", {}, make("a", { href: `#/arrivals/${thread}` }, t("Tell whoever received it from us")), " · ", make("span", { class: "muted", dir: "auto" }, of), make("span", { class: "muted" }, ` · ${day(since)}`)),
    make("span", { class: "chip due" }, tn("{n} office", "{n} offices", offices)));
}
