/** What the server tells of arrivals: numbers and days, and no word of any report. */

import { Fields } from "../../seal/fields.js";
import { parse, type Json } from "../../seal/jsontext.js";
import { utf8 } from "../../seal/primitives.js";

const PAGE_LIMIT = 8 * 1024 * 1024;

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
}

/** One page of the server's list. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** Where to go on, by desk. */
  readonly next: ReadonlyMap<string, string>;
  readonly today: string;
}

/** Reads the server's answer strictly. */
export function readRows(answer: string): RowPage {
  const fields = new Fields(parse(utf8(answer), PAGE_LIMIT));
  return {
    rows: fields.list("threads", readRow, Number.MAX_SAFE_INTEGER), next: fields.texts("next"), today: fields.day("today"),
  };
}

function readRow(value: Json): Row {
  const fields = new Fields(value);
  const posts = new Fields(fields.value("posts"));
  const answered = posts.integer("o");
  return {
    thread: fields.text("thread"), desk: fields.text("desk"), day: fields.day("day"), newest: fields.day("newest"),
    status: fields.text("status"), unread: fields.integer("unread"), declared: fields.flag("declared"),
    ours: fields.flag("ours"), sum: posts.integer("r") + answered + posts.integer("i"), answered: answered > 0,
  };
}

/** All rows that were told so far, those with the newest posts first; within a day by random ids. */
export class Rows {
  private readonly byThread = new Map<string, Row>();
  private inOrder: readonly Row[] | undefined = [];

  get size(): number { return this.byThread.size; }

  get(thread: string): Row | undefined { return this.byThread.get(thread); }

  take(rows: readonly Row[]): void {
    for (const row of rows) this.byThread.set(row.thread, row);
    this.inOrder = undefined;
  }

  drop(thread: string): void {
    if (this.byThread.delete(thread)) this.inOrder = undefined;
  }

  sorted(): readonly Row[] {
    this.inOrder ??= [...this.byThread.values()].sort(newestFirst);
    return this.inOrder;
  }
}

function newestFirst(a: Row, b: Row): number {
  if (a.newest !== b.newest) return a.newest < b.newest ? 1 : -1;
  return a.thread < b.thread ? -1 : Number(a.thread > b.thread);
}
