/**
 * The arithmetic that the office's door asks for before it takes something new (formats.md §12). It runs in a worker
 * while somebody writes; where there is no worker, or it does not answer, it goes on in the page, a little at a time.
 */
import { parse, type Json } from "../seal/jsontext";
import { b64 } from "../seal/primitives";
import { readChallenge, solve, withWork, workSalt, type Challenge, type Purpose, type Work } from "../seal/work";
import type { Found, Task } from "../workers/work";
import type { First } from "./handover";
import { addressOf, get, post, Refused, Unreachable, type Manner } from "./wire";

/** Milliseconds for which the page may be held. */
const SLICE = 12;
/** Milliseconds without an answer after which the page works as well: a device may end a worker and tell nobody. */
const SILENT = 10_000;
/** Milliseconds after which somebody who waits is told for what. */
const SOON = 700;
/** So often a door may ask for more than it did a moment ago. */
const AGAIN = 5;
/** So often it is sent again by itself where too much comes in at once: for about a minute. */
const BUSY = 12;
/** Seconds that a door may let somebody wait before it is asked again. */
const LONGEST = 15;

/** What a sending waits for: its arithmetic, or its turn. */
export type Waits = "work" | "turn";

/** What is sent, and what its work is for. */
export interface Sent {
  /** The office's id, base64url. */
  readonly office: string;
  /** The last part of the address. */
  readonly what: string;
  readonly parcel: Uint8Array;
  readonly purpose: Purpose;
  readonly subject: Uint8Array;
  /** Told what for, where the sending has to wait. */
  readonly waits?: ((what: Waits) => void) | undefined;
  readonly manner?: Manner | undefined;
}

export class Working {
  /** By office, base64url. */
  readonly #asked = new Map<string, Challenge>();
  readonly #solved = new Map<string, Promise<Work>>();
  readonly #waiting = new Map<number, (work: Work | null) => void>();
  #worker: Promise<Worker> | null = null;
  #tasks = 0;

  constructor(private readonly first: Pick<First, "startWorker" | "place">) {
    const { office, work } = first.place;
    if (work !== undefined) this.#asked.set(office, readChallenge(work));
  }

  /** Begins, unless it has; a failure shows when something is sent. */
  begin(office: string, purpose: Purpose, subject: Uint8Array): void {
    this.done(office, purpose, subject).catch(() => undefined);
  }

  /**
   * The work for something that is sent elsewhere.
   *
   * @param more - what the door asked for when it refused what was done before
   */
  prove(office: string, purpose: Purpose, subject: Uint8Array, more?: Json): Promise<Work> {
    if (more !== undefined) {
      this.#asked.set(office, readChallenge(more));
      this.#solved.delete(nameOf(office, purpose, subject));
    }
    return this.done(office, purpose, subject);
  }

  /**
   * Sends a parcel with its work, and does more where the door asks for more. Where too much comes in, and somebody
   * waits here, it is sent again: the same bytes are one report, however often they come. Resolves with the answer;
   * rejects as `post`.
   */
  async send({ office, what, parcel, purpose, subject, waits, manner }: Sent): Promise<Uint8Array> {
    for (let [harder, busy] = [1, 1]; ;) {
      const soon = setTimeout(() => { waits?.("work"); }, SOON);
      const work = await this.done(office, purpose, subject).finally(() => { clearTimeout(soon); });
      try {
        return await post(addressOf(office, what), withWork(parcel, work), "bytes", manner);
      } catch (error) {
        if (error instanceof Refused && error.code === "work" && harder < AGAIN) {
          harder += 1;
          await this.prove(office, purpose, subject, error.more["work"] ?? null);
        } else if (error instanceof Unreachable && error.after !== undefined && waits !== undefined && busy < BUSY) {
          busy += 1;
          waits("turn");
          await seconds(Math.min(error.after, LONGEST));
        } else throw error;
      }
    }
  }

  /** The work for one thing, done once. */
  private done(office: string, purpose: Purpose, subject: Uint8Array): Promise<Work> {
    const name = nameOf(office, purpose, subject);
    const there = this.#solved.get(name);
    if (there !== undefined) return there;
    const solving = this.challenge(office).then((challenge) => this.solution(challenge, workSalt(purpose, subject)));
    solving.catch(() => { this.#solved.delete(name); });
    this.#solved.set(name, solving);
    return solving;
  }

  private async challenge(office: string): Promise<Challenge> {
    const known = this.#asked.get(office);
    if (known !== undefined) return known;
    const asked = readChallenge(parse(await get(addressOf(office, "work"))));
    this.#asked.set(office, asked);
    return asked;
  }

  private async solution(challenge: Challenge, salt: Uint8Array): Promise<Work> {
    const away = this.inWorker(challenge, salt).catch(() => null);
    const silence = new Promise<null>((over) => { setTimeout(() => { over(null); }, SILENT); });
    const found = await Promise.race([away, silence]);
    if (found !== null) return found;
    // Both may go on: whichever is first.
    return Promise.any([inPage(challenge, salt), away.then((late) => late ?? Promise.reject(new Error("no worker")))]);
  }

  private async inWorker(challenge: Challenge, salt: Uint8Array): Promise<Work | null> {
    this.#worker ??= this.started();
    const worker = await this.#worker;
    this.#tasks += 1;
    const task: Task = { id: this.#tasks, challenge, salt };
    return new Promise((found) => {
      this.#waiting.set(task.id, found);
      worker.postMessage(task);
    });
  }

  private async started(): Promise<Worker> {
    const worker = await this.first.startWorker("work-worker");
    worker.addEventListener("message", ({ data: { id, work } }: MessageEvent<Found>) => {
      this.#waiting.get(id)?.(work);
      this.#waiting.delete(id);
    });
    worker.addEventListener("error", () => {
      this.#worker = null;
      for (const give of this.#waiting.values()) give(null);
      this.#waiting.clear();
    });
    return worker;
  }
}

function seconds(number: number): Promise<void> {
  return new Promise((over) => { setTimeout(over, number * 1000); });
}

function nameOf(office: string, purpose: Purpose, subject: Uint8Array): string {
  return `${office} ${purpose} ${b64(subject)}`;
}

function inPage(challenge: Challenge, salt: Uint8Array): Promise<Work> {
  let rested = performance.now();
  return solve(challenge, salt, 0, () => {
    if (performance.now() - rested < SLICE) return undefined;
    return new Promise((awake) => {
      setTimeout(() => {
        rested = performance.now();
        awake();
      }, 0);
    });
  });
}
