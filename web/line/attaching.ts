/**
 * Files and voices, as the page knows them. What seals, sends and records is a bundle of its own, which loads when
 * somebody picks a file or wants to speak: whoever only writes pays nothing for it.
 */
import type { FileName } from "../seal/envelope";
import type { Json } from "../seal/jsontext";
import type { KeptUpload } from "../seal/own";
import type { Work } from "../seal/work";
import { deliver, delivered } from "./bundles";
import type { First } from "./handover";
import { addressOf, post, type Manner } from "./wire";
import type { Working } from "./working";

/** What the bundle of files gets of the page. */
export interface Surroundings {
  /** Starts a worker that seals. */
  readonly startWorker: () => Promise<Worker>;
  /** Something has changed that a draft should know. */
  readonly changed: () => void;
  /** The arithmetic that the door asks for before it takes a new file, if it asks any; `more` is what it said when that was too little. */
  readonly work: (blob: Uint8Array, more?: Json) => Promise<Work | undefined>;
  readonly door: Door;
}

/** Sends a part, or asks for the state or the removal of a file; rejects as `post` of the wire. */
export type Door = (what: "part" | "state" | "removal", body: Uint8Array | Blob, manner?: Manner) => Promise<Uint8Array>;

/** The files of one report or message. */
export interface Attachments {
  /** Every file with how far it is. One element: it goes from view to view. */
  readonly list: HTMLElement;
  /** Records a voice; `readers` says who will hear it. */
  recorder(readers: string): HTMLElement;
  /** Ends a recording that runs; what was said is one of the files then. */
  stopRecording(): Promise<void>;
  add(files: Iterable<File>): void;
  /** Which desk reads them, base64url; from here on they are on their way. */
  to(desk: string): void;
  /** Names of those that are sealed to another desk and cannot be sealed anew: this browser does not have them any more. */
  leftBehind(desk: string): readonly string[];
  /** Names of recordings that are not there as a whole: they exist in this page alone. */
  readonly unrepeatable: readonly string[];
  readonly count: number;
  /** Those that the server holds whole, in the order of the list. */
  readonly whole: readonly FileName[];
  /** True once all are whole, false as soon as one waits for somebody. */
  settled(): Promise<boolean>;
  /** Takes out all that are not whole. */
  leaveOut(): void;
  /** Takes out all, here and on the server. */
  takeOut(): Promise<void>;
  /** For the draft. */
  kept(): readonly KeptUpload[];
  /** From a draft: what is not whole asks for its file. */
  restore(uploads: readonly KeptUpload[], desk: string): void;
  /** The server says that they are not there as a whole, whatever was known: they begin anew, or wait to be picked again. */
  notThere(): void;
  /** They belong to something that was sent: nothing of them stays in this page. */
  forget(): void;
}

type Make = (around: Surroundings) => Promise<Attachments>;

const BUNDLE = "files";

/** Called by the bundle of files. */
export function deliverFiles(make: Make): void {
  deliver(BUNDLE, make);
}

/** The files of one report or message, before there are any. */
export class Attaching {
  #there: Attachments | null = null;

  constructor(
    private readonly page: { readonly first: First; readonly working: Working }, private readonly office: string, private readonly changed: () => void,
  ) {}

  /** Null where nobody has picked a file yet. */
  get there(): Attachments | null {
    return this.#there;
  }

  /** How many files there are. */
  get count(): number {
    return this.#there?.count ?? 0;
  }

  /** Loads what is needed. Rejects if it cannot be had; the next call tries again. */
  async load(): Promise<Attachments> {
    const { office, changed, page: { first, working } } = this;
    const make = await delivered<Make>(first.load, BUNDLE);
    const there = await make({
      changed, door: (what, body, manner) => post(addressOf(office, `blobs/${what}`), body, what === "part" ? "bytes" : "json", manner), startWorker: () => first.startWorker("sealing-worker"),
      work: (blob, more) => working.prove(office, "blob", blob, more),
    });
    this.#there ??= there;
    return this.#there;
  }

  /** Ends a recording that runs: whoever goes on, sends or leaves has said what they wanted to say. */
  async stopRecording(): Promise<void> {
    await this.#there?.stopRecording();
  }

  forget(): void {
    this.#there?.forget();
    this.#there = null;
  }
}
