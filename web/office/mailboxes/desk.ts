/** Between the server and the worker, for mailboxes that a member opens for somebody. */
import { plusDays } from "../../elements/days.js";
import { language, t } from "../../elements/words.js";
import type { PrintedCode } from "../../workers/mailboxes.js";
import { Refusal } from "../api.js";
import type { Loading } from "../arrivals/loading.js";
import type { GoingFile, Opened } from "../arrivals/types.js";
import type { Session } from "../session.js";
import { WorkerRefusal } from "../worker.js";
import type { WishedMailbox } from "./asking.js";
import { hasGone } from "./gone.js";

/** For how many days a mailbox stays open at least: its holder may need it after the case has ended. */
export const OPEN_DAYS = 365;
const TRIES = 3;
/** Milliseconds before a file whose sending failed on the way is sent once more: a network that changes, a server that starts anew. */
const PAUSES: readonly number[] = [1_000, 4_000, 15_000];
/** What a worker says where a server has not answered. */
const LOST: ReadonlySet<string> = new Set(["offline", "file-offline", "fault"]);

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
  open(thread: string): Promise<Opened>;
}

export class MailboxDesk {
  /** Files on their way, by the mailbox that they go to. */
  private readonly sending = new Map<string, Promise<void>>();

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
      ...said, document: outside?.document, file: outside?.file, desk, origin, until, ends: outside !== undefined, counter: outside === undefined ? counter : counter + 1,
    });
    const note = await this.write(origin, { other: made.thread, side: "mailbox", purpose, file: outside?.file, text: outside?.recorded ?? "" });
    if (outside !== undefined) await api.post(`threads/${origin}/outside`, { note, until, act: await worker.ask("sign-giving-outside", { thread: origin, note, until, counter }) });
    await surely(() => api.postBytes("mailboxes", made.parcel), again);
    const tied = await this.tie(made.thread, origin, purpose, outside?.file, made.note).then(() => true, () => false);
    // What this does not bring, the next look at the list does.
    await this.desk.loading.one(made.thread).catch(() => undefined);
    return { thread: made.thread, code: made.code, tied };
  }

  /** Says in a mailbox to which case it belongs: by the note that was made with it, or by one upon what has come since. */
  async tie(mailbox: string, origin: string, purpose: string, file: GoingFile | undefined, made?: Uint8Array): Promise<void> {
    if (made === undefined) await this.desk.open(mailbox);
    let first = made;
    await this.upon(mailbox, async () => {
      const note = first ?? (await this.session.worker.ask("write-tie", { thread: mailbox, other: origin, side: "case", purpose, file, text: "", language: language() })).parcel;
      first = undefined;
      await this.session.api.postBytes(`threads/${mailbox}/posts`, note);
    });
  }

  /**
   * Seals a file of a case anew for a mailbox that is open, and sends it there, once however often it is asked for. What
   * fails on the way is tried again a few times; after that the case and the mailbox go on saying that it has not gone out.
   */
  sendFile(origin: string, desk: string, mailbox: string, file: GoingFile): Promise<void> {
    const running = this.sending.get(mailbox) ?? this.trying(origin, desk, mailbox, file).finally(() => { this.sending.delete(mailbox); });
    this.sending.set(mailbox, running);
    return running;
  }

  /** The file on its way to this mailbox from this page; undefined where none is. Settles as `sendFile`. */
  underway(mailbox: string): Promise<void> | undefined {
    return this.sending.get(mailbox);
  }

  private async trying(origin: string, desk: string, mailbox: string, file: GoingFile): Promise<void> {
    for (const pause of PAUSES) {
      try {
        await this.bring(origin, desk, mailbox, file);
        return;
      } catch (error) {
        if (!isLost(error)) throw error;
        await new Promise((done) => { setTimeout(done, pause); });
      }
    }
    await this.bring(origin, desk, mailbox, file);
  }

  private async bring(origin: string, desk: string, mailbox: string, file: GoingFile): Promise<void> {
    const { worker, api } = this.session;
    const [there, from] = [await this.desk.open(mailbox), await this.desk.open(origin)];
    // An answer that was lost on the way, or a colleague: it is there already.
    if (there.state === "open" && hasGone(there.story, file)) return;
    if (from.state !== "open") throw new WorkerRefusal("case-closed", t("The file is of a case that you do not read. Somebody who is assigned to it sends it from there."));
    await worker.ask("seal-file-anew", { thread: origin, mailbox, desk, ...file });
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
  private async write(origin: string, tie: { readonly other: string; readonly side: "mailbox"; readonly purpose: string; readonly file: GoingFile | undefined; readonly text: string }): Promise<string> {
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
      if (!isLost(error)) throw error;
      if (tries >= TRIES && !await again()) throw error;
    }
  }
}

/** No answer, half of one, or somebody else's between us and the server: it may have been done. */
function isLost(error: unknown): boolean {
  if (error instanceof WorkerRefusal) return LOST.has(error.code);
  return error instanceof Refusal && (error.status === 0 || error.status >= 500);
}
