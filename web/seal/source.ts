/** Bytes that lie somewhere and are read a stretch at a time, so that memory does not grow with them. */
import { openChunk, CHUNK_SIZE, chunkCount, plainSize, SEALED_CHUNK_SIZE } from "./stream.js";

/** Read at once from a source that is gone through. */
const STRETCH = 16 * CHUNK_SIZE;

export interface Source {
  /** Bytes of all of it. */
  readonly size: number;
  /** `length` bytes from `at` on; less only where it ends. Throws what lies in the way: altered, offline. */
  read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What is in memory anyway. */
export function sourceOf(bytes: Uint8Array): Source {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.slice(at, at + length)) };
}

/** Stretches of a source one after another, from `at` on. */
export async function* stretches(from: Source, at: number, size: number, stretch = STRETCH): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (let done = 0; done < size; done += stretch) yield await from.read(at + done, Math.min(stretch, size - done));
}

/**
 * The content of an age file on a disk, opened where it is read. The last chunk, which alone proves how long it is, is
 * opened before any other.
 */
export class SealedSource implements Source {
  private readonly sealed: number;
  readonly size: number;
  private whole: Promise<void> | undefined;

  /**
   * @param key - of the payload
   * @param start - bytes of header and nonce
   * @throws CannotOpenError `age-payload` for a length that no content has
   */
  constructor(private readonly file: Blob, private readonly key: Uint8Array, private readonly start: number) {
    this.sealed = file.size - start;
    this.size = plainSize(this.sealed);
  }

  /** @throws CannotOpenError `age-payload` */
  async read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const count = chunkCount(this.size), stop = Math.min(at + length, this.size);
    this.whole ??= this.chunk(count - 1, count).then(() => undefined);
    await this.whole;
    if (at < 0 || at >= stop) return new Uint8Array(0);
    const out = new Uint8Array(stop - at), first = Math.floor(at / CHUNK_SIZE);
    const bytes = await this.bytes(first, Math.ceil(stop / CHUNK_SIZE));
    for (let index = first; index * CHUNK_SIZE < stop; index += 1) {
      const sealed = bytes.subarray((index - first) * SEALED_CHUNK_SIZE, (index - first + 1) * SEALED_CHUNK_SIZE);
      const plain = openChunk(this.key, index, count, sealed), begin = index * CHUNK_SIZE;
      const low = Math.max(at, begin), high = Math.min(stop, begin + plain.length);
      out.set(plain.subarray(low - begin, high - begin), low - at);
    }
    return out;
  }

  private async chunk(index: number, count: number): Promise<Uint8Array> {
    return openChunk(this.key, index, count, await this.bytes(index, index + 1));
  }

  private async bytes(first: number, after: number): Promise<Uint8Array> {
    const end = Math.min(after * SEALED_CHUNK_SIZE, this.sealed);
    return new Uint8Array(await this.file.slice(this.start + first * SEALED_CHUNK_SIZE, this.start + end).arrayBuffer());
  }
}
