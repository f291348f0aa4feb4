import { begin, checkStart, readHead, resume } from "./age.js";
import { MOST_BYTES, type FileName } from "./envelope.js";
import { CannotOpenError, MalformedError } from "./errors.js";
import { padme } from "./padding.js";
import { platformCipher } from "./platform.js";
import { H, join, kdf, random, same } from "./primitives.js";
import { identity } from "./recipients.js";
import { CHUNK_SIZE, SEALED_CHUNK_SIZE, chunkCount, openChunk, openChunkBy, sealChunk, sealChunkBy, sealedSize } from "./stream.js";

/**
 * Attachments (formats.md §10): one age file each, cut into parts that are sealed, sent, stored and read one by one.
 *
 * A part is 32 sealed chunks, about 2 MiB. Everything here is a plain value and a function over it, so that any worker
 * seals or opens any part: {@link Upload} and {@link Opened} go through `postMessage` as they are.
 */
export const PART_CHUNKS = 32;
/** Bytes in clear of a full part. */
export const PART_BYTES = PART_CHUNKS * CHUNK_SIZE;
const LEAST_PADDED = 8 * 1024;
/** A person looks at a stretch of a film, then at the next: what was fetched last is asked for again at once. */
const REMEMBERED_PARTS = 2;

/** How a file of so many bytes is filled up and cut. */
export interface Shape {
  /** Bytes of the file itself. */
  readonly size: number;
  /** With the zeros behind it. */
  readonly padded: number;
  readonly chunks: number;
  readonly parts: number;
}

/** A file on its way: all that is needed to seal any of its parts. */
export interface Upload {
  readonly blob: Uint8Array;
  /** 32 secret bytes; `id(seed)` opens the file. */
  readonly seed: Uint8Array;
  /** 16 secret bytes. */
  readonly fileKey: Uint8Array;
  /** Header and nonce, with which part 0 begins. */
  readonly start: Uint8Array;
  /** Bytes of the file itself. */
  readonly size: number;
}

/** What opens any part of a file, learnt from the first one. */
export interface Opened {
  readonly shape: Shape;
  /** Of the payload, 32 secret bytes. */
  readonly key: Uint8Array;
  /** Length of header and nonce in part 0. */
  readonly start: number;
}

/** Gives the sealed bytes of a part by its number. */
export type FetchPart = (part: number) => Promise<Uint8Array>;

/** @throws MalformedError `attachment-size` over 4 GiB */
export function attachmentShape(size: number): Shape {
  if (!Number.isSafeInteger(size) || size < 0 || size > MOST_BYTES) {
    throw new MalformedError("attachment-size", "A file is larger than 4 GiB.");
  }
  const padded = padme(Math.max(size, LEAST_PADDED));
  const chunks = chunkCount(padded);
  return { size, padded, chunks, parts: Math.ceil(chunks / PART_CHUNKS) };
}

/**
 * Where the file's own bytes of a part lie (`file.slice(start, stop)`); empty where only zeros are left.
 */
export function partSpan(shape: Shape, part: number): { start: number; stop: number } {
  const { begin, end } = filledSpan(shape, part);
  return { start: Math.min(begin, shape.size), stop: Math.min(end, shape.size) };
}

/** Bytes of a part as it is sent; `start` is the length of header and nonce. */
export function sealedPartSize(shape: Shape, part: number, start: number): number {
  const { begin, end } = filledSpan(shape, part);
  return sealedSize(end - begin) + (part === 0 ? start : 0);
}

/** The secret by which the server knows who may add to a blob; in bodies only, the server keeps its H. */
export function blobAuth(seed: Uint8Array, blob: Uint8Array): Uint8Array {
  return kdf(seed, "blob auth", blob);
}

/**
 * Id, keys and first bytes of a new attachment of `size` bytes. Keep `fileKey` and `start` in the draft.
 *
 * @throws MalformedError `attachment-size`
 */
export async function beginAttachment(size: number): Promise<Upload> {
  attachmentShape(size);
  const [blob, seed] = [random(16), random(32)];
  const { start, head } = await begin([identity(seed).recipient]);
  return { blob, seed, fileKey: head.fileKey, start, size };
}

/**
 * The upload itself, as it was kept in a draft, if its parts can go on.
 *
 * @throws MalformedError `age-header`, `attachment-size`
 * @throws CannotOpenError `age-mac` file key and first bytes do not belong together
 */
export function checkUpload(upload: Upload): Upload {
  attachmentShape(upload.size);
  checkStart(upload.start, upload.fileKey);
  return upload;
}

/**
 * Part `part` as it is sent; sealed again, it is the same bytes. Put it into a `Blob` before `fetch`: Chromium sends
 * those seven times faster.
 *
 * @param content - the file's own bytes there ({@link partSpan}); the zeros behind them are added here
 */
export function sealPart(upload: Upload, part: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const { key, out, chunks } = begun(upload, part, content);
  for (const { index, count, at, plain } of chunks) out.set(sealChunk(key, index, count, plain()), at);
  return out;
}

/** The same bytes, by the browser's own cipher where it has one. */
export async function sealPartFast(
  upload: Upload, part: number, content: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { key, out, chunks } = begun(upload, part, content);
  const cipher = await platformCipher(key);
  if (cipher === undefined) return sealPart(upload, part, content);
  await Promise.all(chunks.map(async ({ index, count, at, plain }) => {
    out.set(await sealChunkBy(cipher, index, count, plain()), at);
  }));
  return out;
}

interface Chunk {
  /** Which of the file's `count` chunks it is. */
  readonly index: number;
  readonly count: number;
  /** Where it begins in the part as it is sent. */
  readonly at: number;
  readonly plain: () => Uint8Array<ArrayBuffer>;
}

/** A part before its chunks are in it: the header is, where it is the first. */
function begun(upload: Upload, part: number, content: Uint8Array): { key: Uint8Array; out: Uint8Array<ArrayBuffer>; chunks: Chunk[] } {
  const shape = attachmentShape(upload.size);
  const { start, stop } = partSpan(shape, part);
  if (content.length !== stop - start) throw new RangeError("the content is not that of this part");
  const { begin: from, end } = filledSpan(shape, part);
  const { key } = resume(upload.start, upload.fileKey);
  const before = part === 0 ? upload.start.length : 0;
  const out = new Uint8Array(sealedPartSize(shape, part, upload.start.length));
  if (part === 0) out.set(upload.start);
  const chunks = Array.from({ length: chunkCount(end - from) }, (_, chunk): Chunk => ({
    index: part * PART_CHUNKS + chunk, count: shape.chunks, at: before + chunk * SEALED_CHUNK_SIZE,
    plain: () => filled(content, chunk * CHUNK_SIZE, Math.min(CHUNK_SIZE, end - from - chunk * CHUNK_SIZE)),
  }));
  return { key, out, chunks };
}

/** H of a part as it is sent; by the platform where it does that, which is faster. */
export async function partHash(part: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  // An onion service without TLS is no secure context in every browser, and has no `subtle` there.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  return subtle === undefined ? H(part) : new Uint8Array(await subtle.digest("SHA-256", part));
}

/** The file's hash in the envelope and in `f`, from H of every part in order. */
export function attachmentHash(partHashes: readonly Uint8Array[]): Uint8Array {
  return H(join(...partHashes));
}

/**
 * The keys of an attachment, from its part 0.
 *
 * @throws MalformedError `age-header`, `attachment-size` (the part has not the length that the true length gives)
 * @throws CannotOpenError `not-mine`, `age-mac`
 */
export async function openHead(file: Pick<FileName, "seed" | "size">, first: Uint8Array): Promise<Opened> {
  const shape = attachmentShape(file.size);
  const { key, size: start } = await readHead(first, [identity(file.seed)]);
  if (first.length !== sealedPartSize(shape, 0, start)) throw wrongSize();
  return { shape, key, start };
}

/**
 * The file's own bytes in a part.
 *
 * @throws MalformedError `attachment-size`
 * @throws CannotOpenError `age-payload`
 */
export function openPart(opened: Opened, part: number, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const { start, stop } = partSpan(opened.shape, part);
  return openChunks(opened, part, sealed, 0, PART_CHUNKS).subarray(0, stop - start);
}

/** Reads a file of which the parts lie elsewhere. */
export class Attachment {
  private readonly near = new Map<number, Promise<Uint8Array>>();
  private opened: Promise<Opened> | undefined;

  /** @param file - as a signed envelope names it */
  constructor(readonly file: FileName, private readonly fetch: FetchPart) {}

  /**
   * Bytes `start` to `stop` (not included) of the file; what lies behind its end is left out.
   * The last chunk is opened before any other: it alone proves how long the file is.
   *
   * @throws MalformedError `age-header`, `attachment-size`
   * @throws CannotOpenError `not-mine`, `age-mac`, `age-payload`
   */
  async read(start: number, stop: number): Promise<Uint8Array<ArrayBuffer>> {
    const opened = await this.ready();
    const from = Math.max(start, 0), to = Math.min(stop, this.file.size);
    if (from >= to) return new Uint8Array(0);
    const out = new Uint8Array(to - from);
    for (let part = Math.floor(from / PART_BYTES); part * PART_BYTES < to; part += 1) {
      const begin = part * PART_BYTES;
      const low = Math.max(from - begin, 0), high = Math.min(to - begin, PART_BYTES);
      const first = Math.floor(low / CHUNK_SIZE);
      const plain = await openChunksFast(opened, part, await this.part(part), first, Math.ceil(high / CHUNK_SIZE));
      const offset = first * CHUNK_SIZE;
      out.set(plain.subarray(low - offset, high - offset), begin + low - from);
    }
    return out;
  }

  /**
   * The file's own bytes, part by part, the next one already on its way. Until it ends without an error, nothing of it
   * is proven whole.
   *
   * @throws MalformedError `age-header`, `attachment-size`
   * @throws CannotOpenError `not-mine`, `age-mac`, `age-payload`, `attachment-hash` (at the very end)
   */
  async *whole(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const { parts } = attachmentShape(this.file.size);
    const hashes: Uint8Array[] = [];
    let opened: Opened | undefined;
    let coming = this.fetch(0);
    for (let part = 0; part < parts; part += 1) {
      const sealed = await coming;
      if (part + 1 < parts) {
        coming = this.fetch(part + 1);
        // Its failure is met when its turn comes, or never, if this part fails before.
        coming.catch(() => undefined);
      }
      opened ??= await openHead(this.file, sealed);
      hashes.push(await partHash(sealed as Uint8Array<ArrayBuffer>));
      const { start, stop } = partSpan(opened.shape, part);
      yield (await openChunksFast(opened, part, sealed, 0, PART_CHUNKS)).subarray(0, stop - start);
    }
    if (!same(attachmentHash(hashes), this.file.hash)) {
      throw new CannotOpenError("attachment-hash", "A file is not the one that the report or message names.");
    }
  }

  private ready(): Promise<Opened> {
    this.opened ??= this.begin().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async begin(): Promise<Opened> {
    const opened = await openHead(this.file, await this.part(0));
    const last = opened.shape.chunks - 1;
    const part = Math.floor(last / PART_CHUNKS);
    await openChunksFast(opened, part, await this.part(part), last - part * PART_CHUNKS, PART_CHUNKS);
    return opened;
  }

  private part(part: number): Promise<Uint8Array> {
    const known = this.near.get(part);
    this.near.delete(part);
    const coming = known ?? this.fetch(part);
    this.near.set(part, coming);
    coming.catch(() => this.near.delete(part));
    for (const old of [...this.near.keys()].slice(0, -REMEMBERED_PARTS)) this.near.delete(old);
    return coming;
  }
}

/** Chunks `first` to `after` (not included, counted within the part) in clear, zeros behind the file included. */
function openChunks(
  opened: Opened, part: number, sealed: Uint8Array, first: number, after: number,
): Uint8Array<ArrayBuffer> {
  const { out, pieces } = asked(opened, part, sealed, first, after);
  for (const { index, at, piece } of pieces) out.set(openChunk(opened.key, index, opened.shape.chunks, piece), at);
  return out;
}

/** The same, by the browser's own cipher where it has one. */
async function openChunksFast(
  opened: Opened, part: number, sealed: Uint8Array, first: number, after: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const cipher = await platformCipher(opened.key);
  if (cipher === undefined) return openChunks(opened, part, sealed, first, after);
  const { out, pieces } = asked(opened, part, sealed, first, after);
  await Promise.all(pieces.map(async ({ index, at, piece }) => {
    out.set(await openChunkBy(cipher, index, opened.shape.chunks, piece), at);
  }));
  return out;
}

interface Piece {
  readonly index: number;
  /** Where it belongs in what was asked for. */
  readonly at: number;
  readonly piece: Uint8Array<ArrayBuffer>;
}

function asked(
  opened: Opened, part: number, sealed: Uint8Array, first: number, after: number,
): { out: Uint8Array<ArrayBuffer>; pieces: Piece[] } {
  const { shape, start } = opened;
  if (sealed.length !== sealedPartSize(shape, part, start)) throw wrongSize();
  const before = part === 0 ? start : 0;
  const { begin: from, end } = filledSpan(shape, part);
  const stop = Math.min(after, chunkCount(end - from));
  const out = new Uint8Array(Math.min(stop * CHUNK_SIZE, end - from) - first * CHUNK_SIZE);
  const pieces = Array.from({ length: Math.max(0, stop - first) }, (_, chunk): Piece => {
    const at = before + (first + chunk) * SEALED_CHUNK_SIZE;
    return {
      index: part * PART_CHUNKS + first + chunk, at: chunk * CHUNK_SIZE,
      piece: sealed.subarray(at, at + SEALED_CHUNK_SIZE) as Uint8Array<ArrayBuffer>,
    };
  });
  return { out, pieces };
}

/** Where a part lies in the filled-up file. */
function filledSpan(shape: Shape, part: number): { begin: number; end: number } {
  if (!Number.isSafeInteger(part) || part < 0 || part >= shape.parts) throw new RangeError("no such part");
  return { begin: part * PART_BYTES, end: Math.min((part + 1) * PART_BYTES, shape.padded) };
}

/** `size` bytes of the content from `at` on, with zeros where it has ended. */
function filled(content: Uint8Array, at: number, size: number): Uint8Array<ArrayBuffer> {
  const piece = content.subarray(at, at + size) as Uint8Array<ArrayBuffer>;
  if (piece.length === size) return piece;
  const out = new Uint8Array(size);
  out.set(piece);
  return out;
}

function wrongSize(): MalformedError {
  return new MalformedError("attachment-size", "A part of a file is shorter or longer than it must be.");
}
