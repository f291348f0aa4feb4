/** An exported case put together and sealed, attachments piece by piece. Runs in a worker of its own, which ends with it. */
import { wordlist } from "@scure/bip39/wordlists/english.js";

import { begin } from "../seal/age.js";
import { checkOf, frameOf, type Entry, type Frame } from "../seal/archive.js";
import { RefusedError } from "../seal/errors.js";
import { DOCUMENTS, envelopePlace, LIST, namesOf, PAGE, RECORD, writeList, writeRecord, type ExportedCase } from "../seal/exportedcase.js";
import type { Json } from "../seal/jsontext.js";
import { beginWith, WORK } from "../seal/passphrases.js";
import { H, Hashing, random, same } from "../seal/primitives.js";
import { pack } from "../seal/words.js";
import type { Faces } from "./lines.js";
import { writePdf } from "./pdf.js";
import type { Answers, Composition } from "./protocol.js";
import { SealedFile } from "./sealing.js";

/** Nobody chooses them, so nobody chooses weak ones: 88 bits, and every guess at them costs a second. */
const WORDS = 8, WORD_BYTES = 11;

/** What is known of bytes that came and were not kept. */
export interface Measured {
  readonly size: number;
  readonly check: number;
  readonly hash: Uint8Array;
}

export interface Composed {
  readonly exported: ExportedCase;
  /** All but the attachments. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** The attachments, by their places. */
  readonly measured: ReadonlyMap<string, Measured>;
}

/** Measures bytes that come piece by piece. */
export class Measuring {
  private readonly hashing = new Hashing();
  private size = 0;
  private check = 0;

  add(bytes: Uint8Array): void {
    this.hashing.add(bytes);
    this.check = checkOf(bytes, this.check);
    this.size += bytes.length;
  }

  end(): Measured {
    return { size: this.size, check: this.check, hash: this.hashing.end() };
  }
}

export async function compose({ posts, files, documents, page, ...what }: Composition, faces: Faces, measured: ReadonlyMap<string, Measured>): Promise<Composed> {
  const pdf = await writePdf(page, faces);
  const exported: ExportedCase = {
    ...what, page: H(pdf), documents: H(documents),
    posts: posts.map(({ envelope, ...post }) => ({ ...post, hash: H(envelope) })),
    files: files.map((file) => ({ ...file, hash: file.part === undefined ? undefined : measuredOf(measured, file.part).hash })),
  };
  const contents = new Map<string, Uint8Array>([[PAGE, pdf], [DOCUMENTS, documents]]);
  for (const post of posts) contents.set(envelopePlace(post), post.envelope);
  return { exported, contents, measured };
}

export function digestOf({ exported }: Composed): Uint8Array {
  return H(writeList(exported));
}

/** A composed case on its way under its seal: what is no attachment is in it from the beginning. */
export class Sealing {
  private readonly entries: readonly Entry[];
  private readonly frame: Frame;
  private at = 0;
  private measuring = new Measuring();
  private left = 0;
  private file: SealedFile | undefined;
  private words: readonly string[] = [];

  constructor(private readonly composed: Composed, row: Uint8Array, promise: Json) {
    const { exported, contents } = composed;
    this.held = new Map([...contents, [LIST, writeList(exported)], [RECORD, writeRecord({ row, promise })]]);
    this.entries = namesOf(exported).map((name) => {
      const content = this.held.get(name);
      return content === undefined ? { name, ...measuredOf(composed.measured, name) } : { name, size: content.length, check: checkOf(content) };
    });
    this.frame = frameOf(this.entries);
  }

  private readonly held: ReadonlyMap<string, Uint8Array>;

  /** @param work - rounds for the words that are drawn where there are no recipients */
  async begin(recipients: readonly string[], work = WORK): Promise<void> {
    if (recipients.length === 0) this.words = pack(random(WORD_BYTES), WORDS, wordlist);
    const { start, head } = await (recipients.length > 0 ? begin(recipients) : beginWith(this.words.join(" "), work));
    this.file = new SealedFile(start, head, this.frame.size);
    await this.go();
  }

  /** @throws RefusedError `export-changed` where it is not what was measured: the list names that */
  async add(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length;) {
      const piece = bytes.subarray(from, from + this.left);
      if (piece.length === 0) throw changed();
      this.measuring.add(piece);
      await this.sealed().add(piece);
      from += piece.length;
      this.left -= piece.length;
      if (this.left === 0) await this.close();
    }
  }

  /** @throws RefusedError `export-changed` */
  async end(): Promise<Answers["end"]> {
    if (this.at < this.entries.length) throw changed();
    const file = this.sealed();
    await file.add(this.frame.after);
    return { file: await file.end(), words: this.words };
  }

  /** All up to the next attachment that has bytes. */
  private async go(): Promise<void> {
    for (; this.at < this.entries.length; this.at += 1) {
      const { name = "", size = 0 } = this.entries[this.at] ?? {}, content = this.held.get(name);
      await this.sealed().add(this.frame.before[this.at] ?? new Uint8Array());
      if (content === undefined && size > 0) {
        [this.measuring, this.left] = [new Measuring(), size];
        return;
      }
      if (content !== undefined) await this.sealed().add(content);
    }
  }

  private async close(): Promise<void> {
    const { name = "" } = this.entries[this.at] ?? {};
    if (!same(this.measuring.end().hash, measuredOf(this.composed.measured, name).hash)) throw changed();
    this.at += 1;
    await this.go();
  }

  private sealed(): SealedFile {
    if (this.file === undefined) throw new RangeError("sealing has not begun");
    return this.file;
  }
}

function measuredOf(measured: ReadonlyMap<string, Measured>, part: string): Measured {
  const found = measured.get(part);
  if (found === undefined) throw new RangeError(`${part} was not measured`);
  return found;
}

function changed(): RefusedError {
  return new RefusedError("export-changed", "An attachment is another than a moment ago.");
}
