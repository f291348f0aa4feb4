/**
 * What is written and not sent, kept on the server: sealed to the person's own box, once the receipt is in hand, so that a
 * page that the device has ended costs nobody their words. Without a receipt nothing is kept anywhere.
 */
import { make } from "../elements/make";
import { day, t } from "../elements/words";
import { b64 } from "../seal/primitives";
import type { Own } from "../seal/own";
import type { Mailbox } from "../seal/receipt";
import { removeOwn, saveOwn, type OwnPlace, type Send } from "./own";

/** Milliseconds after the last change of a word, and after a file has begun or arrived; on leaving the page none. */
const AFTER = 4_000;
const AFTER_FILE = 300;

export interface Kept {
  /** The office's id as addresses have it. */
  readonly at: string;
  readonly mailbox: Mailbox;
  readonly place: OwnPlace;
  readonly own: Own;
  readonly send: Send;
}

export class Keeping {
  /** Says how it stands, wherever somebody may want to know. */
  readonly line = make("p", { class: "hint" });
  #saved = "";
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #going = false;
  #saving: Promise<void> = Promise.resolve();

  /** @param what - what is there to keep; null where nothing can be kept */
  constructor(private readonly host: HTMLElement, private readonly what: () => Promise<Kept | null>) {}

  /** From here on it is kept. */
  begin(): void {
    if (!this.#going) {
      this.#going = true;
      this.host.addEventListener("input", this.changed);
      document.addEventListener("visibilitychange", this.hidden);
    }
    this.soon(0);
  }

  /** Something was written. */
  readonly changed = (): void => {
    if (this.#going) this.soon(AFTER);
  };

  /** A file has begun, arrived or gone: without its keys nothing of it could go on. */
  readonly fileChanged = (): void => {
    if (this.#going) this.soon(AFTER_FILE);
  };

  /** Nothing more is kept, and what was on its way has arrived: what is sent now is the newest. */
  async rest(): Promise<void> {
    clearTimeout(this.#waiting);
    await this.#saving;
  }

  /** The view is left: what is there is kept a last time. */
  async leave(): Promise<void> {
    clearTimeout(this.#waiting);
    this.#saving = this.#saving.then(() => this.save());
    await this.#saving;
    this.end();
  }

  /** It was sent, or the view is left: there is nothing to keep any more. */
  end(): void {
    clearTimeout(this.#waiting);
    this.#going = false;
    this.host.removeEventListener("input", this.changed);
    document.removeEventListener("visibilitychange", this.hidden);
    this.#saved = "";
    this.line.textContent = "";
  }

  /** Takes it off the server. Rejects where that cannot be done now. */
  async throwAway(): Promise<void> {
    await this.rest();
    const kept = await this.what();
    if (kept !== null) await removeOwn(kept.at, kept.mailbox);
    this.end();
  }

  private readonly hidden = (): void => {
    if (document.visibilityState === "hidden") this.soon(0);
  };

  private soon(milliseconds: number): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => { this.#saving = this.#saving.then(() => this.save()); }, milliseconds);
  }

  private async save(): Promise<void> {
    try {
      const kept = await this.what();
      if (kept === null || !this.#going) return;
      const now = fingerprint(kept.own);
      if (now === (this.#saved === "" ? NOTHING : this.#saved)) return;
      if (now === NOTHING) {
        await removeOwn(kept.at, kept.mailbox);
        this.#saved = this.line.textContent = "";
        return;
      }
      const until = await saveOwn(kept.mailbox, kept.place, kept.own, kept.send);
      this.#saved = now;
      this.line.textContent = until === null
        ? t("What you have not sent yet is kept, sealed, in your mailbox. Nobody else can open it.")
        : t("Your draft is kept, sealed, until {day}: if this page closes, your receipt brings it back. Nobody else can open it.", { day: day(until) });
    } catch {
      // It is tried again with the next change; what is written is in this page.
      this.line.textContent = t("The draft cannot be kept at the moment. What you wrote is here as long as this page is open.");
    }
  }
}

/** What a change of makes another draft. */
function fingerprint({ draft, desk, contact, uploads }: Own): string {
  const written = [[...draft ?? []], (uploads ?? []).map(({ blob, hash }) => [b64(blob), hash === undefined ? null : b64(hash)]), contact ?? ""];
  const text = JSON.stringify(written);
  return text === NOTHING ? text : `${text} ${desk === undefined ? "" : b64(desk)}`;
}

const NOTHING = JSON.stringify([[], [], ""]);
