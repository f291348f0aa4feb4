/** What a person is writing to the office, with its files: kept sealed until it is sent, as a report's draft is. */
import type { Pins } from "../../seal/pins";
import { b64 } from "../../seal/primitives";
import { Attaching } from "../attaching";
import { plusDays } from "../days";
import type { Frame } from "../frame";
import { Keeping } from "../keeping";
import { officeDay } from "../office";
import type { Send } from "../own";
import { addressOf, post } from "../wire";
import type { LastVisit } from "./pins";
import type { Opened } from "./proving";

/** The one text of a message, by a name that no question of a form needs. */
const TEXT = "@message";
/** Files that nothing names die after so many days. */
const DAYS = 7;

export class Unsent {
  text = "";
  readonly attaching: Attaching;
  readonly keeping: Keeping;

  /** Whether what lay there was taken up: until then nothing may be put in its place. */
  #restored = false;
  #left = false;

  /**
   * @param opened - the mailbox as it was loaded last
   * @param pins - what to hold against the server on the next visit
   */
  constructor(frame: Frame, host: HTMLElement, private readonly opened: () => Opened, pins: () => Pins | undefined) {
    this.attaching = new Attaching(frame, opened().office.id, () => { this.keeping.fileChanged(); });
    this.keeping = new Keeping(host, () => {
      const { office, mailbox, raw } = this.opened();
      const draft = new Map(this.text.trim() === "" ? [] : [[TEXT, this.text]]);
      const uploads = this.attaching.there?.kept() ?? [];
      const own = { draft, uploads, until: plusDays(officeDay(office), DAYS), pins: this.#restored ? pins() : undefined };
      // There is a thread: the door asks for no arithmetic any more.
      const send: Send = (parcel, manner) => post(addressOf(office.id, "own"), parcel, "bytes", manner);
      return Promise.resolve({ at: office.id, mailbox, own, send, place: { office: office.office, desk: raw.desk, thread: raw.thread } });
    });
  }

  /** Takes up what was kept; true where there was something. What cannot be had is not missed: the mailbox is there. */
  async restore({ own, read }: LastVisit): Promise<boolean> {
    const { office, raw } = this.opened();
    try {
      const text = own?.draft?.get(TEXT) ?? "";
      const dead = (own?.until ?? "") < officeDay(office);
      const uploads = dead ? [] : own?.uploads ?? [];
      if (this.text === "") this.text = text;
      if (uploads.length > 0) (await this.attaching.load()).restore(uploads, b64(raw.desk));
      this.#restored = read;
      return text !== "" || uploads.length > 0;
    } catch {
      return false;
    } finally {
      if (!this.#left) this.keeping.begin(this.#restored ? own : null);
    }
  }

  /** It was sent: no word and no file of it stays, here or there. */
  async sent(): Promise<void> {
    this.text = "";
    this.attaching.forget();
    await (this.#restored ? this.keeping.now() : this.keeping.throwAway().catch(() => undefined));
  }

  /** The mailbox is closed: what is not sent is kept. */
  async leave(): Promise<void> {
    this.#left = true;
    await this.keeping.leave();
    this.attaching.forget();
  }
}
