import { join } from "../seal/primitives.js";
import { LedgerError } from "./errors.js";
import { Frontier, HASH_SIZE, nodeHash } from "./merkle.js";

/* A log's tree, read through the public tiles of 256 hashes each (https://c2sp.org/tlog-tiles). */

const HEIGHT = 8;
const WIDTH = 256;

/** Gives the public file at a path below the log's prefix, or undefined if there is none. */
export type TileSource = (path: string) => Promise<Uint8Array | undefined>;

/** Public path of a tile: `tile/<L>/<N>[.p/<W>]`. */
export function tilePath(level: number, index: number, width = WIDTH): string {
  const groups: string[] = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift((groups.length > 0 ? "x" : "") + String(rest % 1000).padStart(3, "0"));
  }
  return `tile/${level}/${groups.join("/")}${width < WIDTH ? `.p/${width}` : ""}`;
}

/** The first `size` leaves of a log. Nothing a tile says counts before a proof made of it leads to a signed root. */
export class Tree {
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  constructor(readonly size: number, private readonly source: TileSource) {}

  /** Right edge of the first `size` leaves. */
  async edge(size = this.size): Promise<Frontier> {
    return new Frontier(size, await this.#peaks(0, size));
  }

  /** Path from leaf `index` to the root over the first `size` leaves, lowest first. */
  async inclusion(index: number, size = this.size): Promise<Uint8Array[]> {
    const siblings: [number, number][] = [];
    let low = 0, high = size;
    while (high - low > 1) {
      const middle = low + split(high - low);
      siblings.unshift(index < middle ? [middle, high] : [low, middle]);
      if (index < middle) high = middle;
      else low = middle;
    }
    return await Promise.all(siblings.map(([start, end]) => this.#range(start, end)));
  }

  /** Proof that the first `size` leaves begin with the first `old`. */
  async consistency(old: number, size = this.size): Promise<Uint8Array[]> {
    if (old === 0 || old === size) return [];
    const parts: [number, number][] = [];
    let low = 0, high = size;
    while (old !== high) {
      const middle = low + split(high - low);
      parts.unshift(old <= middle ? [middle, high] : [low, middle]);
      if (old <= middle) high = middle;
      else low = middle;
    }
    if (low > 0) parts.unshift([low, high]);
    return await Promise.all(parts.map(([start, end]) => this.#range(start, end)));
  }

  async #range(start: number, end: number): Promise<Uint8Array> {
    const peaks = await this.#peaks(start, end);
    return peaks.reduceRight((reached, peak) => nodeHash(peak, reached));
  }

  /** Hashes of the complete subtrees that cover the range, largest first. */
  async #peaks(start: number, end: number): Promise<Uint8Array[]> {
    const found: Promise<Uint8Array>[] = [];
    for (let at = start; at < end;) {
      let width = 1, level = 0;
      while (width * 2 <= end - at) {
        width *= 2;
        level += 1;
      }
      found.push(this.#node(level, at / width));
      at += width;
    }
    return await Promise.all(found);
  }

  async #node(level: number, index: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / HEIGHT), count = 2 ** (level % HEIGHT), first = index * count;
    const tile = await this.#tile(tileLevel, Math.floor(first / WIDTH));
    const start = (first % WIDTH) * HASH_SIZE;
    let hashes: Uint8Array = tile.slice(start, start + count * HASH_SIZE);
    if (hashes.length !== count * HASH_SIZE) throw missing();
    while (hashes.length > HASH_SIZE) {
      const pairs: Uint8Array[] = [];
      for (let at = 0; at < hashes.length; at += 2 * HASH_SIZE) {
        pairs.push(nodeHash(hashes.slice(at, at + HASH_SIZE), hashes.slice(at + HASH_SIZE, at + 2 * HASH_SIZE)));
      }
      hashes = join(...pairs);
    }
    return hashes;
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const held = Math.floor(this.size / WIDTH ** level) - index * WIDTH;
    const path = tilePath(level, index, Math.min(held, WIDTH));
    let tile = this.#tiles.get(path);
    if (tile === undefined) {
      tile = this.source(path).then((bytes) => {
        if (bytes === undefined) throw missing();
        return bytes;
      });
      this.#tiles.set(path, tile);
    }
    return tile;
  }
}

function split(width: number): number {
  let found = 1;
  while (found * 2 < width) found *= 2;
  return found;
}

function missing(): LedgerError {
  return new LedgerError("tile-missing", "A part of the published record is missing.");
}
