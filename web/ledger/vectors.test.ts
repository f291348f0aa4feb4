import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { SealError } from "../seal/errors.js";
import { write, type Json, type JsonObject } from "../seal/jsontext.js";
import { H, b64, compare, join, unb64, utf8 } from "../seal/primitives.js";
import { signAct } from "../workers/acts.js";
import { checkAct, parseRow } from "./acts.js";
import { publishedDay, splitBatch, type PublishedDay } from "./batches.js";
import { openCheckpoint, parseCheckpoint, type LogName } from "./checkpoints.js";
import { checkBroken, checkGrowth, logOf, promiseState } from "./keeping.js";
import { filingProof, included } from "./filed.js";
import { find, received, searchTag, type RecordedChain } from "./leaves.js";
import { Frontier, leafHash, rootOf, verifyConsistency, verifyInclusion } from "./merkle.js";
import { check, parseNote } from "./notes.js";
import { checkPromise, parsePromise, promiseDocument, readNotice, signPromise } from "./promises.js";

/** Inputs as the files have them; what each operation takes is listed in docs/formats-record.md. */
type Given = Readonly<Record<string, unknown>>;
interface Case { name: string; do: string; input: Given; expect: unknown }
interface Made { entries: number; width: number; with?: string[]; swap?: boolean; flip?: number; cut?: number }

const text = (given: Given, name: string) => given[name] as string;
const count = (given: Given, name: string) => given[name] as number;
const bytes = (given: Given, name: string) => unb64(text(given, name));
const many = (given: Given, name: string) => (given[name] as string[]).map((value) => unb64(value));
const raw = (given: Given, name: string) => utf8(text(given, `${name}_text`));

function batch(made: Made): Uint8Array {
  const entries = Array.from({ length: made.entries }, (_, place) => join(...Array.from(
    { length: made.width / 32 }, (_part, part) => H(utf8(`entry ${place} ${part}`)),
  )));
  entries.push(...(made.with ?? []).map((value) => unb64(value)));
  entries.sort(compare);
  if (made.swap) entries.unshift(...entries.splice(0, 2).reverse());
  const joined = join(...entries);
  if (made.flip !== undefined) joined[made.flip] = (joined[made.flip] ?? 0) ^ 1;
  return joined.slice(0, joined.length - (made.cut ?? 0));
}

function day(given: Given): PublishedDay {
  const served = {
    checkpoint: raw(given, "checkpoint"), peaks: many(given, "peaks"), batch: batch(given["batch"] as Made),
  };
  return publishedDay(given["log"] as LogName, text(given, "origin"), bytes(given, "key"), served, text(given, "day"));
}

function state(given: Given): unknown {
  const served = given["served"] as Given | undefined;
  const promise = parsePromise(raw(given, "document"));
  const found = promiseState(promise, bytes(given, "key"), served && day(served), text(given, "today"));
  if (found.state !== "broken" || served === undefined) return found;
  const shown = checkBroken(found.proof, text(served, "origin"), bytes(given, "key"), bytes(served, "key"));
  return { state: "broken", proof: b64(H(found.proof)), leaf: b64(shown.leaf) };
}

const OPERATIONS: Readonly<Record<string, (given: Given) => unknown>> = {
  root: (given) => b64(rootOf(many(given, "entries").map(leafHash))),
  edge: (given) => b64(
    new Frontier(count(given, "size"), many(given, "peaks")).grown(many(given, "entries").map(leafHash)).root(),
  ),
  inclusion(given) {
    const leaf = leafHash(bytes(given, "entry"));
    verifyInclusion(leaf, count(given, "index"), count(given, "size"), many(given, "path"), bytes(given, "root"));
    return true;
  },
  consistency(given) {
    const roots = [bytes(given, "old_root"), bytes(given, "new_root")] as const;
    verifyConsistency(count(given, "old"), count(given, "new"), many(given, "path"), ...roots);
    return true;
  },
  note(given) {
    const note = parseNote("note" in given ? bytes(given, "note") : raw(given, "note"));
    const key = { name: text(given, "name"), key: bytes(given, "key"), kind: count(given, "kind") };
    return { text: b64(utf8(note.text)), time: check(note, key) };
  },
  checkpoint(given) {
    const said = openCheckpoint(raw(given, "note"), text(given, "origin"), bytes(given, "key")).checkpoint;
    return { size: said.size, root: b64(said.root), day: said.day, batch: b64(said.batch) };
  },
  "search-tag": (given) => b64(
    searchTag(bytes(given, "tag"), given["chain"] as RecordedChain, count(given, "number")),
  ),
  received: (given) => b64(received(many(given, "hashes"))),
  promise(given) {
    const made = signPromise(bytes(given, "office"), bytes(given, "leaf"), text(given, "day"), bytes(given, "seed"));
    return new TextDecoder().decode(promiseDocument(made));
  },
  "read-promise"(given) {
    const read = parsePromise(raw(given, "document"));
    checkPromise(read, bytes(given, "key"));
    return { office: b64(read.office), day: read.day, leaf: b64(read.leaf), log: logOf(read) };
  },
  notice(given) {
    const read = readNotice(given["served"] as Json, bytes(given, "key"));
    const dates = Object.fromEntries(read.dates);
    return { office: b64(read.office), thread: b64(read.thread), code: read.code, dates };
  },
  act(given) {
    const row = parseRow(raw(given, "row"));
    if ("key" in given) checkAct(row, bytes(given, "key"));
    return { leaf: b64(row.leaf), act: row.act.act, counter: row.act.counter ?? 0 };
  },
  "act-fields"(given) {
    const row = parseRow(raw(given, "row"));
    if ("key" in given) checkAct(row, bytes(given, "key"));
    return row.act.fields;
  },
  "sign-act"(given) {
    const hash = (name: string) => (name in given ? bytes(given, name) : undefined);
    return { ...signAct(bytes(given, "seed"), bytes(given, "member"), count(given, "counter"), {
      act: text(given, "act"), subject: bytes(given, "subject"), before: hash("before"),
      after: "after_text" in given ? H(raw(given, "after")) : hash("after"), more: given["more"] as JsonObject | undefined,
    }) };
  },
  find: (given) => find(splitBatch(batch(given["batch"] as Made), "arrivals"), bytes(given, "searched")),
  day(given) {
    const found = day(given);
    return { start: found.before.size, before: b64(found.before.root()) };
  },
  state,
  broken(given) {
    const fields = given["fields"] as JsonObject;
    const proof = write({ v: 1, kind: "broken promise", ...fields, batch: b64(batch(given["batch"] as Made)) });
    const keys = [bytes(given, "promise_key"), bytes(given, "checkpoint_key")] as const;
    return checkBroken(proof, text(given, "origin"), ...keys).day;
  },
  filing(given) {
    const promise = parsePromise(raw(given, "document"));
    const inclusion = "served" in given ? included(day(given["served"] as Given), promise.leaf) : undefined;
    const proof = filingProof(bytes(given, "manifest"), bytes(given, "envelope"), promise, inclusion);
    return { proof: b64(H(proof)), index: inclusion?.index ?? 0, path: (inclusion?.hashes ?? []).map(b64) };
  },
  growth(given) {
    const [seen, now] = ["seen_text", "now_text"].map((name) => parseCheckpoint(text(given, name)));
    if (seen === undefined || now === undefined) throw new Error("a case of growth has two checkpoints");
    checkGrowth(seen, now, many(given, "path"));
    return true;
  },
};

function outcome(run: Case): unknown {
  const operation = OPERATIONS[run.do];
  if (operation === undefined) throw new Error(`no operation ${run.do}`);
  try {
    return operation(run.input);
  } catch (error) {
    if (error instanceof SealError) return { error: error.code };
    throw error;
  }
}

for (const file of ["ledger-trees", "ledger-notes", "ledger", "ledger-days", "ledger-acts"]) {
  const source = readFileSync(new URL(`../../vectors/${file}.json`, import.meta.url), "utf8");
  const { cases } = JSON.parse(source) as { cases: Case[] };
  it.each(cases)(`${file}: $name`, (run) => {
    expect(outcome(run)).toEqual(run.expect);
  });
}
