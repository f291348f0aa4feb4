/**
 * Index pages: what a member's list and search need, sealed by browsers for browsers (docs/formats.md §13). A cache,
 * never authority: whatever stands here is replaced by what the report itself proves once it is opened.
 *
 * A page in memory stays the bytes that it is: a hundred thousand objects with their texts would take several times
 * as much room.
 */

import { CannotOpenError, MalformedError } from "./errors.js";
import { LABELS } from "./labels.js";
import { fill, padme } from "./padding.js";
import { b64, join, kdf, u32, u64 } from "./primitives.js";

const KIB = 1024;
export const PAGE_ENTRIES = 500;
export const DELTA_ENTRIES = 64;
/** Bytes of UTF-8 of one report that can be found by a word. */
export const TEXT_MAX = 2 * KIB;
/** Bytes of UTF-8 at the start of the text that the list shows. */
export const TITLE_MAX = 600;
const PAGE_LEAST = 64 * KIB;
/** A delta has one of these sizes: 512 for labels alone, 4 KiB for nearly every report whatever its length. */
export const DELTA_SIZES = [512, 4 * KIB, 16 * KIB, 64 * KIB, 160 * KIB] as const;

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 5;
const RECORD = 66;
const DELTA_PAGE = 0xffffffff;
const AT = { counts: 16, flags: 28, labels: 29, title: 30, size: 32, note: 34 } as const;
const FLAGS = { ours: 1, faulty: 2, apart: 4, test: 8 } as const;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const reading = new TextDecoder("utf-8", { ignoreBOM: true });

/** What one index says of one thread; `src/fairline/seal/indexpages.py` says what each field means. */
export interface IndexEntry {
  readonly thread: Uint8Array;
  /** Posts on r, o and i that were there when this was written: with fewer than the thread has, it is old. */
  readonly counts: readonly [number, number, number];
  readonly ours: boolean;
  readonly faulty: boolean;
  readonly apart: boolean;
  readonly test: boolean;
  /** Of the closed list, as bits. */
  readonly labels: number;
  /** Bytes of `text` that are its title. */
  readonly title: number;
  /** UTF-8. */
  readonly text: Uint8Array;
  /** `c` of the newest note; zeros where there is none. */
  readonly newestNote: Uint8Array;
}

/** @param secret - the vault's index key for a member's own pages, an epoch's seed for a desk's */
export async function indexKey(secret: Uint8Array, owner: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", owned(indexKeyBytes(secret, owner)), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** The key in bytes, for the test vectors. */
export function indexKeyBytes(secret: Uint8Array, owner: Uint8Array): Uint8Array {
  return kdf(secret, "index", owner);
}

/** What a page is bound to: whose it is, its place, and how often it was written. */
export function pageBinding(owner: Uint8Array, page: number, version: number): Uint8Array {
  return join(owner, u32(page), u64(version));
}

/** What a delta is bound to: whose it is, and its own id of 16 bytes. */
export function deltaBinding(owner: Uint8Array, delta: Uint8Array): Uint8Array {
  return join(owner, u32(DELTA_PAGE), delta);
}

/** A sealed page or delta: nonce, ciphertext, tag. `nonce` is 12 random bytes, never used twice. */
export async function sealIndex(
  key: CryptoKey, binding: Uint8Array, plain: Uint8Array, nonce: Uint8Array,
): Promise<Uint8Array> {
  const how = { name: "AES-GCM", iv: owned(nonce), additionalData: owned(binding) };
  return join(nonce, new Uint8Array(await crypto.subtle.encrypt(how, key, owned(plain))));
}

/** @throws CannotOpenError `index-sealed`: another key, owner, page or version, or altered */
export async function openIndex(key: CryptoKey, binding: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
  if (sealed.length < NONCE + TAG) throw notThis();
  const how = { name: "AES-GCM", iv: owned(sealed.subarray(0, NONCE)), additionalData: owned(binding) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, owned(sealed.subarray(NONCE))));
  } catch {
    throw notThis();
  }
}

/** Entries as they lie in the bytes of one page or delta in clear. */
export class IndexPage {
  /** Ids of the threads, in base64url. */
  readonly threads: readonly string[];
  private readonly view: DataView;
  /** Where each text begins, and after the last where the texts end. */
  private readonly starts: Uint32Array;

  private constructor(private readonly bytes: Uint8Array, readonly count: number, threads?: readonly string[]) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.starts = new Uint32Array(count + 1);
    this.threads = threads ?? Array.from({ length: count }, (_, place) => b64(bytes.subarray(this.record(place), this.record(place) + 16)));
  }

  /** Lets the memory go at once, where the browser can; nobody may read this page any more. */
  release(): void {
    release(this.bytes);
  }

  /** The same page without its texts, in a fiftieth of the room. */
  frame(): IndexPage {
    const frame = new IndexPage(this.bytes.slice(0, HEAD + this.count * RECORD), this.count, this.threads);
    frame.starts.fill(frame.bytes.length);
    return frame;
  }

  /** @throws MalformedError `index-form` */
  static readPage(plain: Uint8Array): IndexPage {
    const page = IndexPage.read(plain, PAGE_ENTRIES);
    if (plain.length !== padme(Math.max(PAGE_LEAST, page.end))) throw badForm();
    return page;
  }

  /** @throws MalformedError `index-form` */
  static readDelta(plain: Uint8Array): IndexPage {
    if (!DELTA_SIZES.some((size) => size === plain.length)) throw badForm();
    return IndexPage.read(plain, DELTA_ENTRIES);
  }

  private static read(plain: Uint8Array, most: number): IndexPage {
    if (plain.length < HEAD || plain[0] !== VERSION) throw badForm();
    const count = new DataView(plain.buffer, plain.byteOffset, plain.byteLength).getUint32(1);
    if (count > most || plain.length < HEAD + count * RECORD) throw badForm();
    const page = new IndexPage(plain, count);
    page.measure();
    page.check();
    return page;
  }

  private measure(): void {
    let at = HEAD + this.count * RECORD;
    for (let place = 0; place < this.count; place += 1) {
      this.starts[place] = at;
      at += this.view.getUint16(this.record(place) + AT.size);
    }
    this.starts[this.count] = at;
  }

  private check(): void {
    const { bytes, count, end } = this;
    if (bytes.length < end) throw badForm();
    if (new Set(this.threads).size < count) throw badForm();
    for (let place = 0; place < count; place += 1) {
      const [start, size, title] = [this.start(place), this.size(place), this.titleSize(place)];
      const known = (this.flags(place) & ~0x0f) === 0 && this.labels(place) >> LABELS.length === 0;
      if (!known || size > TEXT_MAX || title > Math.min(size, TITLE_MAX)) throw badForm();
      if (!this.isText(start, start + size) || !this.isText(start, start + title)) throw badForm();
    }
    if (bytes.subarray(end).some((byte) => byte !== 0)) throw badForm();
  }

  /** One by one: a text of half a megabyte, read only to be thrown away, would fill the memory for minutes. */
  private isText(start: number, end: number): boolean {
    try {
      strict.decode(this.bytes.subarray(start, end));
      return true;
    } catch {
      return false;
    }
  }

  private get end(): number { return this.starts[this.count] ?? 0; }
  private record(place: number): number { return HEAD + place * RECORD; }
  private start(place: number): number { return this.starts[place] ?? 0; }
  private flags(place: number): number { return this.view.getUint8(this.record(place) + AT.flags); }
  private titleSize(place: number): number { return this.view.getUint16(this.record(place) + AT.title); }
  private size(place: number): number { return this.view.getUint16(this.record(place) + AT.size); }

  counts(place: number): readonly [number, number, number] {
    const at = this.record(place) + AT.counts;
    return [this.view.getUint32(at), this.view.getUint32(at + 4), this.view.getUint32(at + 8)];
  }

  has(place: number, flag: keyof typeof FLAGS): boolean { return (this.flags(place) & FLAGS[flag]) !== 0; }
  labels(place: number): number { return this.view.getUint8(this.record(place) + AT.labels); }

  title(place: number): string {
    return reading.decode(this.bytes.subarray(this.start(place), this.start(place) + this.titleSize(place)));
  }

  text(place: number): string {
    return reading.decode(this.bytes.subarray(this.start(place), this.start(place) + this.size(place)));
  }

  newestNote(place: number): Uint8Array {
    const at = this.record(place) + AT.note;
    return this.bytes.subarray(at, at + 32);
  }

  /** The entry as it is written into another page. */
  entry(place: number): IndexEntry {
    const flag = (name: keyof typeof FLAGS): boolean => this.has(place, name);
    return {
      thread: this.bytes.subarray(this.record(place), this.record(place) + 16), counts: this.counts(place),
      ours: flag("ours"), faulty: flag("faulty"), apart: flag("apart"), test: flag("test"), labels: this.labels(place),
      title: this.titleSize(place), text: this.bytes.subarray(this.start(place), this.start(place) + this.size(place)),
      newestNote: this.newestNote(place),
    };
  }
}

/** A page in clear, filled up; throws MalformedError `index-form` for what no page holds. */
export function writePage(entries: readonly IndexEntry[]): Uint8Array {
  const plain = written(entries, PAGE_ENTRIES);
  return fill(plain, padme(Math.max(PAGE_LEAST, plain.length)));
}

/** A delta in clear, filled up to one of its sizes, not below `least`; throws as `writePage` does. */
export function writeDelta(entries: readonly IndexEntry[], least: number): Uint8Array {
  const plain = written(entries, DELTA_ENTRIES);
  const size = DELTA_SIZES.find((one) => one >= Math.max(least, plain.length));
  if (size === undefined) throw badForm();
  return fill(plain, size);
}

function written(entries: readonly IndexEntry[], most: number): Uint8Array {
  if (entries.length > most || new Set(entries.map((one) => b64(one.thread))).size < entries.length) throw badForm();
  return join(new Uint8Array([VERSION]), u32(entries.length), ...entries.map(record), ...entries.map((one) => one.text));
}

function record(entry: IndexEntry): Uint8Array {
  const { thread, counts, labels, title, text, newestNote } = entry;
  if (text.length > TEXT_MAX || title > Math.min(text.length, TITLE_MAX) || labels >> LABELS.length !== 0) throw badForm();
  const out = new Uint8Array(RECORD);
  const view = new DataView(out.buffer);
  out.set(thread);
  counts.forEach((count, place) => { view.setUint32(AT.counts + 4 * place, count); });
  const names = Object.keys(FLAGS) as (keyof typeof FLAGS)[];
  view.setUint8(AT.flags, names.reduce((sum, name) => (entry[name] ? sum | FLAGS[name] : sum), 0));
  view.setUint8(AT.labels, labels);
  view.setUint16(AT.title, title);
  view.setUint16(AT.size, text.length);
  out.set(newestNote, AT.note);
  return out;
}

/**
 * Gives the memory of bytes back that nobody will read any more. Left to itself, a worker that loads two hundred pages
 * keeps hundreds of megabytes of them for minutes.
 */
export function release(bytes: Uint8Array): void {
  const buffer: ArrayBufferLike & { transfer?: (length: number) => unknown } = bytes.buffer;
  buffer.transfer?.(0);
}

/** Web Cryptography takes no view of shared memory, and the types say so. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function badForm(): MalformedError {
  return new MalformedError("index-form", "A page of the index does not have the form that its format asks for.");
}

function notThis(): CannotOpenError {
  return new CannotOpenError("index-sealed", "A page of the index is another one, or was altered.");
}
