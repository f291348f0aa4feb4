/** Workers that seal, as many as the device has cores and at most four; each does one thing at a time. */
import type { Upload } from "../../seal/attachment";
import type { Answers, Ask, Reply, SealedPart } from "../../workers/sealing-protocol";
import { Stuck } from "./stuck";

const MOST = 4;

export class Sealers {
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  #started = 0;

  /** @param start - starts one worker; rejects where its bytes cannot be had */
  constructor(
    private readonly start: () => Promise<Worker>,
    readonly most = Math.min(MOST, Math.max(1, navigator.hardwareConcurrency || 2)),
  ) {}

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
    for (const worker of this.#idle.splice(0)) {
      worker.terminate();
      this.#started -= 1;
    }
  }

  private async ask<Do extends Ask["do"]>(ask: Ask & { readonly do: Do }): Promise<Answers[Do]> {
    const worker = await this.take();
    let whole = true;
    try {
      return await new Promise<Answers[Do]>((done, failed) => {
        worker.onmessage = ({ data }: MessageEvent<Reply>) => {
          if ("failed" in data) failed(new Stuck(data.failed === "unreadable" ? "unreadable" : "fault"));
          else done(data.answer as Answers[Do]);
        };
        // Ended by the browser, for want of memory perhaps: another one takes its place.
        worker.onerror = () => {
          whole = false;
          failed(new Stuck("fault"));
        };
        worker.postMessage(ask);
      });
    } finally {
      this.give(worker, whole);
    }
  }

  private async take(): Promise<Worker> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle !== undefined) return idle;
      if (this.#started < this.most) break;
      await new Promise<void>((free) => { this.#waiting.push(free); });
    }
    this.#started += 1;
    try {
      return await this.start();
    } catch (error) {
      this.#started -= 1;
      this.#waiting.shift()?.();
      throw error;
    }
  }

  private give(worker: Worker, whole: boolean): void {
    if (whole) {
      this.#idle.push(worker);
    } else {
      worker.terminate();
      this.#started -= 1;
    }
    this.#waiting.shift()?.();
  }
}
