/**
 * A page of an index as it lies in memory. A hundred thousand texts must be there in lower case to be searched; kept
 * as they were written as well they would take twice the room. So the capitals are remembered by their places, and the
 * bytes of the page go, unless it is about to be written again. What stays are bytes too, in memory that the engine
 * does not manage: strings would take twice their size, because an engine lets its heap grow to double of what lives
 * there before it looks for what does not.
 */

import { PAGE_ENTRIES, TEXT_MAX, type IndexEntry, type IndexPage } from "../../seal/indexpages.js";
import { MARK_SIZE, markText, type Word } from "./word.js";

const reading = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();
/**
 * Where the texts of a page are put one after another; half as long again, because lower case can be. One for all pages:
 * a hundred thousand small pieces of memory, each for a moment, leave holes that nobody fills.
 */
const scratch = new Uint8Array(PAGE_ENTRIES * TEXT_MAX * 1.5);

export class Leaf {
  readonly threads: readonly string[];
  private readonly frame: IndexPage;
  /** Texts in lower case, one after another; nothing of a desk's index, whose texts are never read. */
  private readonly lowers: Uint8Array;
  /** What is remembered of each text, so that few need be read for a word that they do not hold. */
  private readonly marks: Uint32Array;
  /** Where each text begins, and where the last one ends. */
  private readonly starts: Uint32Array;
  /** Characters of each title. */
  private readonly titles: Uint16Array;
  /** Places of capitals, of one text after another, and where those of each begin. */
  private readonly capitals: Uint16Array;
  private readonly capitalStarts: Uint32Array;
  /** Texts that cannot be put together from their lower case. */
  private readonly odd = new Map<number, string>();
  private whole: IndexPage | undefined;
  private asked: readonly Word[] = [];
  private found: Uint8Array | undefined;

  /** @param words - whether its texts are read at all: a desk's index has none that anybody may believe */
  constructor(page: IndexPage, words: boolean) {
    this.whole = page;
    this.threads = page.threads;
    this.frame = page.frame();
    this.titles = new Uint16Array(page.count);
    this.starts = new Uint32Array(page.count + 1);
    this.capitalStarts = new Uint32Array(page.count + 1);
    this.marks = new Uint32Array(words ? page.count * MARK_SIZE : 0);
    const capitals: number[] = [];
    let end = 0;
    for (let place = 0; words && place < page.count; place += 1) {
      const text = page.text(place), lower = text.toLowerCase();
      const start = end;
      end += encoder.encodeInto(lower, scratch.subarray(end)).written;
      markText(this.marks, place, scratch, start, end);
      this.starts[place + 1] = end;
      this.titles[place] = page.title(place).length;
      const found = capitalsOf(text, lower);
      if (found === undefined) this.odd.set(place, text);
      else for (const at of found) capitals.push(at);
      this.capitalStarts[place + 1] = capitals.length;
    }
    this.lowers = scratch.slice(0, end);
    this.capitals = Uint16Array.from(capitals);
  }

  get count(): number { return this.threads.length; }

  /** Whether its entries can be written into another page. */
  get isWhole(): boolean { return this.whole !== undefined; }

  /** Lets the bytes of the page go: what was read can be searched and shown, not written again. */
  slim(): void {
    this.whole?.release();
    this.whole = undefined;
  }

  counts(place: number): readonly [number, number, number] { return this.frame.counts(place); }
  has(place: number, flag: "ours" | "faulty" | "apart" | "test"): boolean { return this.frame.has(place, flag); }
  labels(place: number): number { return this.frame.labels(place); }
  newestNote(place: number): Uint8Array { return this.frame.newestNote(place); }

  /** Whether a text holds all of these words; the same list of them asked again costs nothing. */
  holds(place: number, words: readonly Word[]): boolean {
    if (this.found === undefined || words !== this.asked) this.found = this.search(words);
    this.asked = words;
    return this.found[place] === 1;
  }

  private search(words: readonly Word[]): Uint8Array {
    const found = new Uint8Array(this.count);
    for (let place = 0; place < found.length; place += 1) {
      const start = this.starts[place] ?? 0, end = this.starts[place + 1] ?? 0;
      let holds = end > start;
      // Of most texts that lack one of the words, this says so without reading any.
      for (const word of words) holds &&= word.mayBeIn(this.marks, place);
      for (const word of words) holds &&= word.isIn(this.lowers, start, end);
      found[place] = Number(holds);
    }
    return found;
  }

  /** As it was written. */
  text(place: number): string {
    const odd = this.odd.get(place);
    if (odd !== undefined) return odd;
    const letters = reading.decode(this.lowers.subarray(this.starts[place], this.starts[place + 1])).split("");
    const capitals = this.capitals.subarray(this.capitalStarts[place], this.capitalStarts[place + 1]);
    for (const at of capitals) letters[at] = letters[at]?.toUpperCase() ?? "";
    return letters.join("");
  }

  title(place: number): string {
    return this.text(place).slice(0, this.titles[place]);
  }

  /** The entry, to be written into another page; undefined once the bytes have gone. */
  entry(place: number): IndexEntry | undefined {
    return this.whole?.entry(place);
  }
}

/** Places of a text's capitals; undefined where its lower case has another length, or does not lead back. */
function capitalsOf(text: string, lower: string): number[] | undefined {
  if (lower.length !== text.length) return undefined;
  const found: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) === lower.charCodeAt(at)) continue;
    if (lower.charAt(at).toUpperCase() !== text.charAt(at)) return undefined;
    found.push(at);
  }
  return found;
}
