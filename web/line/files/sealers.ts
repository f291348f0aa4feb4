/** Workers that seal: as many as the device has cores, and at most four. */
import type { Upload } from "../../seal/attachment";
import type { Answers, Ask, Asked, Reply, SealedPart } from "../../workers/sealing-protocol";
import { Stuck } from "./stuck";

const MOST = 4;
/** Parts that are worked on at once: while some are sealed or hashed, others are read from the file. About 4 MiB each. */
const AT_ONCE = 8;

interface Started {
  readonly worker: Worker;
  /** Things that it has to do, or is about to be asked. */
  busy: number;
  readonly waiting: Map<number, { readonly done: (told: Reply) => void; readonly failed: (error: Error) => void }>;
}

export class Sealers {
  readonly #workers: Started[] = [];
  readonly #waiting: (() => void)[] = [];
  #starting = 0;
  #last = 0;

  /** @param start - starts one worker; rejects where its bytes cannot be had */
  constructor(
    private readonly start: () => Promise<Worker>,
    private readonly workers = Math.min(MOST, Math.max(1, navigator.hardwareConcurrency || 2)),
  ) {}

  /** So many things are done at once; who asks for more waits. */
  get most(): number {
    return AT_ONCE;
  }

  begin(size: number): Promise<Upload> {
    return this.ask({ do: "begin", size });
  }

  check(upload: Upload): Promise<Upload> {
    return this.ask({ do: "check", upload });
  }

  part(upload: Upload, part: number, file: Blob): Promise<SealedPart> {
    return this.ask({ do: "part", upload, part, file });
  }

  whole(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
    return this.ask({ do: "whole", hashes });
  }

  /** Ends the workers that have nothing to do; others end after what they do. */
  rest(): void {
    for (const started of this.#workers.filter(({ busy }) => busy === 0)) this.end(started);
  }

  private async ask<Do extends Ask["do"]>(ask: Ask & { readonly do: Do }): Promise<Answers[Do]> {
    const started = await this.take();
    const { worker, waiting } = started;
    const id = this.#last += 1;
    try {
      const told = await new Promise<Reply>((done, failed) => {
        waiting.set(id, { done, failed });
        worker.postMessage({ id, ask } satisfies Asked);
      });
      if ("failed" in told) throw new Stuck(told.failed === "unreadable" ? "unreadable" : "fault");
      return told.answer as Answers[Do];
    } finally {
      waiting.delete(id);
      started.busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** The worker that has least to do, or another one as long as there may be more. */
  private async take(): Promise<Started> {
    for (;;) {
      const [least] = [...this.#workers].sort((a, b) => a.busy - b.busy);
      const more = this.#workers.length + this.#starting < this.workers;
      if (least !== undefined && (least.busy === 0 || (!more && least.busy * this.workers < AT_ONCE))) {
        least.busy += 1;
        return least;
      }
      if (more) return this.another();
      await new Promise<void>((free) => { this.#waiting.push(free); });
    }
  }

  private async another(): Promise<Started> {
    this.#starting += 1;
    try {
      const started: Started = { worker: await this.start(), busy: 1, waiting: new Map() };
      started.worker.onmessage = ({ data }: MessageEvent<Reply>) => { started.waiting.get(data.id)?.done(data); };
      // Ended by the browser, for want of memory perhaps: another one takes its place.
      started.worker.onerror = () => {
        this.end(started);
        for (const { failed } of started.waiting.values()) failed(new Stuck("fault"));
      };
      this.#workers.push(started);
      return started;
    } finally {
      this.#starting -= 1;
      for (const free of this.#waiting.splice(0)) free();
    }
  }

  private end(started: Started): void {
    started.worker.terminate();
    const at = this.#workers.indexOf(started);
    if (at >= 0) this.#workers.splice(at, 1);
  }
}
