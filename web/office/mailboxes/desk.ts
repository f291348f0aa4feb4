/** Between the server and the worker, for mailboxes that a member opens for somebody. */
import { plusDays } from "../../elements/days.js";
import { language } from "../../elements/words.js";
import type { PrintedCode } from "../../workers/mailboxes.js";
import { Refusal } from "../api.js";
import type { Loading } from "../arrivals/loading.js";
import type { Session } from "../session.js";
import type { Outside, WishedMailbox } from "./asking.js";

/** For how many days a mailbox stays open at least: its holder may need it after the case has ended. */
export const OPEN_DAYS = 365;
const TRIES = 3;

/** A mailbox that is open. */
export interface OpenedMailbox {
  readonly thread: string;
  readonly code: PrintedCode;
  /** Whether it says in itself to which case it belongs. */
  readonly tied: boolean;
}

/** What a desk lends. */
export interface Lender {
  readonly loading: Loading;
  open(thread: string): Promise<unknown>;
}

export class MailboxDesk {
  /** @param upon - sends what says the same whatever came meanwhile */
  constructor(
    private readonly session: Session, private readonly desk: Lender, private readonly upon: (thread: string, sending: () => Promise<void>) => Promise<void>,
  ) {}

  /**
   * Opens a mailbox for somebody from a case, and tells its code, which is kept nowhere. The sealed note comes first: a tie
   * to a mailbox that never came to be is harmless, one that no case knows of would be lost. So does the act that a document
   * went out. From the moment the mailbox may be open nothing that fails takes its code away: `again` is asked while nobody
   * knows whether it is.
   */
  async open(origin: string, desk: string, wish: WishedMailbox, again: () => Promise<boolean>): Promise<OpenedMailbox> {
    const { worker, api } = this.session;
    const { counter, today } = await this.session.me();
    const { outside, ...said } = wish, { purpose } = wish;
    const until = outside?.until ?? plusDays(today, OPEN_DAYS);
    const made = await worker.ask("compose-mailbox", {
      ...said, document: outside?.document, desk, origin, until, ends: outside !== undefined, counter: outside === undefined ? counter : counter + 1,
    });
    const note = await this.write(origin, { other: made.thread, side: "mailbox", purpose, text: outside?.recorded ?? "" });
    if (outside !== undefined) await api.post(`threads/${origin}/outside`, { note, until, act: await worker.ask("sign-giving-outside", { thread: origin, note, until, counter }) });
    await surely(() => api.postBytes("mailboxes", made.parcel), again);
    const tied = await this.tie(made.thread, origin, purpose, made.note).then(() => true, () => false);
    // What this does not bring, the next look at the list does.
    await this.desk.loading.one(made.thread).catch(() => undefined);
    return { thread: made.thread, code: made.code, tied };
  }

  /** Says in a mailbox to which case it belongs: by the note that was made with it, or by one upon what has come since. */
  async tie(mailbox: string, origin: string, purpose: string, made?: Uint8Array): Promise<void> {
    if (made === undefined) await this.desk.open(mailbox);
    let first = made;
    await this.upon(mailbox, async () => {
      const note = first ?? (await this.session.worker.ask("write-tie", { thread: mailbox, other: origin, side: "case", purpose, text: "", language: language() })).parcel;
      first = undefined;
      await this.session.api.postBytes(`threads/${mailbox}/posts`, note);
    });
  }

  /** Seals a file of a case anew for a mailbox that is open, and sends it there. */
  async sendFile(origin: string, desk: string, mailbox: string, file: NonNullable<Outside["file"]>): Promise<void> {
    const { worker, api } = this.session;
    await worker.ask("seal-file-anew", { thread: origin, mailbox, desk, ...file });
    await this.desk.open(mailbox);
    await this.upon(mailbox, async () => {
      await api.postBytes(`threads/${mailbox}/posts`, await worker.ask("write-file-anew", { thread: origin, mailbox, blob: file.blob, language: language() }));
    });
  }

  /** Ends a helper's mailbox before its day. */
  async end(mailbox: string): Promise<void> {
    const { worker, api } = this.session;
    await api.post(`threads/${mailbox}/end`, { act: await worker.ask("sign-mailbox-end", { thread: mailbox, counter: await this.session.counter() }) });
  }

  /** Writes the note that ties a case and a mailbox; returns the `c` by which an act names it. */
  private async write(origin: string, tie: { readonly other: string; readonly side: "mailbox"; readonly purpose: string; readonly text: string }): Promise<string> {
    let named = "";
    await this.upon(origin, async () => {
      const { parcel, c } = await this.session.worker.ask("write-tie", { thread: origin, ...tie, language: language() });
      named = c;
      await this.session.api.postBytes(`threads/${origin}/posts`, parcel);
    });
    return named;
  }
}

/** Does what the server does once however often it comes, until it has answered; while its answers are lost, `again` says whether to go on. */
export async function surely(act: () => Promise<unknown>, again: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await act();
      return;
    } catch (error) {
      // No answer, half of one, or somebody else's between us and the server: it may have been done.
      if (!(error instanceof Refusal && (error.status === 0 || error.status >= 500))) throw error;
      if (tries >= TRIES && !await again()) throw error;
    }
  }
}
