/** Many reports that two people delete: opened and proven in this browser one by one, and signed together. */
import { Refusal } from "../api.js";
import { Desk } from "../arrivals/desk.js";
import { title } from "../arrivals/list.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { t } from "../../elements/words.js";

/** What this browser found of one report. */
export interface Proven {
  readonly thread: string;
  /** Its first words, where they could be opened. */
  readonly title: string;
  /** Entries in the record; none where it could not be proven. */
  readonly entries: number;
  /** This member has not had all of it on the screen. */
  readonly unread: boolean;
  /** Why it is left out; empty where it need not be. */
  readonly why: string;
}

/** What became of each: what was refused with the sentence why. */
export interface Outcome {
  readonly done: readonly string[];
  readonly refused: ReadonlyMap<string, string>;
}

/** Opens and proves each; one that fails stands there with why, and leaves the others. */
export async function prove(
  bench: Workbench, threads: readonly string[], progress: (done: number) => void, gone: () => boolean,
): Promise<Proven[]> {
  const found: Proven[] = [];
  for (const thread of threads) {
    if (gone()) break;
    found.push(await one(bench, thread));
    bench.awake();
    progress(found.length);
  }
  return found;
}

async function one(bench: Workbench, thread: string): Promise<Proven> {
  const left = (why: string): Proven => ({ thread, title: "", entries: 0, unread: false, why });
  try {
    const opened = await Desk.of(bench).open(thread);
    switch (opened.state) {
      case "gone": return left(t("It is not here any more."));
      case "undeclared": return left(t("Say first whether you know somebody in it."));
      case "apart": return left(t("It names somebody of your name who should not read it."));
      case "open": {
        const { entries, unread } = await bench.worker.ask("prove-entries", { thread });
        const arrival = await bench.worker.ask("arrival", { thread });
        return { thread, title: arrival === undefined ? "" : title(arrival), entries, unread, why: "" };
      }
    }
  } catch (error) {
    return left(said(error));
  }
}

/**
 * Does something for all of them at once; where that is refused, for each half by itself, so that what is refused for one
 * is not refused for the others.
 */
export async function inParts(threads: readonly string[], act: (some: readonly string[]) => Promise<unknown>): Promise<Outcome> {
  try {
    await act(threads);
    return { done: threads, refused: new Map() };
  } catch (error) {
    // No answer says nothing of any of them: the page is loaded anew, and shows what was done.
    if (error instanceof Refusal && (error.status === 0 || error.status >= 500)) throw error;
    const [only] = threads;
    if (only === undefined || threads.length === 1) return { done: [], refused: only === undefined ? new Map() : new Map([[only, said(error)]]) };
    const half = Math.ceil(threads.length / 2);
    const first = await inParts(threads.slice(0, half), act);
    const second = await inParts(threads.slice(half), act);
    return { done: [...first.done, ...second.done], refused: new Map([...first.refused, ...second.refused]) };
  }
}

function said(error: unknown): string {
  if (error instanceof Refusal || error instanceof WorkerRefusal) return sentenceOf(error);
  throw error;
}
