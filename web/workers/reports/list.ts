/** What the server tells of arrivals, joined with what this worker has opened. */

import type { Arrival } from "../../office/arrivals/types.js";
import { Fields } from "../../seal/fields.js";
import { parse, type Json } from "../../seal/jsontext.js";
import { utf8 } from "../../seal/primitives.js";

const LIST_LIMIT = 64 * 1024 * 1024;

interface Line {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly day: string;
}

export interface Row {
  readonly thread: string;
  readonly desk: string;
  readonly day: string;
  readonly status: string;
  readonly unread: number;
  readonly declared: boolean;
  readonly posts: readonly Line[];
}

/** What is known of a thread once it has been opened. */
export interface Known {
  readonly title: string;
  readonly test: boolean;
  readonly faulty: boolean;
  /** Set apart from this member at the reporting person's wish. */
  readonly apart: boolean;
  /** Who spoke last, which only the messages themselves tell. */
  readonly waiting: "us" | "them";
  /** Posts that were there when it was opened: with more of them it is opened again. */
  readonly posts: number;
}

/** Reads the server's answer strictly. */
export function readRows(answer: string): Row[] {
  const fields = new Fields(parse(utf8(answer), LIST_LIMIT));
  return fields.list("threads", readRow, Number.MAX_SAFE_INTEGER);
}

/** A row as the page shows it. */
export function arrivalOf(row: Row, known: Known | undefined): Arrival {
  const current = known?.posts === row.posts.length ? known : undefined;
  return {
    thread: row.thread, desk: row.desk, day: row.day, status: row.status, unread: row.unread, declared: row.declared,
    newest: row.posts.map((post) => post.day).reduce((a, b) => (a > b ? a : b), row.day),
    waiting: current?.waiting ?? turn(row), title: known?.title ?? "", test: known?.test ?? false,
    state: current === undefined ? "sealed" : current.faulty ? "faulty" : current.apart ? "apart" : "open",
  };
}

/** Whose turn it is as far as days tell. Where both wrote on one day, better look than let somebody wait. */
function turn(row: Row): "us" | "them" {
  const last = (chain: string): Line | undefined => row.posts.filter((post) => post.chain === chain).at(-1);
  const [r, o] = [last("r"), last("o")];
  return o === undefined || r === undefined || r.day >= o.day ? "us" : "them";
}

function readRow(value: Json): Row {
  const fields = new Fields(value);
  return {
    thread: fields.text("thread"), desk: fields.text("desk"), day: fields.day("day"), status: fields.text("status"),
    unread: fields.integer("unread"), declared: fields.flag("declared"),
    posts: fields.list("posts", readLine, Number.MAX_SAFE_INTEGER),
  };
}

function readLine(value: Json): Line {
  const fields = new Fields(value);
  return { chain: fields.one("chain", ["r", "o", "i"] as const), n: fields.integer("n"), day: fields.day("day") };
}
