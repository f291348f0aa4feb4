/**
 * What one text says that another does not, word by word (E. W. Myers, An O(ND) difference algorithm and its
 * variations, 1986). It is exact: the other text with these changes made is the text, so nothing that stands in a report
 * can be missing both from the text that it is held against and from the difference.
 */

/** A text in words; white space is none of them, and every other sign is. */
export interface Words {
  readonly text: string;
  /** Each word as it is compared: one width of letters, one case. */
  readonly keys: readonly string[];
  /** Where each word begins and ends in the text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Words `from` to `to` of one text stand in the place of words `at` to `until` of the other. */
export interface Change {
  readonly at: number;
  readonly until: number;
  readonly from: number;
  readonly to: number;
}

// Scripts without spaces go sign by sign: a changed sign is a changed word there.
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[\p{L}\p{M}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])|[\p{L}\p{M}\p{N}]+|[^\s]/gu;
const SPOKEN = /[\p{L}\p{N}]/u;

export function wordsOf(text: string): Words {
  const keys: string[] = [], starts: number[] = [], ends: number[] = [];
  for (const found of text.matchAll(WORD)) {
    const [word] = found;
    keys.push(word.normalize("NFKC").toLowerCase());
    starts.push(found.index);
    ends.push(found.index + word.length);
  }
  return { text, keys, starts, ends };
}

/** The text between two of its words, as it was written. */
export function slice({ text, starts, ends }: Words, from: number, to: number): string {
  return from >= to ? "" : text.slice(starts[from], ends[to - 1]);
}

/** How many of the words between two places are words and no mere signs. */
export function spoken({ keys }: Words, from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at += 1) if (SPOKEN.test(keys[at] ?? "")) found += 1;
  return found;
}

/**
 * What has to be changed in `base` to come to `other`: words left out and words put in, at most `most` together.
 * Undefined where it takes more.
 */
export function difference(base: Words, other: Words, most: number): readonly Change[] | undefined {
  const a = base.keys, b = other.keys;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const n = a.length - head - tail, m = b.length - head - tail;
  if (n + m === 0) return [];
  if (Math.abs(n - m) > most) return undefined;
  const limit = Math.min(most, n + m);
  const size = 2 * limit + 1;
  const line = new Int32Array(size + 2);
  const before: Int32Array[] = [];
  for (let steps = 0; steps <= limit; steps += 1) {
    before.push(line.slice());
    for (let k = -steps; k <= steps; k += 2) {
      let x = goesDown(line, limit, k, steps) ? line[limit + k + 1] ?? 0 : (line[limit + k - 1] ?? 0) + 1;
      while (x < n && x - k < m && a[head + x] === b[head + x - k]) x += 1;
      line[limit + k] = x;
      if (x >= n && x - k >= m) return joined(backwards(before, limit, n, m, steps), head);
    }
  }
  return undefined;
}

/** Whether the way to diagonal `k` comes from above (a word put in) and not from the left (a word left out). */
function goesDown(line: Int32Array, limit: number, k: number, steps: number): boolean {
  return k === -steps || (k !== steps && (line[limit + k - 1] ?? 0) < (line[limit + k + 1] ?? 0));
}

/** The single steps, from the first to the last. */
function backwards(before: readonly Int32Array[], limit: number, n: number, m: number, last: number): Change[] {
  const found: Change[] = [];
  let x = n, y = m;
  for (let steps = last; steps > 0; steps -= 1) {
    const line = before[steps] ?? new Int32Array(0);
    const k = x - y;
    const down = goesDown(line, limit, k, steps);
    const was = down ? k + 1 : k - 1;
    const fromX = line[limit + was] ?? 0, fromY = fromX - was;
    found.push(down ? { at: fromX, until: fromX, from: fromY, to: fromY + 1 } : { at: fromX, until: fromX + 1, from: fromY, to: fromY });
    [x, y] = [fromX, fromY];
  }
  return found.reverse();
}

/** Steps side by side are one change. */
function joined(steps: readonly Change[], head: number): Change[] {
  const found: Change[] = [];
  for (const step of steps) {
    const last = found.at(-1);
    const next = { at: head + step.at, until: head + step.until, from: head + step.from, to: head + step.to };
    if (last?.until === next.at && last.to === next.from) found[found.length - 1] = { ...last, until: next.until, to: next.to };
    else found.push(next);
  }
  return found;
}
