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

/** An empty draft in the page's language. */
export function emptyDraft(chain: "o" | "i" = "o"): Draft {
  return { chain, text: "", language: language() };
}
