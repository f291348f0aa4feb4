/**
 * Puts reports of near-equal text together, so that three thousand of one kind can be judged by reading a few of them.
 * It looks at texts and at nothing else: nobody is scored, no name is counted, and nothing of it is kept. Two texts are
 * alike when a few words turn the one into the other and no whole sentence is among these words; which those words are is
 * known of each text, so that a group shows everything that stands in any of it. What may be alike is found by shingles
 * of characters, which need no spaces between words (A. Broder, On the resemblance and containment of documents, 1997).
 */

import type { Alike, Alone, Beside, Variant } from "../../office/many/types.js";
import { difference, slice, spoken, wordsOf, type Change, type Words } from "./difference.js";

/** A report as grouping sees it. */
export interface Told {
  readonly thread: string;
  /** All that it has beside its words: reports in which anything of it differs are never alike. Undefined: never alike to any. */
  readonly frame: string | undefined;
  readonly text: string;
}

/** What grouping comes to. */
export interface Grouped {
  readonly alone: readonly Omit<Alone, keyof Beside | "more">[];
  readonly groups: readonly Omit<Alike, keyof Beside>[];
}

/** Code points of a shingle. */
const SHINGLE = 4;
const BANDS = 24;
const ROWS = 4;
/** So many of a kind lead others to it: a text that shares few shingles with the one that is shown shares more with some. */
const LEADING = 12;
/** Texts that a text is held against word by word: where all share their words and none is like another, there is an end to it. */
const MOST_TRIED = 12;
/** Words that may be left out or put in: half as many as the shorter text has (a quarter of it said otherwise), and never more than so many. */
const PART = 0.5;
const MOST_CHANGED = 80;
const LEAST_CHANGED = 2;
/** A report of its own is held against the group that it is most like as long as no more words than these are others. */
const MOST_BESIDES = 600;
/** So many words in a row that the other text does not have are a sentence: such a report stands by itself. */
export const SENTENCE = 8;
/** So many words between two changes may be the same in any two texts. */
const BY_CHANCE = 2;
/** A sentence that only some leave away is said by so many at least. */
const SEVERAL = 3;
/** Longer texts are no matter of a glance: each is read by itself. */
export const LONGEST = 20_000;
/** Milliseconds of work before others in this worker have their turn. */
const SPELL = 24;

interface Text extends Told {
  readonly words: Words;
  readonly key: string;
  readonly bands: readonly string[];
}

type Lone = Grouped["alone"][number];

interface Kind {
  readonly first: Text;
  readonly members: { readonly text: Text; readonly changes: readonly Change[] }[];
}

/**
 * Groups them. The same reports give the same groups, in whatever order they come.
 *
 * @param turn - called now and then; the work goes on when what it gives is done
 */
export async function grouped(reports: readonly Told[], turn: (done: number) => Promise<void> = () => Promise.resolve()): Promise<Grouped> {
  const pause = spells(turn, reports.length * 2);
  const texts: Text[] = [];
  const alone: Told[] = [];
  for (const report of reports) {
    if (report.frame === undefined || report.text.trim() === "" || report.text.length > LONGEST) alone.push(report);
    else texts.push(textOf(report, report.frame));
    await pause();
  }
  const kinds: Kind[] = [];
  const near = new Map<string, Set<Kind>>();
  for (const same of equal(texts)) {
    const [text] = same;
    if (text === undefined) continue;
    const found = fitting(text, near);
    const kind = found?.kind ?? { first: text, members: [] };
    kind.members.push(...same.map((one) => ({ text: one, changes: found?.changes ?? [] })));
    if (found === undefined) kinds.push(kind);
    if (kind.members.length <= LEADING) lead(text, kind, near);
    await pause(same.length);
  }
  await gather(kinds, near, pause);
  const groups = kinds.filter(({ members }) => members.length > 1);
  const single = kinds.filter(({ members }) => members.length === 1).map(({ first }) => first);
  return {
    alone: [...alone.map((one): Lone => ({ thread: one.thread, text: one.text, like: null })), ...single.map((one) => besides(one, near, groups))]
      .sort((a, b) => Number(a.like !== null) - Number(b.like !== null) || order(a.text, b.text) || order(a.thread, b.thread)),
    // The smallest first: where two or three tell the same, they may have seen the same.
    groups: groups.map(shown).sort((a, b) => a.threads.length - b.threads.length || order(a.text, b.text) || order(a.first, b.first)),
  };
}

function textOf(report: Told, frame: string): Text {
  const words = wordsOf(report.text);
  const key = JSON.stringify([frame, words.keys]);
  return { ...report, words, key, bands: bandsOf(words.keys.join(""), frame) };
}

/** Texts of the same words together, what was said most often first. */
function equal(texts: readonly Text[]): (readonly Text[])[] {
  const found = new Map<string, Text[]>();
  for (const text of [...texts].sort((a, b) => order(a.thread, b.thread))) found.set(text.key, [...found.get(text.key) ?? [], text]);
  return [...found.values()].sort((a, b) => b.length - a.length || order(a[0]?.key ?? "", b[0]?.key ?? ""));
}

/** Lets texts that are like this one find its kind. */
function lead(text: Text, kind: Kind, near: Map<string, Set<Kind>>): void {
  for (const band of text.bands) {
    const kinds = near.get(band) ?? new Set();
    near.set(band, kinds.add(kind));
  }
}

/** The first kind that this text is of. */
function fitting(text: Text, near: ReadonlyMap<string, ReadonlySet<Kind>>): { readonly kind: Kind; readonly changes: readonly Change[] } | undefined {
  for (const kind of candidates(text, near)) {
    const changes = difference(kind.first.words, text.words, mayChange(kind.first, text));
    if (changes !== undefined && !hasSentence(changes, text.words) && !lacksSentence(changes, kind.first.words)) return { kind, changes };
  }
  return undefined;
}

/** Kinds that share a band with a text, and all that it has beside its words. Those that share most come first. */
function candidates(text: Text, near: ReadonlyMap<string, ReadonlySet<Kind>>): Kind[] {
  const shared = new Map<Kind, number>();
  for (const band of text.bands) for (const kind of near.get(band) ?? []) shared.set(kind, (shared.get(kind) ?? 0) + 1);
  return [...shared].filter(([kind]) => kind.first.frame === text.frame)
    .sort(([a, n], [b, m]) => m - n || order(a.first.key, b.first.key)).slice(0, MOST_TRIED).map(([kind]) => kind);
}

function mayChange(one: Text, other: Text): number {
  const shorter = Math.min(one.words.keys.length, other.words.keys.length);
  // Of two words both may not be others.
  return Math.min(MOST_CHANGED, Math.max(Math.min(LEAST_CHANGED, shorter - 1), Math.floor(shorter * PART)));
}

/** Whether a text says a sentence that the other does not. */
function hasSentence(changes: readonly Change[], text: Words): boolean {
  return longest(changes.map(({ from, to }) => [from, to]), text) >= SENTENCE;
}

function lacksSentence(changes: readonly Change[], base: Words): boolean {
  return longest(changes.map(({ at, until }) => [at, until]), base) >= SENTENCE;
}

/** Words of the longest stretch that the other text does not have; a sign or two that both have by chance do not end it. */
function longest(places: readonly (readonly [number, number])[], words: Words): number {
  let most = 0, run = 0, before = -Infinity;
  for (const [from, to] of places) {
    run = (from - before <= BY_CHANCE ? run : 0) + spoken(words, from, to);
    before = to;
    most = Math.max(most, run);
  }
  return most;
}

/**
 * Brings those that lack a sentence to those that have it, never the other way round: whatever is shown then is said by
 * several, and a report that has one sentence more than junk does not become the text of that junk.
 */
async function gather(kinds: readonly Kind[], near: ReadonlyMap<string, ReadonlySet<Kind>>, pause: (some?: number) => Promise<void>): Promise<void> {
  for (const kind of [...kinds].sort((a, b) => a.members.length - b.members.length || order(a.first.key, b.first.key))) {
    for (const target of candidates(kind.first, near)) {
      if (target.members.length < SEVERAL || target.members.length <= kind.members.length) continue;
      const moved = kind.members.map(({ text }) => ({ text, changes: difference(target.first.words, text.words, mayChange(target.first, text)) }));
      await pause(0);
      const fits = moved.flatMap(({ text, changes }) => (changes === undefined || hasSentence(changes, text.words) ? [] : [{ text, changes }]));
      if (fits.length < moved.length) continue;
      target.members.push(...fits);
      kind.members.length = 0;
      break;
    }
  }
}

/** A report by itself; where it is a group's text with something else in it, what that is. */
function besides(text: Text, near: ReadonlyMap<string, ReadonlySet<Kind>>, groups: readonly Kind[]): Lone {
  for (const kind of candidates(text, near)) {
    const changes = groups.includes(kind) ? difference(kind.first.words, text.words, MOST_BESIDES) : undefined;
    const inserted = changes?.reduce((sum, { from, to }) => sum + to - from, 0) ?? Infinity;
    if (changes === undefined || inserted * 2 > text.words.keys.length) continue;
    return { thread: text.thread, text: text.text, like: { first: kind.first.thread, others: kind.members.length, marks: marksOf(text.words, changes) } };
  }
  return { thread: text.thread, text: text.text, like: null };
}

/** Places of what a text has and another has not. */
export function differing(base: string, text: string): readonly (readonly [number, number])[] {
  const words = wordsOf(text);
  return marksOf(words, difference(wordsOf(base), words, MOST_BESIDES) ?? [{ at: 0, until: 0, from: 0, to: words.keys.length }]);
}

function marksOf({ starts, ends }: Words, changes: readonly Change[]): [number, number][] {
  return changes.filter(({ from, to }) => to > from).map(({ from, to }) => [starts[from] ?? 0, ends[to - 1] ?? 0]);
}

function shown({ first, members }: Kind): Grouped["groups"][number] {
  const found = new Map<string, Variant & { readonly threads: string[] }>();
  for (const { text, changes } of members) {
    for (const { at, until, from, to } of changes) {
      const instead = slice(first.words, at, until), says = slice(text.words, from, to);
      const key = JSON.stringify([at, until, text.words.keys.slice(from, to)]);
      const one = found.get(key) ?? { instead, says, threads: [], place: at };
      one.threads.push(text.thread);
      found.set(key, one);
    }
  }
  const variants = [...found.values()].sort((a, b) => a.place - b.place || order(a.instead, b.instead) || letters(b.says) - letters(a.says) || b.says.length - a.says.length || order(a.says, b.says));
  return {
    first: first.thread, text: first.text, threads: members.map(({ text }) => text.thread).sort(order),
    variants,
  };
}

/** Letters come before numbers where there are many variants of one place: they can say more. */
function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Lets others have their turn after each spell of work. */
function spells(turn: (done: number) => Promise<void>, all: number): (some?: number) => Promise<void> {
  let since = performance.now(), done = 0;
  return async (some = 1) => {
    done += some;
    if (performance.now() - since < SPELL) return;
    await turn(Math.min(1, done / all));
    since = performance.now();
  };
}

const FACTORS = Uint32Array.from({ length: BANDS * ROWS }, (_, at) => mixed(at * 2 + 1) | 1);
const ADDENDS = Uint32Array.from({ length: BANDS * ROWS }, (_, at) => mixed(at * 2 + 2));

/** Texts of which half the shingles are the same share a band in four of five cases, of six in ten in 96 of 100. */
function bandsOf(text: string, frame: string): string[] {
  const least = new Uint32Array(BANDS * ROWS).fill(0xffff_ffff);
  for (const shingle of shingles(text)) {
    for (let at = 0; at < least.length; at += 1) {
      const hash = (Math.imul(shingle, FACTORS[at] ?? 1) + (ADDENDS[at] ?? 0)) >>> 0;
      if (hash < (least[at] ?? 0)) least[at] = hash;
    }
  }
  const beside = hashOf(frame);
  return Array.from({ length: BANDS }, (_, band) => `${band}.${beside}.${least.subarray(band * ROWS, (band + 1) * ROWS).join(".")}`);
}

function shingles(text: string): Set<number> {
  const points = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const found = new Set<number>();
  const last = Math.max(1, points.length - SHINGLE + 1);
  for (let at = 0; at < last; at += 1) {
    let hash = 0;
    for (let step = 0; step < SHINGLE; step += 1) hash = mixed(hash ^ (points[at + step] ?? 0));
    found.add(hash);
  }
  return found;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = mixed(hash ^ text.charCodeAt(at));
  return hash >>> 0;
}

/** Every bit of a number comes to count in every other (M. O'Neill's and C. Wellons's search for such steps). */
function mixed(value: number): number {
  let one = (value + 0x9e37_79b9) | 0;
  one = Math.imul(one ^ (one >>> 16), 0x21f0_aaad);
  one = Math.imul(one ^ (one >>> 15), 0x735a_2d97);
  return (one ^ (one >>> 15)) | 0;
}
