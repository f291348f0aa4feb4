/** The list as a member looks at it: filtered, ordered, searched, and handed over in windows of a few rows. */

import type { Arrival, Counts, Listing, ListQuery } from "../../office/arrivals/types.js";
import { fromBits, LABELS } from "../../seal/labels.js";
import type { Row, Rows } from "./list.js";
import { place, wanted } from "./search.js";
import type { Known, Shelf } from "./shelf.js";
import { Word } from "./word.js";

/** Everything that the list is made of. */
export interface Sources {
  readonly rows: Rows;
  /** The member's own index. */
  readonly own: Shelf;
  /** The desks' indexes, by desk: labels for who has not opened a report yet. */
  readonly desks: ReadonlyMap<string, Shelf>;
}

/** A row with what the indexes say of it. */
interface Item {
  readonly row: Row;
  /** Of the member's own index; nothing before the declaration, whatever lies there. */
  readonly known: Known | undefined;
  /** Nothing has come since. */
  readonly current: boolean;
  /** The office's turn: as the messages tell where they were read, as the days tell where not. */
  readonly ours: boolean;
  readonly labels: number;
}

export class Lister {
  private items: readonly Item[] | undefined;
  private counted: Counts | undefined;
  private asked = "";
  private shown: readonly Item[] = [];

  constructor(private readonly sources: Sources) {}

  /** Something that the list shows has changed. */
  changed(): void {
    this.items = undefined;
    this.counted = undefined;
    this.asked = "";
  }

  list(query: ListQuery): Omit<Listing, "whole"> {
    const { from, to, thread, around, ...filter } = query;
    const asked = JSON.stringify(filter);
    if (asked !== this.asked) this.shown = this.matching(query);
    this.asked = asked;
    const words = wanted(query.words);
    const at = thread === "" ? -1 : this.shown.findIndex(({ row }) => row.thread === thread);
    const middle = at < 0 ? 0 : at;
    const [start, end] = around ? [middle - from, middle + to] : [from, to];
    return {
      words: query.words, total: this.shown.length, at, from: Math.max(0, start), counts: this.counts(),
      rows: this.shown.slice(Math.max(0, start), Math.max(0, end)).map((item) => shownAs(item, words)),
    };
  }

  /** A row as the page shows it. */
  arrival(row: Row): Arrival {
    return shownAs(this.item(row), []);
  }

  /** Declared reports that no index knows as they are now, those with the newest posts first. */
  toOpen(most: number, without: ReadonlySet<string>): Row[] {
    const found: Row[] = [];
    for (const { row, current } of this.all()) {
      if (found.length === most) break;
      if (row.declared && !current && !without.has(row.thread)) found.push(row);
    }
    return found;
  }

  /** Every row once, looked up in the indexes: a hundred thousand look-ups for each letter typed would be felt. */
  all(): readonly Item[] {
    this.items ??= this.sources.rows.sorted().map((row) => this.item(row));
    return this.items;
  }

  private item(row: Row): Item {
    const known = row.declared ? this.sources.own.known.get(row.thread) : undefined;
    const current = known !== undefined && known.sum >= row.sum;
    const desk = this.sources.desks.get(row.desk)?.known.get(row.thread);
    // Of the two indexes the one that has seen more of the report.
    const newer = desk !== undefined && desk.sum > (known?.sum ?? -1) ? desk : known;
    return {
      row, known, current, ours: current ? known.page.has(known.place, "ours") : row.ours,
      labels: newer?.page.labels(newer.place) ?? 0,
    };
  }

  private matching(query: ListQuery): readonly Item[] {
    const words = wanted(query.words).map((word) => new Word(word));
    const bit = query.label === "" ? 0 : 1 << LABELS.indexOf(query.label);
    const items = this.all().filter((item) => {
      const { row, known } = item;
      return (query.desk === "" || row.desk === query.desk)
        && (query.since === "" || row.day >= query.since) && (query.until === "" || row.day <= query.until)
        && (query.status === "" || row.status === query.status) && isShown(item, query.status === "aside" && query.shown === "all" ? "aside" : query.shown)
        && (bit === 0 || (item.labels & bit) !== 0)
        && (words.length === 0 || (known?.page.holds(known.place, words) ?? false));
    });
    if (query.sort === "newest") return items;
    items.reverse();
    if (query.sort === "oldest") return items;
    return [...items.filter(({ ours }) => ours), ...items.filter(({ ours }) => !ours)];
  }

  private counts(): Counts {
    if (this.counted !== undefined) return this.counted;
    const counts = { all: 0, new: 0, unread: 0, us: 0, them: 0, mine: 0, cases: 0, aside: 0 };
    for (const { row, ours } of this.all()) {
      if (row.status === "aside") {
        counts.aside += 1;
        continue;
      }
      counts.all += 1;
      if (!row.declared) counts.new += 1;
      if (row.unread > 0) counts.unread += 1;
      counts[ours ? "us" : "them"] += 1;
      if (ours && row.declared) counts.mine += 1;
      if (row.assigned) counts.cases += 1;
    }
    this.counted = counts;
    return counts;
  }
}

function isShown({ row, ours }: Item, shown: ListQuery["shown"]): boolean {
  // What was set aside is out of every other list: 3 000 of them must not hide five.
  if (shown === "aside" || row.status === "aside") return shown === "aside" && row.status === "aside";
  switch (shown) {
    case "all": return true;
    case "new": return !row.declared;
    case "unread": return row.unread > 0;
    case "us": return ours;
    case "them": return !ours;
    case "mine": return row.declared && ours;
    case "cases": return row.assigned;
  }
}

/** With words searched for, the place where they stand. */
function shownAs({ row, known, current, ours, labels }: Item, words: readonly string[]): Arrival {
  const has = (flag: "faulty" | "apart" | "test"): boolean => known?.page.has(known.place, flag) ?? false;
  return {
    thread: row.thread, desk: row.desk, day: row.day, newest: row.newest, status: row.status, unread: row.unread,
    declared: row.declared, assigned: row.assigned, alarm: row.alarm, opened: row.opened, waiting: ours ? "us" : "them",
    state: !current ? "sealed" : has("faulty") ? "faulty" : has("apart") ? "apart" : "open",
    title: known === undefined ? "" : known.page.title(known.place), test: has("test"), labels: fromBits(labels),
    ...(known !== undefined && words.length > 0 && { hit: place(known.page.text(known.place), words) }),
  };
}
