/** The list as a member looks at it: filtered, ordered, searched, and handed over in windows of a few rows. */

import type { Arrival, Counts, Listing, ListQuery } from "../../office/arrivals/types.js";
import { fromBits, LABELS } from "../../seal/labels.js";
import type { Row, Rows } from "./list.js";
import { place, wanted } from "./search.js";
import type { Known, Shelf } from "./shelf.js";

/** Everything that the list is made of. */
export interface Sources {
  readonly rows: Rows;
  /** The member's own index. */
  readonly own: Shelf;
  /** The desks' indexes, by desk: labels for who has not opened a report yet. */
  readonly desks: ReadonlyMap<string, Shelf>;
}

export class Lister {
  private counted: Counts | undefined;
  private asked = "";
  private shown: readonly Row[] = [];

  constructor(private readonly sources: Sources) {}

  /** Something that the list shows has changed. */
  changed(): void {
    this.counted = undefined;
    this.asked = "";
  }

  list(query: ListQuery): Omit<Listing, "toOpen" | "whole"> {
    const { from, to, thread, ...filter } = query;
    const asked = JSON.stringify(filter);
    if (asked !== this.asked) this.shown = this.matching(query);
    this.asked = asked;
    const words = wanted(query.words);
    const at = thread === "" ? -1 : this.shown.findIndex((row) => row.thread === thread);
    const middle = at < 0 ? 0 : at;
    const [start, end] = query.around ? [middle - from, middle + to] : [from, to];
    return {
      total: this.shown.length, at, from: Math.max(0, start), counts: this.counts(),
      rows: this.shown.slice(Math.max(0, start), Math.max(0, end)).map((row) => this.arrival(row, words)),
    };
  }

  /** A row as the page shows it; with words searched for, the place where they stand. */
  arrival(row: Row, words: readonly string[] = []): Arrival {
    const known = this.knownOf(row);
    const current = known !== undefined && known.sum >= row.sum ? known : undefined;
    const has = (flag: "faulty" | "apart" | "test"): boolean => known?.page.has(known.place, flag) ?? false;
    return {
      thread: row.thread, desk: row.desk, day: row.day, newest: row.newest, status: row.status, unread: row.unread,
      declared: row.declared, waiting: this.ours(row) ? "us" : "them",
      state: current === undefined ? "sealed" : has("faulty") ? "faulty" : has("apart") ? "apart" : "open",
      title: known === undefined ? "" : known.page.title(known.place), test: has("test"), labels: fromBits(this.labels(row)),
      ...(known !== undefined && words.length > 0 && { hit: place(known.page.text(known.place), words) }),
    };
  }

  /** Declared reports that no index knows as they are now, those with the newest posts first. */
  toOpen(most: number, without: ReadonlySet<string>): Row[] {
    const found: Row[] = [];
    for (const row of this.sources.rows.sorted()) {
      if (found.length === most) break;
      if (row.declared && !without.has(row.thread) && this.isOld(row)) found.push(row);
    }
    return found;
  }

  get openable(): number {
    return this.sources.rows.sorted().reduce((sum, row) => sum + Number(row.declared && this.isOld(row)), 0);
  }

  /** Whether it is the office's turn: as the messages tell where they were read, as the days tell where not. */
  ours(row: Row): boolean {
    const known = this.knownOf(row);
    return known !== undefined && known.sum >= row.sum ? known.page.has(known.place, "ours") : row.ours;
  }

  isTest(row: Row): boolean {
    const known = this.knownOf(row);
    return known?.page.has(known.place, "test") ?? false;
  }

  private isOld(row: Row): boolean {
    return (this.sources.own.known.get(row.thread)?.sum ?? -1) < row.sum;
  }

  /** What this member's own index says; nothing before the declaration, whatever lies there. */
  private knownOf(row: Row): Known | undefined {
    return row.declared ? this.sources.own.known.get(row.thread) : undefined;
  }

  /** Of the two indexes the one that has seen more of the report. */
  private labels(row: Row): number {
    const own = this.knownOf(row), desk = this.sources.desks.get(row.desk)?.known.get(row.thread);
    const newer = desk !== undefined && desk.sum > (own?.sum ?? -1) ? desk : own;
    return newer?.page.labels(newer.place) ?? 0;
  }

  private matching(query: ListQuery): readonly Row[] {
    const words = wanted(query.words);
    const bit = query.label === "" ? 0 : 1 << LABELS.indexOf(query.label);
    const fits = (row: Row): boolean => (query.desk === "" || row.desk === query.desk)
      && (query.since === "" || row.day >= query.since) && (query.until === "" || row.day <= query.until)
      && (query.status === "" || row.status === query.status) && this.isShown(row, query.shown)
      && (bit === 0 || (this.labels(row) & bit) !== 0)
      && (words.length === 0 || this.holds(row, words));
    const rows = this.sources.rows.sorted().filter(fits);
    if (query.sort === "newest") return rows;
    rows.reverse();
    if (query.sort === "oldest") return rows;
    return [...rows.filter((row) => this.ours(row)), ...rows.filter((row) => !this.ours(row))];
  }

  private isShown(row: Row, shown: ListQuery["shown"]): boolean {
    switch (shown) {
      case "all": return true;
      case "new": return !row.declared;
      case "unread": return row.unread > 0;
      case "us": return this.ours(row);
      case "them": return !this.ours(row);
      case "mine": return row.declared && this.ours(row);
    }
  }

  private holds(row: Row, words: readonly string[]): boolean {
    const known = this.knownOf(row);
    const text = known === undefined ? "" : known.page.lowered(known.place);
    return text !== "" && words.every((word) => text.includes(word));
  }

  private counts(): Counts {
    if (this.counted !== undefined) return this.counted;
    const counts = { all: 0, new: 0, unread: 0, us: 0, them: 0, mine: 0 };
    for (const row of this.sources.rows.sorted()) {
      counts.all += 1;
      if (!row.declared) counts.new += 1;
      if (row.unread > 0) counts.unread += 1;
      const ours = this.ours(row);
      counts[ours ? "us" : "them"] += 1;
      if (ours && row.declared) counts.mine += 1;
    }
    this.counted = counts;
    return counts;
  }
}
