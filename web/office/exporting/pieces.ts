/** An attachment of the report on the screen, piece by piece: memory does not grow with it. */
import type { OfficeWorker } from "../worker.js";
import { WorkerRefusal } from "../worker.js";

/**
 * Ends without an error only where the whole was held against what its envelope names. A file of no bytes gives one piece.
 *
 * @throws WorkerRefusal `file-gone`, `attachment-hash`, `age-…`, `file-offline`
 */
export async function* pieces(worker: Pick<OfficeWorker, "ask">, thread: string, blob: string): AsyncGenerator<Uint8Array, void, undefined> {
  const { token } = await worker.ask("file-open", { thread, blob });
  try {
    let at = 0, all = 0;
    do {
      const given = await worker.ask("file-piece", { token, range: `bytes=${at}-` });
      if (given.gives !== "piece" || given.start !== at) throw new WorkerRefusal("file-gone", "");
      [at, all] = [at + given.bytes.length, given.size];
      yield given.bytes;
    } while (at < all);
  } finally {
    await worker.ask("file-close", { token });
  }
}
