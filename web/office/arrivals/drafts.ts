/** Drafts of one unlocked member. They live beside their worker and are gone with it: nothing is ever stored. */

import { language } from "../../elements/words.js";
import type { OfficeWorker } from "../worker.js";
import type { Draft } from "./state.js";

const kept = new WeakMap<OfficeWorker, Map<string, Draft>>();

/** The drafts of this session of keys, by thread. */
export function draftsOf(worker: OfficeWorker): Map<string, Draft> {
  const found = kept.get(worker) ?? new Map<string, Draft>();
  kept.set(worker, found);
  return found;
}

const onTheirWay = new WeakMap<OfficeWorker, Set<string>>();

/** The reports to which something is being sent: pressed once more, it would go twice. */
export function sendingOf(worker: OfficeWorker): Set<string> {
  const found = onTheirWay.get(worker) ?? new Set<string>();
  onTheirWay.set(worker, found);
  return found;
}

/** Words of an act that was refused, whose dialog is gone. */
export interface Unkept {
  readonly thread: string;
  readonly words: string;
}

/** All of them, until somebody puts them away: also while another report or another page is looked at. */
class AllUnkept {
  all: readonly Unkept[] = [];

  add(one: Unkept): readonly Unkept[] {
    this.all = [...this.all, one];
    return this.all;
  }

  putAway(thread: string): readonly Unkept[] {
    this.all = this.all.filter((one) => one.thread !== thread);
    return this.all;
  }
}

const unkept = new WeakMap<OfficeWorker, AllUnkept>();

/** What could not be kept in this session of keys. */
export function unkeptOf(worker: OfficeWorker): AllUnkept {
  const found = unkept.get(worker) ?? new AllUnkept();
  unkept.set(worker, found);
  return found;
}

/** An empty draft in the page's language. */
export function emptyDraft(chain: "o" | "i" = "o"): Draft {
  return { chain, text: "", language: language() };
}
