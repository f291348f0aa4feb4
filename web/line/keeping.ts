/**
 * What is written and not sent, kept on the server: sealed to the person's own box, once the receipt is in hand, so that a
 * page that the device has ended costs nobody their words. Without a receipt nothing is kept anywhere.
 */
import { make } from "../elements/make";
import { day, t } from "../elements/words";
import { b64 } from "../seal/primitives";
import type { Own } from "../seal/own";
import { pinsJson } from "../seal/pins";
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

  /**
   * From here on it is kept.
   *
   * @param there - what lies beside a thread on the server already, so that it is written only where something changes
   */
  begin(there: Own | null = null): void {
    if (there !== null) {
      this.#saved = fingerprint(there);
      this.line.textContent = hasWords(there) ? keptLine(null) : "";
    }
    if (!this.#going) {
      this.#going = true;
      this.host.addEventListener("input", this.changed);
      document.addEventListener("visibilitychange", this.hidden);
    }
    this.soon();
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

  /**
   * What is there is kept at once.
   *
   * @param left - the view was left meanwhile, and what it kept as unsent was sent after all
   */
  async now(left = false): Promise<void> {
    clearTimeout(this.#waiting);
    this.#saving = this.#saving.then(() => this.save(left));
    await this.#saving;
  }

  /** The view is left: what is there is kept a last time. */
  async leave(): Promise<void> {
    await this.now();
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
    if (document.visibilityState === "hidden") this.soon();
  };

  /** Keeps what is there, after so many milliseconds. */
  soon(milliseconds = 0): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => { this.#saving = this.#saving.then(() => this.save()); }, milliseconds);
  }

  private async save(left = false): Promise<void> {
    let written = true;
    try {
      const kept = await this.what();
      if (kept === null || (!this.#going && !left)) return;
      written = hasWords(kept.own);
      const now = fingerprint(kept.own);
      if (!left && now === (this.#saved === "" ? NOTHING : this.#saved)) return;
      if (now === NOTHING) {
        await removeOwn(kept.at, kept.mailbox);
        this.#saved = this.line.textContent = "";
        return;
      }
      const until = await saveOwn(kept.mailbox, kept.place, kept.own, kept.send);
      this.#saved = now;
      this.line.textContent = written ? keptLine(until) : "";
    } catch {
      // It is tried again with the next change; what is written is in this page.
      if (written) this.line.textContent = t("The draft cannot be kept at the moment. What you wrote is here as long as this page is open.");
    }
  }
}

function keptLine(until: string | null): string {
  return until === null
    ? t("What you have not sent yet is kept, sealed, in your mailbox. Nobody else can open it.")
    : t("Your draft is kept, sealed, until {day}: if this page closes, your receipt brings it back. Nobody else can open it.", { day: day(until) });
}

/** Whether anything of it was written by the person, so that they want to know where it is. */
function hasWords({ draft, contact, uploads }: Own): boolean {
  return [...draft ?? []].length > 0 || (uploads ?? []).length > 0 || (contact ?? "") !== "";
}

/** What a change of makes it another one; a desk alone does not. */
function fingerprint(own: Own): string {
  const { draft, desk, contact, uploads, pins } = own;
  if (!hasWords(own) && pins === undefined) return NOTHING;
  const files = (uploads ?? []).map(({ blob, hash }) => [b64(blob), hash === undefined ? null : b64(hash)]);
  return JSON.stringify([[...draft ?? []], files, contact ?? "", desk === undefined ? "" : b64(desk), pins === undefined ? null : pinsJson(pins)]);
}

const NOTHING = "nothing";
