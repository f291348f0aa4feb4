/** What the server tells of arrivals: numbers and days, and no word of any report. */

import { MalformedError } from "../../seal/errors.js";

export interface Row {
  readonly thread: string;
  readonly desk: string;
  /** Day of arrival. */
  readonly day: string;
  /** Day of the newest post. */
  readonly newest: string;
  readonly status: string;
  readonly unread: number;
  readonly declared: boolean;
  /** The office's turn, as far as days tell. */
  readonly ours: boolean;
  /** How many posts there are. */
  readonly sum: number;
  /** Whether the office has ever written to the reporting person. */
  readonly answered: boolean;
  /** A case of this member's. */
  readonly assigned: boolean;
  /** A triage came to nothing, and none has followed. */
  readonly alarm: boolean;
  /** A mailbox that a member opened for somebody. */
  readonly opened: boolean;
}

/** One page of the server's list. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** Where to go on, by desk. */
  readonly next: Readonly<Record<string, string>>;
  readonly today: string;
}

/**
 * Reads the server's answer. By the platform's own reader: nothing in it is signed, and the strict one, which signed
 * texts need, takes fifteen times as long for what comes here a hundred times in a row.
 *
 * @throws MalformedError `json-type`
 */
export function readRows(answer: Uint8Array): RowPage {
  const { threads, next, today } = object(parsed(answer));
  if (!Array.isArray(threads)) throw wrong();
  const going = Object.entries(object(next)).map(([desk, place]) => [desk, text(place)] as const);
  return { rows: threads.map(readRow), next: Object.fromEntries(going), today: day(today) };
}

function parsed(answer: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer));
  } catch {
    throw wrong();
  }
}

function readRow(value: unknown): Row {
  const row = object(value), posts = object(row["posts"]);
  const answered = number(posts["o"]);
  return {
    thread: text(row["thread"]), desk: once(text(row["desk"])), day: day(row["day"]), newest: day(row["newest"]),
    status: once(text(row["status"])), unread: number(row["unread"]), declared: flag(row["declared"]), ours: flag(row["ours"]),
    sum: number(posts["r"]) + answered + number(posts["i"]), answered: answered > 0,
    assigned: row["assigned"] === true, alarm: "alarm" in row, opened: row["opened"] === true,
  };
}

/** The same few texts stand in every row: one of each is kept. */
const texts = new Map<string, string>();

function once(value: string): string {
  const kept = texts.get(value);
  if (kept === undefined) texts.set(value, value);
  return kept ?? value;
}

function day(value: unknown): string {
  const told = once(text(value));
  if (!/^\d{4}-\d{2}-\d{2}$/.test(told)) throw wrong();
  return told;
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw wrong();
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw wrong();
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw wrong();
  return value;
}

function flag(value: unknown): boolean {
  if (typeof value !== "boolean") throw wrong();
  return value;
}

function wrong(): MalformedError {
  return new MalformedError("json-type", "The list of arrivals does not have the form that it should have.");
}

/** All rows that were told so far, those with the newest posts first; within a day by random ids. */
export class Rows {
  private readonly byThread = new Map<string, Row>();
  private inOrder: Row[] = [];
  /** Counts what was asked and what changed here. */
  private moment = 0;
  /** Of rows that were told anew, or changed here: the moment for which that holds. */
  private readonly since = new Map<string, number>();

  get size(): number { return this.byThread.size; }

  get(thread: string): Row | undefined { return this.byThread.get(thread); }

  /** The moment of a question to the server, to be given with its answer. */
  asking(): number {
    this.moment += 1;
    return this.moment;
  }

  /**
   * Takes what the server told. An answer may come late: a row that has changed since it was asked for stays as it is,
   * or who has just said that they know nobody in a report would be asked once more.
   */
  take(rows: readonly Row[], asked: number): void {
    const news = rows.filter(({ thread }) => (this.since.get(thread) ?? 0) <= asked);
    // A long list asked for once, with nothing else under way, is remembered without its moments.
    for (const { thread } of news) if (this.byThread.has(thread) || asked < this.moment) this.since.set(thread, asked);
    this.put(news);
  }

  /** Keeps what was done here, before the server tells of it. */
  change(rows: readonly Row[]): void {
    const now = this.asking();
    for (const { thread } of rows) this.since.set(thread, now);
    this.put(rows);
  }

  /** This member may not see it any more. */
  drop(thread: string): void {
    this.since.set(thread, this.asking());
    if (this.byThread.delete(thread)) this.inOrder = this.inOrder.filter((row) => row.thread !== thread);
  }

  sorted(): readonly Row[] {
    return this.inOrder;
  }

  /** A page belongs into the order where it stands; sorting all anew for each of a hundred would take minutes. */
  private put(rows: readonly Row[]): void {
    const renewed = new Set(rows.filter((row) => this.byThread.has(row.thread)).map((row) => row.thread));
    if (renewed.size > 0) this.inOrder = this.inOrder.filter((row) => !renewed.has(row.thread));
    for (const row of rows) this.byThread.set(row.thread, row);
    this.inOrder = merged(this.inOrder, [...rows].sort(newestFirst));
  }
}

function newestFirst(a: Row, b: Row): number {
  if (a.newest !== b.newest) return a.newest < b.newest ? 1 : -1;
  return a.thread < b.thread ? -1 : Number(a.thread > b.thread);
}

function merged(one: readonly Row[], other: readonly Row[]): Row[] {
  const out: Row[] = [];
  let at = 0;
  for (const row of one) {
    for (let next = other[at]; next !== undefined && newestFirst(next, row) < 0; next = other[at]) {
      out.push(next);
      at += 1;
    }
    out.push(row);
  }
  for (const row of other.slice(at)) out.push(row);
  return out;
}
