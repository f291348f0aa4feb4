/** Many reports at once: opened, put together by their texts, drawn by chance, set aside. What is opened here ends with the worker. */

import type { Draw, Drawn, Heap, Waiting } from "../office/many/types.js";
import type { AsideReason } from "../office/cases/words.js";
import { SealError } from "../seal/errors.js";
import { readParcel } from "../seal/parcel.js";
import { unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { indexReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { differing, grouped } from "./reports/likeness.js";
import { changed, rows } from "./reports/store.js";
import { toldOf } from "./reports/told.js";
import { turn } from "./reports/turn.js";
import { drawn } from "./reports/sample.js";
import type { Row } from "./reports/list.js";

/** So many at once; the next ones when these are done. */
const MOST = 5000;

declare module "./protocol.js" {
  interface Acts {
    /** Reports of a desk that nobody has done anything with: which this member has not declared on, and which are not open here. */
    "many-waiting": Act<{ readonly desk: string }, Waiting>;
    /** Open several reports that came in one parcel. The answer names those that it held, whatever became of them. */
    "index-reports": Act<{ readonly parcel: Uint8Array; readonly language: string; readonly names: readonly string[] }, readonly string[]>;
    /** Put the open ones of a desk together. */
    "many-grouped": Act<{ readonly desk: string }, Heap>;
    /** Draw so many of these reports by chance, each with what differs from the text of its group. */
    "many-drawn": Act<Draw, readonly Drawn[]>;
    /** This member has declared on them, read them, or somebody has set them aside: the list shows it. */
    "many-moved": Act<{ readonly threads: readonly string[]; readonly to: "declared" | "read" | "aside" }, null>;
    /** Sets reports of one desk aside, all with one reason; of those in `read` a person has read every word. */
    "sign-aside": Act<{
      readonly desk: string; readonly threads: readonly string[]; readonly read: readonly string[]; readonly reason: AsideReason; readonly counter: number;
    }, SignedAct>;
  }
}

register("many-waiting", ({ desk }) => {
  const all = waiting(desk);
  const now = all.slice(0, MOST);
  const undeclared = now.filter(({ declared }) => !declared).map(({ thread }) => thread);
  const closed = now.filter((row) => row.declared && !isOpen(row)).map(({ thread }) => thread);
  return { undeclared, closed, open: now.length - undeclared.length - closed.length, later: all.length - now.length };
});

register("index-reports", async ({ parcel, language, names }) => {
  const held: string[] = [];
  for (const { bytes } of readParcel(parcel).files) {
    try {
      held.push(await indexReport({ parcel: bytes, language, names }));
    } catch (error) {
      // One that cannot be read must not keep the others closed; asked for by itself it says what is wrong.
      if (!(error instanceof SealError)) throw error;
    }
    await turn();
  }
  return held;
});

register("many-grouped", async ({ desk }, { progress }) => {
  const reports = waiting(desk).filter(isOpen).slice(0, MOST).flatMap(({ thread }) => toldOf(thread) ?? []);
  const { alone, groups } = await grouped(reports, async (part) => {
    progress(part);
    await turn();
  });
  const about = (thread: string): { readonly about: readonly string[]; readonly files: number } => {
    const { about: said, files } = toldOf(thread) ?? { about: [], files: 0 };
    return { about: said, files };
  };
  return {
    alone: alone.map((one) => ({ ...one, ...about(one.thread), more: toldOf(one.thread)?.more ?? true })),
    groups: groups.map((one) => ({ ...one, ...about(one.first) })),
  };
});

register("many-drawn", ({ of, n }) => drawn(of, n).map(({ thread, first }) => {
  const text = toldOf(thread)?.text ?? "";
  return { thread, first, text, marks: differing(toldOf(first)?.text ?? "", text) };
}));

register("many-moved", ({ threads, to }) => {
  const moved = threads.flatMap((thread) => rows.get(thread) ?? []);
  rows.change(moved.map((row): Row => (to === "declared" ? { ...row, declared: true } : to === "read" ? { ...row, unread: 0 } : { ...row, status: "aside" })));
  changed();
  return null;
});

register("sign-aside", ({ desk, threads, read, reason, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: "set aside", subject: unb64(desk, 16), more: { reason, threads: [...threads].sort(), read: [...read].sort() },
  });
});

/** With the desk, and nothing done with it: no answer, no note, no triage that came to nothing. */
function waiting(desk: string): readonly Row[] {
  return rows.sorted().filter((row) => row.desk === desk && row.status === "arrived" && !row.alarm && !row.answered);
}

/** Opened here since the keys were unlocked, and nothing has come since. */
function isOpen({ thread, declared, sum }: Row): boolean {
  const told = toldOf(thread);
  return declared && told?.posts === sum;
}
