import { publicKey, signRaw } from "../../seal/ed25519.js";
import { write } from "../../seal/jsontext.js";
import { H, b64, compare, join, random, utf8 } from "../../seal/primitives.js";
import { checkpointText, origin, type LogName } from "../checkpoints.js";
import { Frontier, leafHash } from "../merkle.js";
import { ED25519, keyId, padded64 } from "../notes.js";
import { signPromise, type Promised } from "../promises.js";
import { PublishedRecord } from "../record.js";
import { tilePath } from "../tiles.js";

/** An office that publishes as the server does, and can be made to lie. */
export class Publisher {
  readonly host = "line.example.org";
  readonly files = new Map<string, Uint8Array>();
  readonly asked: string[] = [];
  readonly hashes: Uint8Array[] = [];
  #edge = new Frontier(0, []);

  constructor(
    readonly id = random(16), readonly promiseSeed = random(32), readonly checkpointSeed = random(32), readonly log: LogName = "arrivals",
  ) {}

  promise(leaf: Uint8Array, day: string): Promised {
    return signPromise(this.id, leaf, day, this.promiseSeed);
  }

  publish(day: string, real: readonly Uint8Array[] = [], size = 256): void {
    const entries = [...real, ...Array.from({ length: size - real.length }, () => random(96))].sort(compare);
    const batch = join(...entries);
    const before = this.#edge;
    this.hashes.push(...entries.map(leafHash));
    this.#edge = before.grown(entries.map(leafHash));
    const name = origin(this.host, this.id, this.log);
    const text = checkpointText({ origin: name, size: this.#edge.size, root: this.#edge.root(), day, batch: H(batch) });
    const id = keyId({ name, key: publicKey(this.checkpointSeed), kind: ED25519 });
    const line = padded64(join(id, signRaw(this.checkpointSeed, utf8(text))));
    const checkpoint = `${text}\n\u2014 ${name} ${line}\n`;
    this.files.set(`${this.log}/${day}`, batch);
    this.files.set(`${this.log}/${day}/head`, write({ v: 1, kind: "day", checkpoint, peaks: before.peaks.map(b64) }));
    this.files.set(`${this.log}/checkpoint`, utf8(checkpoint));
    this.showTiles();
  }

  showTiles(): void {
    let level = 0;
    for (let row = this.hashes; row.length > 0; level += 1) {
      const upper: Uint8Array[] = [];
      for (let at = 0; at < row.length; at += 256) {
        const tile = row.slice(at, at + 256);
        this.files.set(`${this.log}/${tilePath(level, at / 256, tile.length)}`, join(...tile));
        if (tile.length === 256) upper.push(new Frontier(0, []).grown(tile).root());
      }
      row = upper;
    }
  }

  record(): PublishedRecord {
    const identity = {
      office: this.id, host: this.host, promiseKey: publicKey(this.promiseSeed), checkpointKey: publicKey(this.checkpointSeed),
    };
    return new PublishedRecord(identity, (path) => {
      this.asked.push(path);
      return Promise.resolve(this.files.get(path));
    });
  }

  /** Another history under the same keys. */
  twin(log = this.log): Publisher {
    return new Publisher(this.id, this.promiseSeed, this.checkpointSeed, log);
  }
}
