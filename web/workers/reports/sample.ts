/** Draws by chance, so that nobody, neither who sends junk nor who reads it, can know which of a group will be read. */

/** `n` of these, each as likely as any other; all of them where there are no more. */
export function drawn<One>(all: readonly One[], n: number): One[] {
  const left = [...all];
  const most = Math.min(n, left.length);
  for (let at = 0; at < most; at += 1) {
    const other = at + below(left.length - at);
    const [one, two] = [left[at], left[other]];
    if (one !== undefined && two !== undefined) [left[at], left[other]] = [two, one];
  }
  return left.slice(0, most);
}

const RANGE = 0x1_0000_0000;

/** A number from 0 up to, and not with, `bound`; every one as likely: what lies over the last whole multiple is drawn anew. */
function below(bound: number): number {
  const limit = RANGE - (RANGE % bound);
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (value < limit) return value % bound;
  }
}
