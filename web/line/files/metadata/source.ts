/** Reads a file in windows, so that a long one is never in memory whole, and puts a new one together from its pieces. */

const WINDOW = 256 * 1024;

/** The file does not have the structure that its first bytes promise: it is left as it is, and the page says so. */
export class NotUnderstoodError extends Error {
  override readonly name = "NotUnderstoodError";
}

export class Source {
  #start = 0;
  #window = new Uint8Array(0);

  constructor(private readonly blob: Blob) {}

  get size(): number {
    return this.blob.size;
  }

  /** Bytes `at` to `at + length`; throws NotUnderstoodError where the file ends before. */
  async bytes(at: number, length: number): Promise<Uint8Array> {
    if (at < 0 || length < 0 || at + length > this.blob.size) throw new NotUnderstoodError("cut off");
    if (at < this.#start || at + length > this.#start + this.#window.length) {
      this.#window = new Uint8Array(await this.blob.slice(at, at + Math.max(length, WINDOW)).arrayBuffer());
      this.#start = at;
    }
    return this.#window.subarray(at - this.#start, at - this.#start + length);
  }

  /** As much of a window from `at` on as there is: at least one byte before the end, none behind it. */
  async window(at: number): Promise<Uint8Array> {
    return this.bytes(at, Math.min(WINDOW, this.blob.size - at));
  }
}

/** What stays of a file, in order: ranges of the old one, and bytes in place of others. */
export class Pieces {
  readonly #parts: ([from: number, to: number] | Uint8Array)[] = [];

  keep(from: number, to: number): void {
    const last = this.#parts.at(-1);
    if (Array.isArray(last) && last[1] === from) last[1] = to;
    else if (to > from) this.#parts.push([from, to]);
  }

  put(bytes: Uint8Array): void {
    this.#parts.push(bytes);
  }

  get size(): number {
    return this.#parts.reduce((sum, part) => sum + (Array.isArray(part) ? part[1] - part[0] : part.length), 0);
  }

  /** A file of the same type; its bytes are read from the old one only when they are needed. */
  from(file: Blob): Blob {
    return new Blob(
      this.#parts.map((part) => Array.isArray(part) ? file.slice(part[0], part[1]) : part as Uint8Array<ArrayBuffer>),
      { type: file.type },
    );
  }
}

/** A number of one to four bytes, the most significant first. */
export function big(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** A number of one to four bytes, the least significant first. */
export function little(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i -= 1) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Whether ASCII `text` stands at `at`. */
export function says(bytes: Uint8Array, at: number, text: string): boolean {
  return Array.from(text).every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
}
