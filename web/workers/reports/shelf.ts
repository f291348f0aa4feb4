/**
 * One index in memory: the pages and deltas that were read, what this browser has learnt since, and what of it is to
 * be written next (docs/formats.md §13). Nothing here is proven; who opens a report learns better, and says so here.
 */

import { DELTA_ENTRIES, IndexPage, PAGE_ENTRIES, writeDelta, writePage, type IndexEntry } from "../../seal/indexpages.js";
import { INDEX_FOLD } from "../../seal/limits.gen.js";
import { b64, random } from "../../seal/primitives.js";
import { Leaf } from "./leaf.js";

/** Later than any page: an entry of a delta, and later still one that no server has yet. */
const FROM_DELTA = 1e12;
const FRESH = 2e12;
/** A member's deltas have at least this size, so that it tells nothing of the report's length. */
const LEAST = { member: 4096, desk: 512 } as const;
/** Pages that have lost half of their entries to newer ones are written again; smaller ones are not worth it. */
const WORTH = 100;

export type Kind = "member" | "desk";

/** Where the newest entry of a thread lies. */
export interface Known {
  readonly page: Leaf;
  readonly place: number;
  /** Posts that were there when it was written. */
  readonly sum: number;
  readonly rank: number;
}

interface HeldPage {
  readonly version: number;
  /** Undefined where it did not open under a key that should have opened it. */
  readonly page: Leaf | undefined;
  /** Sealed under a key that this member does not hold: left as it is. */
  readonly foreign: boolean;
}

interface HeldDelta {
  /** Undefined until the server has it. */
  change: number | undefined;
  readonly page: Leaf | undefined;
}

/** Deltas to be sealed and sent. */
export interface Unsaved {
  readonly id: Uint8Array;
  readonly threads: readonly string[];
  readonly plain: Uint8Array;
}

/** A page to be sealed and sent in the place of the one before. */
export interface Fold {
  readonly place: number;
  readonly before: number;
  readonly threads: readonly string[];
  /** Ids of the deltas that are in it whole. */
  readonly folds: readonly string[];
  readonly plain: Uint8Array;
}

export class Shelf {
  readonly known = new Map<string, Known>();
  /** The server's newest change whose deltas were read. */
  change = 0;
  private readonly pages = new Map<number, HeldPage>();
  private readonly deltas = new Map<string, HeldDelta>();
  private readonly fresh = new Set<string>();
  private learnt = 0;

  constructor(readonly owner: Uint8Array, readonly kind: Kind) {}

  /** The version of a page that was read, 0 for none. */
  version(place: number): number {
    return this.pages.get(place)?.version ?? 0;
  }

  /** @param again - read once more to be written anew, so that its bytes are needed */
  takePage(place: number, version: number, page: IndexPage | undefined, foreign = false, again = false): void {
    if (this.version(place) > version) return;
    const leaf = page && this.leaf(page);
    this.pages.set(place, { version, page: leaf, foreign });
    if (leaf !== undefined) this.take(leaf, version);
    if (!again) this.slim();
  }

  /** Pages that the server does not have any more are not written over. */
  retain(places: ReadonlySet<number>): void {
    for (const place of this.pages.keys()) if (!places.has(place)) this.pages.delete(place);
  }

  takeDelta(id: string, change: number, page: IndexPage | undefined): void {
    this.change = Math.max(this.change, change);
    const mine = this.deltas.get(id);
    if (mine !== undefined) {
      mine.change = change;
      return;
    }
    const leaf = page && this.leaf(page);
    this.deltas.set(id, { change, page: leaf });
    if (leaf !== undefined) this.take(leaf, FROM_DELTA + change);
  }

  /** Keep what opening a report has shown; it is written with the next deltas. */
  learn(entry: IndexEntry): void {
    const page = this.leaf(IndexPage.readDelta(writeDelta([entry], LEAST[this.kind])));
    this.learnt += 1;
    this.take(page, FRESH + this.learnt);
    const thread = page.threads[0];
    if (thread !== undefined && this.known.get(thread)?.page === page) this.fresh.add(thread);
  }

  /** Nothing of these threads is known or written any more. */
  drop(threads: Iterable<string>): void {
    for (const thread of threads) {
      this.known.delete(thread);
      this.fresh.delete(thread);
    }
  }

  get unsaved(): number { return this.fresh.size; }

  /** What was learnt and not written yet, as one delta; undefined where there is nothing. */
  nextDelta(most: number): Unsaved | undefined {
    const threads = [...this.fresh].slice(0, Math.min(most, DELTA_ENTRIES));
    const entries = this.entries(threads);
    for (const thread of threads) this.fresh.delete(thread);
    if (entries.length === 0) return undefined;
    const plain = writeDelta(entries, LEAST[this.kind]);
    const page = this.leaf(IndexPage.readDelta(plain));
    const id = random(16);
    this.deltas.set(b64(id), { change: undefined, page });
    this.take(page, FRESH + this.learnt);
    return { id, threads: page.threads, plain };
  }

  /** The server has a delta, or (`change` undefined) has refused it: what is in it waits to be written again. */
  saved(id: string, change: number | undefined): void {
    const delta = this.deltas.get(id);
    if (delta === undefined) return;
    if (change !== undefined) {
      delta.change = change;
      return;
    }
    this.deltas.delete(id);
    for (const thread of this.living(delta.page)) this.fresh.add(thread);
  }

  /** Whether enough waits to be written into a page, or a page is broken. */
  get wantsFolding(): boolean {
    let waiting = 0;
    for (const { page, change } of this.deltas.values()) {
      if (page === undefined) return true;
      if (change !== undefined) waiting += page.count;
    }
    return waiting > INDEX_FOLD || [...this.pages.values()].some((one) => one.page === undefined && !one.foreign);
  }

  /**
   * The next page to write: a broken one, one of which half is superseded, the last one if it has room, or a new one.
   * A number where that page must be read again first, because its bytes are gone.
   */
  fold(): Fold | number {
    const [place, before] = this.target();
    if (before?.page?.isWhole === false) return place;
    const threads = [...this.living(before?.page)];
    const folds: string[] = [];
    for (const [id, { page, change }] of [...this.deltas].sort(([, a], [, b]) => (a.change ?? 0) - (b.change ?? 0))) {
      const living = [...this.living(page)];
      if (change === undefined && page !== undefined) continue;
      if (threads.length + living.length > PAGE_ENTRIES) break;
      threads.push(...living);
      folds.push(id);
    }
    const plain = writePage(this.entries(threads));
    return { place, before: before?.version ?? 0, threads, folds, plain };
  }

  /** The server has taken a page. */
  folded({ place, before, folds, plain }: Fold): void {
    const page = this.leaf(IndexPage.readPage(plain));
    this.pages.set(place, { version: before + 1, page, foreign: false });
    // The same entries at another place; what was learnt meanwhile stays ahead of them.
    for (const [at, thread] of page.threads.entries()) {
      const known = this.known.get(thread);
      if (known?.sum !== sumOf(page, at) || this.fresh.has(thread)) continue;
      this.known.set(thread, { ...known, page, place: at, rank: before + 1 });
    }
    for (const id of folds) this.deltas.delete(id);
    this.slim();
  }

  private leaf(page: IndexPage): Leaf {
    return new Leaf(page, this.kind === "member");
  }

  private entries(threads: Iterable<string>): IndexEntry[] {
    return [...threads].flatMap((thread) => {
      const known = this.known.get(thread);
      const entry = known?.page.entry(known.place);
      return entry === undefined ? [] : [entry];
    });
  }

  /** Only the last page is likely to be written again. */
  private slim(): void {
    const last = Math.max(...this.pages.keys());
    for (const [place, { page }] of this.pages) if (place !== last) page?.slim();
  }

  private target(): readonly [number, HeldPage | undefined] {
    const own = [...this.pages].filter(([, { foreign }]) => !foreign);
    const broken = own.find(([, { page }]) => page === undefined);
    const half = own.find(([, { page }]) => page !== undefined && page.count >= WORTH && this.size(page) < page.count / 2);
    const last = own.sort(([a], [b]) => b - a)[0];
    // For any delta, or a page with three free places would be written again and again.
    const room = last !== undefined && this.size(last[1].page) <= PAGE_ENTRIES - DELTA_ENTRIES ? last : undefined;
    return broken ?? half ?? room ?? [Math.max(-1, ...this.pages.keys()) + 1, undefined];
  }

  private size(page: Leaf | undefined): number {
    return [...this.living(page)].length;
  }

  /** Threads of which this page holds the newest that is known. */
  private * living(page: Leaf | undefined): Generator<string> {
    for (const thread of page?.threads ?? []) if (this.known.get(thread)?.page === page) yield thread;
  }

  private take(page: Leaf, rank: number): void {
    for (const [place, thread] of page.threads.entries()) {
      const sum = sumOf(page, place);
      const before = this.known.get(thread);
      if (before !== undefined && (before.sum > sum || (before.sum === sum && before.rank > rank))) continue;
      this.known.set(thread, { page, place, sum, rank });
    }
  }
}

function sumOf(page: Leaf, place: number): number {
  const [r, o, i] = page.counts(place);
  return r + o + i;
}
