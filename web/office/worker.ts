import type { ActName, AnswerOf, AskOf, Progress, Reply } from "../workers/protocol.js";
import { startWorker, startWorkerByAddress, type Assets } from "../workers/load.js";

/** The worker refused: `code` for the page, `sentence` for the person. */
export class WorkerRefusal extends Error {
  override readonly name = "WorkerRefusal";

  constructor(readonly code: string, readonly sentence: string) {
    super(code);
  }
}

interface Waiting {
  readonly done: (answer: unknown) => void;
  readonly failed: (error: WorkerRefusal) => void;
  readonly progress: ((part: number) => void) | undefined;
}

/** Acts that seal or sign as this member, by their names; `sign-in-values` and `compose-charter` only begin something. */
type Signing = Exclude<
  Extract<ActName, "write" | `write-${string}` | `compose-${string}` | `sign-${string}` | `say-${string}` | `reseal-${string}` | "file-note" | "test-errand">,
  "sign-in-values" | "compose-charter"
>;
type Numbered = { [N in ActName]: AskOf<N> extends { readonly counter: number } ? N : never }[ActName];

/**
 * Those of them that carry no number of a signed act: for the others `Session.counter` asks the server, and takes in a
 * newer charter, before anything is signed. The types let none be left out.
 */
const UNNUMBERED: Readonly<Record<Exclude<Signing, Numbered>, true>> = {
  "write": true, "write-tie": true, "write-related": true, "write-hearing": true, "write-referral": true, "write-file-anew": true,
  "compose-copy-answer": true, "file-note": true, "test-errand": true,
};

/** The one worker that holds unlocked keys, as the page sees it: questions and answers. */
export class OfficeWorker {
  /** Done before each of `UNNUMBERED`: is it still the newest charter under which this is signed? */
  before: () => Promise<unknown> = () => Promise.resolve();
  private last = 0;
  private ended = false;
  private readonly waiting = new Map<number, Waiting>();

  private constructor(private readonly worker: Worker, private stretcher: Worker, private readonly assets: Assets) {
    worker.addEventListener("message", (event: MessageEvent<Reply | Progress>) => { this.take(event.data); });
  }

  /** Start both workers and join them, so that what a passphrase becomes never passes through the page. */
  static async start(assets: Assets): Promise<OfficeWorker> {
    const [worker, stretcher] = await Promise.all([
      startWorker(assets, "office-worker"), startWorkerByAddress(assets, "argon2-worker"),
    ]);
    join(worker, stretcher);
    return new OfficeWorker(worker, stretcher, assets);
  }

  /**
   * Puts a fresh passphrase worker in the place of the one that has done its work: the 64 MiB that stretching takes stay
   * with a worker for as long as it lives, and here that would be the whole day.
   */
  async freshen(): Promise<void> {
    const fresh = await startWorkerByAddress(this.assets, "argon2-worker");
    if (this.ended) {
      fresh.terminate();
      return;
    }
    const tired = this.stretcher;
    this.stretcher = fresh;
    join(this.worker, fresh);
    tired.terminate();
  }

  /** Ask for one act. Rejects with `WorkerRefusal`. What is in `hand` goes to the worker and is not here any more. */
  async ask<N extends ActName>(
    act: N, ask: AskOf<N>, progress?: (part: number) => void, hand: readonly Uint8Array[] = [],
  ): Promise<AnswerOf<N>> {
    if (act in UNNUMBERED) await this.before();
    return this.post(act, ask, progress, hand);
  }

  private post<N extends ActName>(
    act: N, ask: AskOf<N>, progress: ((part: number) => void) | undefined, hand: readonly Uint8Array[],
  ): Promise<AnswerOf<N>> {
    this.last += 1;
    const id = this.last;
    return new Promise((done, failed) => {
      if (this.ended) {
        failed(locked());
        return;
      }
      this.waiting.set(id, { done: done as (answer: unknown) => void, failed, progress });
      this.worker.postMessage({ id, act, ask }, hand.map((bytes) => bytes.buffer));
    });
  }

  /** End both workers: whatever they held is gone with their memory. */
  end(): void {
    this.ended = true;
    this.worker.terminate();
    this.stretcher.terminate();
    for (const { failed } of this.waiting.values()) failed(locked());
    this.waiting.clear();
  }

  private take(message: Reply | Progress): void {
    const asked = this.waiting.get(message.id);
    if (asked === undefined) return;
    if ("progress" in message) {
      asked.progress?.(message.progress);
      return;
    }
    this.waiting.delete(message.id);
    if (message.ok) asked.done(message.answer);
    else asked.failed(new WorkerRefusal(message.code, message.sentence));
  }
}

function locked(): WorkerRefusal {
  return new WorkerRefusal("locked", "Your keys are locked.");
}

function join(worker: Worker, stretcher: Worker): void {
  const channel = new MessageChannel();
  worker.postMessage({ connect: channel.port1 }, [channel.port1]);
  stretcher.postMessage({ connect: channel.port2 }, [channel.port2]);
}
