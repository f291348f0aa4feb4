/** How long it will take: what the last minute says, since a line that was quick in the morning need not be now. */

const WINDOW = 60_000;
const LEAST = 3_000;

export class Pace {
  #points: readonly { readonly at: number; readonly sent: number }[] = [];

  /** Notes how many bytes are through at `now`, in milliseconds of any clock. */
  note(now: number, sent: number): void {
    this.#points = [...this.#points.filter((point) => now - point.at <= WINDOW), { at: now, sent }];
  }

  /** Seconds until `size` bytes are through; null while nobody can tell. */
  left(size: number): number | null {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < LEAST || last.sent <= first.sent) return null;
    return ((size - last.sent) * (last.at - first.at)) / (last.sent - first.sent) / 1000;
  }
}
