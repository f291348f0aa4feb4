/** Turns and pauses. */

/** So many at once, the others one after another. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(readonly size: number) {
    this.#free = size;
  }

  async hold<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free === 0) await new Promise<void>((free) => { this.#waiting.push(free); });
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/**
 * Waits about so many seconds, or until the browser says that it has a connection again. Not exactly as long: those who
 * were turned away together should not come back together.
 */
export function waiting(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const spread = (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255;
    const end = setTimeout(go, seconds * 1000 * (1 + spread / 4));
    function stop(): void {
      clear();
      failed(signal.reason as Error);
    }
    function go(): void {
      clear();
      done();
    }
    function clear(): void {
      clearTimeout(end);
      removeEventListener("online", go);
      signal.removeEventListener("abort", stop);
    }
    addEventListener("online", go);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}
