import { describe, expect, it } from "vitest";

import type { CaseNote } from "../../seal/casenotes.js";
import type { Post } from "../../seal/thread.js";
import { workOf } from "./casenotes.js";
import type { OpenThread } from "./opening.js";

const ID = new Uint8Array(16).fill(1), OTHER = new Uint8Array(16).fill(2), BLOB = new Uint8Array(16).fill(3);
const file = { blob: BLOB, hash: new Uint8Array(32).fill(4), seed: new Uint8Array(32), size: 1, name: "lock.png", type: "image/png" };

/** A thread of which only the notes matter here. */
function open(...notes: readonly (readonly [CaseNote, string])[]): OpenThread {
  const posts = notes.map(([note, text], n) => ({ kind: "note", chain: "i", n, body: { text, language: "en", case: note }, member: { id: ID }, envelope: { header: {} } }));
  const report = { kind: "message", chain: "r", n: 0, body: {}, envelope: { header: { files: [file] } } };
  return { posts, thread: { posts: [report, ...posts] }, sealed: { doings: [], posts: [], day: "2026-05-01" } } as unknown as OpenThread & { posts: Post[] };
}

describe("daily work on a case", () => {
  it("shows of one task the newest note", () => {
    const task = { kind: "task", id: ID, who: OTHER, due: "2026-06-01", done: false } as const;
    const { tasks } = workOf(open([task, "Ask."], [{ ...task, id: OTHER }, "Look."], [{ ...task, done: true }, "Ask."]));
    expect(tasks.map(({ text, done }) => [text, done])).toEqual([["Ask.", true], ["Look.", false]]);
  });

  it("sorts the chronology by the day of what happened", () => {
    const on = (day: string, id: Uint8Array, struck = false): CaseNote => ({ kind: "event", id, day, struck });
    const { events } = workOf(open([on("2026-03-02", ID), "later"], [on("2026-02-01", OTHER), "earlier"], [on("2026-03-02", BLOB), "wrong"], [on("2026-03-02", BLOB, true), "wrong"]));
    expect(events.map(({ text }) => text)).toEqual(["earlier", "later"]);
  });

  it("reads what an authority is told as words, and of one id the newest", () => {
    const first = { kind: "submission", id: ID, law: "eu-nis2", version: 1, row: "final", title: "Final report", answers: [{ content: "cause", asked: "Why", said: "A pump." }] } as const;
    const { submissions } = workOf(open([first, ""], [{ ...first, answers: [{ content: "cause", asked: "Why", said: "A valve." }, { content: "measures", asked: "Measures", said: "Two.\nMore." }] }, ""], [{ ...first, id: OTHER }, ""]));
    expect(submissions.map(({ text, n }) => [text, n])).toEqual([["Final report\n\nWhy\nA valve.\n\nMeasures\nTwo.\nMore.", 1], ["Final report\n\nWhy\nA pump.", 2]]);
  });

  it("names a piece of evidence by the proven envelope that brought the file", () => {
    const { evidence } = workOf(open([{ kind: "evidence", id: ID, file: { blob: BLOB, hash: file.hash }, struck: false }, "The lock."], [{ kind: "evidence", id: OTHER, file: undefined, struck: false }, "A key, in the safe."]));
    expect(evidence.map(({ name, text }) => [name, text])).toEqual([["lock.png", "The lock."], ["", "A key, in the safe."]]);
  });
});
