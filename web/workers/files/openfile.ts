import { Attachment, attachmentHash, attachmentShape, PART_BYTES, partHash, type FetchPart } from "../../seal/attachment.js";
import type { FileName } from "../../seal/envelope.js";
import { CannotOpenError } from "../../seal/errors.js";
import { same } from "../../seal/primitives.js";
import { SEEN_BYTES, seenKind, type Kind } from "../../office/files/kinds.js";

/** Whether the whole is what its envelope names: nobody can tell before every part has been here. */
export type Checked = "not yet" | "yes" | "no";

/** How far a file has been read. */
export interface Reading {
  readonly parts: number;
  readonly read: number;
  readonly checked: Checked;
}

/**
 * One attachment that somebody looks at: read by ranges, a part ahead, each part's hash kept, so that the whole is held
 * against the envelope's hash as soon as all of it has been read, in whatever order.
 */
export class OpenFile {
  private readonly attachment: Attachment;
  private readonly hashes: (Uint8Array | undefined)[];
  private ahead: { readonly part: number; readonly bytes: Promise<Uint8Array> } | undefined;
  private spoilt = false;
  private verdict: Checked = "not yet";

  /** @param fetch - gives the sealed bytes of a part */
  constructor(readonly file: FileName, private readonly fetch: FetchPart) {
    this.hashes = Array.from({ length: attachmentShape(file.size).parts }, () => undefined);
    this.attachment = new Attachment(file, (part) => this.part(part));
  }

  /** What the file is, by its first bytes. Throws as {@link read} does. */
  async kind(): Promise<Kind> {
    return seenKind(await this.attachment.read(0, SEEN_BYTES));
  }

  /**
   * Bytes `start` to `stop` (not included). The last bytes are given only when the whole has been held against its hash,
   * if everything before them has been read: a download never ends well with another file.
   *
   * @throws SealError of `seal/attachment`, and what the fetching throws
   */
  async read(start: number, stop: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.attachment.read(start, stop);
    if (stop >= this.file.size && this.isNearlyRead()) await this.checkAll(() => undefined);
    if (this.verdict === "no") throw another();
    return bytes;
  }

  /** All of the file, once it is proven whole. `progress` is told how far it has come, from 0 to 1. */
  async whole(progress: (part: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    const out = new Uint8Array(this.file.size);
    let at = 0;
    for await (const piece of this.attachment.whole()) {
      out.set(piece, at);
      at += piece.length;
      progress(at / Math.max(1, out.length));
    }
    return out;
  }

  /** Read what has not been read, for its hash alone. */
  async checkAll(progress: (part: number) => void): Promise<Checked> {
    for (const [part, hash] of this.hashes.entries()) {
      if (hash === undefined) await this.part(part);
      progress((part + 1) / this.hashes.length);
    }
    return this.verdict;
  }

  get reading(): Reading {
    return { parts: this.hashes.length, read: this.hashes.filter((hash) => hash !== undefined).length, checked: this.verdict };
  }

  /** Only zeros, and what is now being asked for, are missing: nobody who jumped to the end waits for the middle. */
  private isNearlyRead(): boolean {
    const firstMissing = this.hashes.indexOf(undefined);
    return firstMissing === -1 || firstMissing * PART_BYTES >= this.file.size;
  }

  private async part(part: number): Promise<Uint8Array> {
    const bytes = await (this.ahead?.part === part ? this.ahead.bytes : this.fetch(part));
    this.fetchAhead(part + 1);
    await this.keepHash(part, bytes);
    return bytes;
  }

  private fetchAhead(part: number): void {
    if (part >= this.hashes.length || this.hashes[part] !== undefined || this.ahead?.part === part) return;
    const bytes = this.fetch(part);
    // Met when its turn comes; if nobody ever asks for it, nothing was lost.
    bytes.catch(() => { if (this.ahead?.bytes === bytes) this.ahead = undefined; });
    this.ahead = { part, bytes };
  }

  private async keepHash(part: number, bytes: Uint8Array): Promise<void> {
    const hash = await partHash(bytes as Uint8Array<ArrayBuffer>);
    const before = this.hashes[part];
    // A server that gives other bytes the second time has changed what was sent, whichever of the two it was.
    if (before !== undefined && !same(before, hash)) this.spoilt = true;
    this.hashes[part] = hash;
    const all = this.hashes.filter((one) => one !== undefined);
    if (this.spoilt) this.verdict = "no";
    else if (all.length === this.hashes.length) this.verdict = same(attachmentHash(all), this.file.hash) ? "yes" : "no";
  }
}

function another(): CannotOpenError {
  return new CannotOpenError("attachment-hash", "A file is not the one that the report or message names.");
}
