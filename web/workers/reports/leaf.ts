/**
 * A page of an index as it lies in memory. A hundred thousand texts must be there in lower case to be searched; kept
 * as they were written as well they would take twice the room. So the capitals are remembered by their places, and the
 * bytes go, except of pages that are about to be written again.
 */

import type { IndexEntry, IndexPage } from "../../seal/indexpages.js";

export class Leaf {
  readonly threads: readonly string[];
  private readonly frame: IndexPage;
  /** Texts in lower case; nothing in a desk's index, whose texts are never read. */
  private readonly lowers: string[] = [];
  /** Characters of each title. */
  private readonly titles: Uint16Array;
  /** Places of capitals, of one text after another, and where those of each begin. */
  private readonly capitals: Uint16Array;
  private readonly starts: Uint32Array;
  /** Texts that cannot be put together from their lower case. */
  private readonly odd = new Map<number, string>();
  private whole: IndexPage | undefined;

  /** @param words - whether its texts are read at all: a desk's index has none that anybody may believe */
  constructor(page: IndexPage, words: boolean) {
    this.whole = page;
    this.threads = page.threads;
    this.frame = page.frame();
    this.titles = new Uint16Array(page.count);
    this.starts = new Uint32Array(page.count + 1);
    const capitals: number[] = [];
    if (words) {
      for (let place = 0; place < page.count; place += 1) {
        this.lower(place, page, capitals);
        this.starts[place + 1] = capitals.length;
      }
    }
    this.capitals = Uint16Array.from(capitals);
  }

  get count(): number { return this.threads.length; }

  /** Whether its entries can be written into another page. */
  get isWhole(): boolean { return this.whole !== undefined; }

  /** Lets the bytes go: what was read can be searched and shown, not written again. */
  slim(): void {
    this.whole = undefined;
  }

  counts(place: number): readonly [number, number, number] { return this.frame.counts(place); }
  has(place: number, flag: "ours" | "faulty" | "apart" | "test"): boolean { return this.frame.has(place, flag); }
  labels(place: number): number { return this.frame.labels(place); }
  newestNote(place: number): Uint8Array { return this.frame.newestNote(place); }
  lowered(place: number): string { return this.lowers[place] ?? ""; }

  /** As it was written. */
  text(place: number): string {
    const odd = this.odd.get(place);
    if (odd !== undefined) return odd;
    const letters = this.lowered(place).split("");
    for (const at of this.capitals.subarray(this.starts[place], this.starts[place + 1])) letters[at] = letters[at]?.toUpperCase() ?? "";
    return letters.join("");
  }

  title(place: number): string {
    return this.text(place).slice(0, this.titles[place]);
  }

  /** The entry, to be written into another page; undefined once the bytes have gone. */
  entry(place: number): IndexEntry | undefined {
    return this.whole?.entry(place);
  }

  private lower(place: number, page: IndexPage, capitals: number[]): void {
    const text = page.text(place), lower = text.toLowerCase();
    this.lowers.push(lower);
    this.titles[place] = page.title(place).length;
    if (!remembered(text, lower, capitals)) this.odd.set(place, text);
  }
}

/** Adds the places of a text's capitals; false where its lower case has another length, or does not lead back. */
function remembered(text: string, lower: string, capitals: number[]): boolean {
  if (lower.length !== text.length) return false;
  const before = capitals.length;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) === lower.charCodeAt(at)) continue;
    if (lower.charAt(at).toUpperCase() !== text.charAt(at)) {
      capitals.length = before;
      return false;
    }
    capitals.push(at);
  }
  return true;
}
