import { WorkerRefusal } from "../worker.js";
import type { Workbench } from "../views.js";
import type { AttachedFile } from "../arrivals/types.js";
import type { Given } from "../../workers/files/asking.js";
import type { Checked } from "../../workers/files/openfile.js";
import { give } from "./helper.js";
import type { Kind } from "./kinds.js";

/** Where a file is: in a report that is open, or with a document that was given to this member, whose envelope this is. */
export type Source = string | { readonly copy: string; readonly file: Uint8Array };

/** One attachment that is open in this page, until `close`. */
export class FileSession {
  /** What went wrong last, where a piece could not be given. */
  trouble: unknown;
  /** Called after each piece; bytes given so far at most, and the file's size. */
  gave: (upTo: number) => void = () => undefined;
  /** Called when a piece could not be given, with the reason. */
  lost: (error: Error) => void = () => undefined;
  private readonly silence: () => void;

  private constructor(
    private readonly bench: Workbench, readonly file: AttachedFile, readonly token: string, readonly kind: Kind,
  ) {
    this.silence = give(token, (range) => this.piece(range));
  }

  /** Open it. Rejects with `WorkerRefusal`. */
  static async open(bench: Workbench, source: Source, file: AttachedFile): Promise<FileSession> {
    const { token, kind } = await (typeof source === "string"
      ? bench.worker.ask("file-open", { thread: source, blob: file.blob }) : bench.worker.ask("open-given-file", source));
    return new FileSession(bench, file, token, kind);
  }

  whole(progress: (part: number) => void): Promise<Uint8Array> {
    return this.bench.worker.ask("file-whole", { token: this.token }, progress);
  }

  async checked(): Promise<Checked> {
    return (await this.bench.worker.ask("file-reading", { token: this.token })).checked;
  }

  check(progress: (part: number) => void): Promise<Checked> {
    return this.bench.worker.ask("file-check", { token: this.token }, progress);
  }

  close(): void {
    this.silence();
    // A worker that has ended has closed it itself.
    this.bench.worker.ask("file-close", { token: this.token }).catch(() => undefined);
  }

  private async piece(range: string | null): Promise<Given> {
    try {
      const given = await this.bench.worker.ask("file-piece", { token: this.token, range });
      if (given.gives === "piece") {
        this.bench.awake();
        this.gave(given.start + given.bytes.length);
      }
      return given;
    } catch (error) {
      this.trouble = error;
      if (error instanceof Error) this.lost(error);
      if (error instanceof WorkerRefusal && error.code === "signed-out") this.bench.api.signedOut();
      throw error;
    }
  }
}
