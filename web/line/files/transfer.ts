/**
 * The way of one file: sealed part by part in workers, sent while the next is sealed, each part as often as it takes.
 * Never more than a few parts are in memory, however long the file is.
 */
import { attachmentShape, blobAuth, partSpan, type Shape, type Upload } from "../../seal/attachment";
import { asObject } from "../../seal/fields";
import { parse, write, type Json, type JsonObject } from "../../seal/jsontext";
import { b64, join, same, u32, unb64 } from "../../seal/primitives";
import type { Work } from "../../seal/work";
import type { Door, Surroundings } from "../attaching";
import { Refused, Unreachable } from "../wire";
import type { Sealers } from "./sealers";
import { Stuck } from "./stuck";
import { Slots, waiting } from "./waiting";

/** Parts of a long file that are on their way at once: what a killed page may have sent for nothing. */
const IN_FLIGHT = 2;
/** From so many parts on two of them are at most two hundredths of the file. */
const LONG = 100;
/** Two parts at 0.1 Mbit/s, which is slower than any line that a person would wait for. */
const PATIENCE = 360_000;
const LONGEST_PAUSE = 30;
/** Milliseconds after which somebody who waits for the arithmetic is told so. */
const SOON = 700;
/** So often a door may ask for more of it than it did a moment ago. */
const MOST_ASKED = 5;

export type Pause = "offline" | "busy" | "working" | null;

/** What a transfer tells while it runs. */
export interface Telling {
  /** Bytes of the file that the server holds. */
  readonly sent: (bytes: number) => void;
  readonly paused: (why: Pause) => void;
}

export interface Errand {
  readonly door: Door;
  /** Who reads there: the desk's id in base64url. */
  readonly desk: string;
  readonly file: Blob;
  readonly upload: Upload;
  /** Parts may be there already, of an earlier page. */
  readonly resumed: boolean;
  readonly work: Surroundings["work"];
}

export class Transfer {
  readonly #shape: Shape;
  readonly #hashes: Uint8Array[];
  readonly #slots: Slots;
  readonly #auth: string;
  readonly #blob: string;
  #sent = 0;
  #asked = 0;

  constructor(private readonly sealers: Sealers, private readonly errand: Errand, private readonly tell: Telling) {
    this.#shape = attachmentShape(errand.upload.size);
    this.#hashes = new Array<Uint8Array>(this.#shape.parts);
    this.#slots = new Slots(this.#shape.parts < LONG ? 1 : IN_FLIGHT);
    this.#auth = b64(blobAuth(errand.upload.seed, errand.upload.blob));
    this.#blob = b64(errand.upload.blob);
  }

  /**
   * Runs until the server holds every part; resolves with the hash of the whole.
   *
   * Rejects with Stuck, or with the signal's reason.
   */
  async run(signal: AbortSignal): Promise<Uint8Array> {
    const held = this.errand.resumed ? await this.held(signal) : new Map<number, Uint8Array>();
    const parts = Array.from({ length: this.#shape.parts }, (_, part) => part);
    // What is there already is sealed first and compared: of another file nothing is sent at all.
    await this.lanes(parts.filter((part) => held.has(part)), signal, async (part) => {
      const { hash } = await this.sealers.part(this.errand.upload, part, this.errand.file);
      if (!same(hash, held.get(part) ?? new Uint8Array())) throw new Stuck("other-file");
      this.has(part, hash);
    });
    await this.lanes(parts.filter((part) => !held.has(part)), signal, async (part, mine) => {
      const { bytes, hash } = await this.sealers.part(this.errand.upload, part, this.errand.file);
      await this.#slots.hold(() => this.insist(mine, () => this.send(part, bytes, mine)));
      this.has(part, hash);
    });
    return this.sealers.whole(this.#hashes);
  }

  private has(part: number, hash: Uint8Array): void {
    const { start, stop } = partSpan(this.#shape, part);
    this.#hashes[part] = hash;
    this.#sent += stop - start;
    this.tell.sent(this.#sent);
  }

  /** Several parts at once: so many that each worker has one to seal while others are on their way. */
  private async lanes(
    parts: readonly number[], signal: AbortSignal, work: (part: number, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const all = new AbortController();
    const stop = (): void => { all.abort(signal.reason); };
    signal.addEventListener("abort", stop);
    const left = [...parts];
    const lane = async (): Promise<void> => {
      for (let part = left.shift(); part !== undefined; part = left.shift()) {
        all.signal.throwIfAborted();
        await work(part, all.signal);
      }
    };
    try {
      signal.throwIfAborted();
      await Promise.all(Array.from({ length: this.sealers.most + this.#slots.size }, lane));
    } catch (error) {
      // The other lanes end as well; what they were sending is not waited for.
      all.abort(error);
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Again and again until the server has answered: nobody has to stand by where the connection comes and goes. */
  private async insist<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    for (let round = 0; ; round += 1) {
      try {
        const result = await work();
        this.tell.paused(null);
        return result;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Refused) throw stuckBy(error);
        if (!(error instanceof Unreachable)) throw error;
        this.tell.paused(error.after === undefined ? "offline" : "busy");
        await waiting(Math.max(error.after ?? 0, Math.min(LONGEST_PAUSE, 2 ** round)), signal);
      }
    }
  }

  private async send(part: number, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    // Asked of a new file only, and done before: its first part goes over the line once.
    const work = this.#sent === 0 ? await this.work() : undefined;
    signal.throwIfAborted();
    try {
      await this.errand.door("part", this.parcel(part, bytes, work), { patience: PATIENCE, signal });
    } catch (error) {
      const more = error instanceof Refused && error.code === "work" ? error.more["work"] : undefined;
      if (more === undefined || this.#asked > MOST_ASKED) throw error;
      this.#asked += 1;
      await this.work(more);
      await this.send(part, bytes, signal);
    }
  }

  private work(more?: Json): Promise<Work | undefined> {
    const soon = setTimeout(() => { this.tell.paused("working"); }, SOON);
    return this.errand.work(this.errand.upload.blob, more).finally(() => { clearTimeout(soon); });
  }

  /** As a Blob, which Chromium sends seven times faster than bare bytes; nothing is copied in this page. */
  private parcel(part: number, bytes: Uint8Array<ArrayBuffer>, work: Work | undefined): Blob {
    const head = write({
      v: 1, blob: this.#blob, auth: this.#auth, desk: this.errand.desk, part, parts: this.#shape.parts,
      files: [{ as: "part", size: bytes.length }],
      ...(work !== undefined && { work: { span: work.span, counter: work.counter } }),
    });
    return new Blob([join(u32(head.length), head) as Uint8Array<ArrayBuffer>, bytes], { type: "application/octet-stream" });
  }

  /** H of each part that the server holds; none where it has forgotten the file, or never had any of it. */
  private async held(signal: AbortSignal): Promise<Map<number, Uint8Array>> {
    const asked = write({ v: 1, blob: this.#blob, auth: this.#auth });
    try {
      const answer = await this.insist(signal, () => this.errand.door("state", asked, { signal }));
      const hashes = (asObject(parse(answer)) as { readonly hashes?: unknown }).hashes;
      const found = new Map<number, Uint8Array>();
      if (!Array.isArray(hashes) || hashes.length !== this.#shape.parts) return found;
      hashes.forEach((hash: unknown, part) => { if (typeof hash === "string" && hash !== "") found.set(part, unb64(hash, 32)); });
      return found;
    } catch (error) {
      if (error instanceof Stuck && error.code === "no-blob") return new Map();
      throw error;
    }
  }
}

/** Takes what was sent of a file off the server at once; what fails is taken off within seven days all the same. */
export async function takeOff(door: Door, upload: Pick<Upload, "seed" | "blob">): Promise<void> {
  const asked: JsonObject = { v: 1, blob: b64(upload.blob), auth: b64(blobAuth(upload.seed, upload.blob)) };
  await door("removal", write(asked)).catch(() => undefined);
}

function stuckBy({ code, message }: Refused): Stuck {
  if (code === "no-room") return new Stuck("no-room", message, code);
  if (code === "taken") return new Stuck("other-file", message, code);
  return new Stuck("refused", message, code);
}
