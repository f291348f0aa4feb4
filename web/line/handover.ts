/** What the small first bundle hands to the large one. They share no code, so it goes through the document. */
import type { JsonObject } from "../seal/jsontext";

/** Loads and runs one of the page's further bundles. Only the first one may: a second policy of scripts is refused. */
export type Load = (name: string) => Promise<void>;

/** Starts one of the page's workers. */
export type StartWorker = (name: string) => Promise<Worker>;

export interface First {
  /** What the server wrote: heading, the one box, limits, other ways. */
  readonly start: HTMLElement;
  /** Where the other views go. */
  readonly host: HTMLElement;
  readonly box: HTMLTextAreaElement;
  readonly load: Load;
  readonly startWorker: StartWorker;
  readonly place: Place;
  /** The poster's fingerprint F, base64url, or null: what was in the address, which does not show it any more. */
  readonly pin: string | null;
  /** A test ticket of a member, base64url, or null. */
  readonly ticket: string | null;
  /** What a member files through this page, base64url (formats.md §4), or null. */
  readonly errand: string | null;
  /** Whether something would be lost with the page that the box does not show: files, a voice. Set once there can be. */
  holds?: () => boolean;
}

/** Office ids, base64url. */
export interface Place {
  readonly office: string;
  readonly others: readonly string[];
  /** The arithmetic that the door asked for when the page was served (formats.md §12). */
  readonly work?: JsonObject;
}

export type Wanted = "report" | "voice" | "mailbox";

/** What the large bundle can be asked for. */
export interface Report {
  /** Shows it. Rejects where a further bundle cannot be had now. */
  go(wanted: Wanted): Promise<void>;
}

const ASK = "fairline-first";

interface Call {
  take: (first: First) => Report;
}

/**
 * The first bundle waits here; `ready` gets the large bundle once it has loaded. What it answers takes the offer back: where
 * the bundle did not come, the next try makes another, and the page must not begin twice.
 */
export function offer(first: First, ready: (report: Report) => void): () => void {
  const heard = (event: Event): void => { ready((event as CustomEvent<Call>).detail.take(first)); };
  document.addEventListener(ASK, heard, { once: true });
  return () => { document.removeEventListener(ASK, heard); };
}

/** The large bundle asks for what the first one has. */
export function take(make: (first: First) => Report): void {
  document.dispatchEvent(new CustomEvent<Call>(ASK, { detail: { take: make } }));
}
