/** The way to the mailbox, which is a bundle of its own: whoever writes a report does not fetch it. */
import { hold } from "../elements/make";
import type { Draw } from "../elements/views";
import { deliver, delivered } from "./bundles";
import { failure, type Frame } from "./frame";
import type { Load } from "./handover";
import { sentence } from "./problems";

export interface Mailboxes {
  /** Settles when its words are there in the reader's language. */
  readonly words: Promise<void>;
  /** Asks for the receipt. */
  readonly entry: (frame: Frame) => Draw;
  /** Shows the mailbox of a receipt as the next view; what goes wrong is said in `said`. */
  readonly openWith: (frame: Frame, receipt: Uint8Array, said: HTMLElement) => Promise<void>;
}

/** Called by the mailbox's own bundle. */
export function deliverMailboxes(held: Mailboxes): void {
  deliver("mailbox", held);
}

/** Loads it, once. Rejects if it cannot be had; the next call tries again. */
export async function mailboxes(load: Load): Promise<Mailboxes> {
  const held = await delivered<Mailboxes>(load, "mailbox");
  await held.words;
  return held;
}

/** As `openWith`, once that has loaded. */
export async function openMailbox(frame: Frame, receipt: Uint8Array, said: HTMLElement): Promise<void> {
  let held: Mailboxes;
  try {
    held = await mailboxes(frame.first.load);
  } catch (error) {
    hold(said, failure(sentence(error), () => { void openMailbox(frame, receipt, said); }));
    return;
  }
  await held.openWith(frame, receipt, said);
}
