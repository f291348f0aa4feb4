/** What somebody has read of many reports, and what they take out, until they set the rest aside. It lives in the page only. */

import type { Alike, Drawn, Heap, Variant } from "./types.js";

/** Of those that nobody reads for their group's sake, so many are drawn by chance: one in fifty, and ten at least. */
const ONE_IN = 50;
const LEAST = 10;

/** Variants of one place that stand there at once, those with most letters first; the others are folded away. */
export const VARIANTS = 40;
/** The part of a card that is never folded; the others are the numbers of the places whose variants are. */
export const CARD = -1;

/** What would be set aside now. */
export interface Chosen {
  readonly threads: readonly string[];
  readonly read: readonly string[];
  /** Kinds that are not left out whole, and how many of them were read. */
  readonly kinds: number;
  readonly kindsRead: number;
  /** Drawn ones among those that would be set aside, and how many of them were read. */
  readonly drawn: number;
  readonly drawnRead: number;
}

export class Sorting {
  /** Reports that stay, whatever their group. */
  readonly left = new Set<string>();
  /** Reports by themselves that go with the others. */
  readonly too = new Set<string>();
  /** Reports whose every word was on the screen. */
  readonly seen = new Set<string>();
  /** Parts of cards that were on the screen to their end, by the report that the card shows. */
  readonly #parts = new Map<string, Set<number>>();
  heap: Heap = { alone: [], groups: [] };
  #drawn: readonly Drawn[] = [];
  /** What they were drawn from. */
  #from = "";

  /**
   * Takes what there is now; what was read and taken out of it before stays so. A kind that somebody has come to is read
   * anew: what they say otherwise was on nobody's screen.
   */
  take(heap: Heap): void {
    const before = new Map(this.heap.groups.map((group) => [group.first, new Set(group.threads)]));
    for (const { first, threads } of heap.groups) {
      const known = before.get(first);
      const came = known === undefined || threads.some((thread) => !known.has(thread));
      if (came) this.seen.delete(first);
      // Fewer reports may have fewer places: what was seen of them halfway is counted anew.
      if (came || known.size !== threads.length) this.#parts.delete(first);
    }
    this.heap = heap;
  }

  /** The end of this part of the card of a report was on the screen. */
  see(thread: string, part = CARD): void {
    const parts = this.#parts.get(thread) ?? new Set();
    this.#parts.set(thread, parts.add(part));
    const group = this.heap.groups.find(({ first }) => first === thread);
    if ([CARD, ...group === undefined ? [] : foldedOf(group)].every((one) => parts.has(one))) this.seen.add(thread);
  }

  /** Whether something of a kind is folded away that was on nobody's screen. */
  isFolded(group: Alike): boolean {
    return !this.seen.has(group.first) && foldedOf(group).some((part) => this.#parts.get(group.first)?.has(part) !== true);
  }

  get drawn(): readonly Drawn[] { return this.#drawn; }

  /** Takes those that were drawn from `rest` as it is now. */
  set drawn(some: readonly Drawn[]) {
    this.#drawn = some;
    this.#from = this.lot();
  }

  private lot(): string {
    return this.rest.map(({ thread, first }) => `${thread} ${first}`).sort().join("\n");
  }

  /** Those of which some are drawn: all but the one of each group that is read anyway. */
  get rest(): readonly { readonly thread: string; readonly first: string }[] {
    return this.heap.groups.flatMap(({ first, threads }) => threads.filter((thread) => thread !== first).map((thread) => ({ thread, first })));
  }

  /** How many of them. */
  get sample(): number {
    return Math.min(this.rest.length, Math.max(LEAST, Math.ceil(this.rest.length / ONE_IN)));
  }

  /** Whether they were drawn from all that are there now: who comes later has the same chance. */
  get isDrawn(): boolean {
    return this.drawn.length === this.sample && this.#from === this.lot();
  }

  isLeft(group: Alike): boolean {
    return group.threads.every((thread) => this.left.has(thread));
  }

  /** Takes reports out, or back in where all of them are out. */
  leave(threads: readonly string[]): void {
    const out = threads.every((thread) => this.left.has(thread));
    for (const thread of threads) {
      if (out) this.left.delete(thread);
      else this.left.add(thread);
    }
  }

  /** Lets a report by itself go with the others, or stay. */
  goes(thread: string): void {
    if (!this.too.delete(thread)) this.too.add(thread);
  }

  chosen(): Chosen {
    const kinds = this.heap.groups.filter((group) => !this.isLeft(group));
    const read = kinds.filter(({ first }) => this.seen.has(first));
    const threads = [
      ...read.flatMap((group) => group.threads.filter((thread) => !this.left.has(thread))),
      ...this.heap.alone.map(({ thread }) => thread).filter((thread) => this.too.has(thread) && this.seen.has(thread)),
    ];
    const going = new Set(threads);
    const drawn = this.drawn.filter(({ thread }) => going.has(thread));
    return {
      threads, read: threads.filter((thread) => this.seen.has(thread)), kinds: kinds.length, kindsRead: read.length,
      drawn: drawn.length, drawnRead: drawn.filter(({ thread }) => this.seen.has(thread)).length,
    };
  }
}

/** Numbers of the places of a kind's text at which variants are folded away. */
export function foldedOf({ variants }: Alike): number[] {
  return [...byPlace(variants)].flatMap((some, nth) => some.length > VARIANTS ? [nth] : []);
}

export function* byPlace(variants: readonly Variant[]): Generator<readonly Variant[]> {
  let some: Variant[] = [];
  for (const one of variants) {
    if (some.length > 0 && (some[0]?.place !== one.place || some[0].instead !== one.instead)) {
      yield some;
      some = [];
    }
    some.push(one);
  }
  if (some.length > 0) yield some;
}
