/** An age file that is written piece by piece, into pieces of a `Blob`, which a browser keeps where it has room. */
import type { Head } from "../seal/age.js";
import { platformCipher, type Cipher } from "../seal/platform.js";
import { chunkCount, CHUNK_SIZE, sealChunk, sealChunkBy } from "../seal/stream.js";

/** So many chunks are sealed side by side, and are one piece of the file: four megabytes. */
const AT_ONCE = 64;

export class SealedFile {
  private readonly pieces: Blob[];
  private readonly count: number;
  private readonly waiting = new Uint8Array(AT_ONCE * CHUNK_SIZE);
  private cipher: Promise<Cipher | undefined> | undefined;
  private filled = 0;
  private next = 0;

  /**
   * @param start - header and nonce
   * @param size - of all that will be added, in clear
   */
  constructor(start: Uint8Array, private readonly head: Head, size: number) {
    this.pieces = [new Blob([start as Uint8Array<ArrayBuffer>])];
    this.count = chunkCount(size);
  }

  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + this.waiting.length - this.filled);
      this.waiting.set(piece, this.filled);
      this.filled += piece.length;
      at += piece.length;
      if (this.filled === this.waiting.length) await this.flush();
    }
  }

  /** @throws RangeError where less or more was added than was said */
  async end(): Promise<Blob> {
    if (this.filled > 0 || this.next === 0) await this.flush();
    if (this.next !== this.count) throw new RangeError("this is not all of the file, or more");
    return new Blob(this.pieces);
  }

  private async flush(): Promise<void> {
    this.cipher ??= platformCipher(this.head.key);
    const cipher = await this.cipher, { head: { key }, count, next, filled } = this;
    const chunks = Array.from({ length: chunkCount(filled) }, (_, at) => this.waiting.slice(at * CHUNK_SIZE, Math.min((at + 1) * CHUNK_SIZE, filled)));
    const sealed = cipher === undefined ? chunks.map((plain, at) => sealChunk(key, next + at, count, plain))
      : await Promise.all(chunks.map((plain, at) => sealChunkBy(cipher, next + at, count, plain)));
    this.pieces.push(new Blob(sealed as Uint8Array<ArrayBuffer>[]));
    this.next += chunks.length;
    this.filled = 0;
  }
}
