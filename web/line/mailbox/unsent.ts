/** What a person is writing to the office, with its files: kept sealed until it is sent, as a report's draft is. */
import { ASKED, type AskedFor } from "../../seal/bodies";
import type { KeptUpload, Own } from "../../seal/own";
import type { Pins } from "../../seal/pins";
import { b64 } from "../../seal/primitives";
import { Attaching } from "../attaching";
import { plusDays } from "../../elements/days";
import type { Frame } from "../frame";
import { Keeping } from "../keeping";
import { officeDay } from "../office";
import type { Send } from "../own";
import { addressOf, post } from "../wire";
import { lastVisit, type LastVisit } from "./pins";
import type { Opened } from "./proving";

/** The one text of a message, by a name that no question of a form needs. */
const TEXT = "@message";
/** What that message is about, where it is about protection. */
const ABOUT = "@about";
/** Files that nothing names die after so many days. */
const DAYS = 7;

export class Unsent {
  text = "";
  about: AskedFor | "" = "";
  readonly attaching: Attaching;
  readonly keeping: Keeping;

  /** Whether it is known what lay there: until then nothing may be put in its place. */
  #known = false;
  /** What lay there and is not in this page: it is put back beside what is new. */
  #beside: { readonly text: string; readonly uploads: readonly KeptUpload[]; readonly pins?: Pins | undefined } = { text: "", uploads: [] };
  #left = false;

  /**
   * @param opened - the mailbox as it was loaded last
   * @param pins - what to hold against the server on the next visit
   */
  constructor(frame: Frame, host: HTMLElement, private readonly opened: () => Opened, pins: () => Pins | undefined) {
    this.attaching = new Attaching(frame, opened().office.id, () => { this.keeping.fileChanged(); });
    this.keeping = new Keeping(host, async () => {
      const { office, mailbox, raw } = this.opened();
      if (!this.#known && !await this.look()) return null;
      const text = [this.#beside.text, this.text].filter((one) => one.trim() !== "").join("\n\n");
      const draft = new Map([[TEXT, text], [ABOUT, this.about]].filter((pair): pair is [string, string] => pair[1] !== ""));
      const uploads = [...this.#beside.uploads, ...this.attaching.there?.kept() ?? []];
      const own = { draft, uploads, until: plusDays(officeDay(office), DAYS), pins: this.#beside.pins ?? pins() };
      // There is a thread: the door asks for no arithmetic any more.
      const send: Send = (parcel, manner) => post(addressOf(office.id, "own"), parcel, "bytes", manner);
      return { at: office.id, mailbox, own, send, place: { office: office.office, desk: raw.desk, thread: raw.thread } };
    });
  }

  /** Takes up what was kept; true where there was something. What cannot be had is not missed: the mailbox is there. */
  async restore({ own, read }: LastVisit): Promise<boolean> {
    const { raw } = this.opened();
    const text = own?.draft?.get(TEXT) ?? "";
    const uploads = this.living(own);
    this.#known = read;
    if (this.text === "") {
      this.text = text;
      this.about = ASKED.find((one) => one === own?.draft?.get(ABOUT)) ?? this.about;
    }
    try {
      if (uploads.length > 0) (await this.attaching.load()).restore(uploads, b64(raw.desk));
    } catch {
      // What sends files did not load: their keys are kept for the next visit.
      this.#beside = { ...this.#beside, uploads };
    } finally {
      if (!this.#left) this.keeping.begin(read ? own : null);
    }
    return text !== "" || uploads.length > 0 || this.about !== "";
  }

  /** What the server did not give when the mailbox was opened; false where it still does not. */
  private async look(): Promise<boolean> {
    const { read, own } = await lastVisit(this.opened());
    if (!read) return false;
    this.#beside = { text: own?.draft?.get(TEXT) ?? "", uploads: this.living(own), pins: own?.pins };
    this.#known = true;
    return true;
  }

  private living(own: Own | null): readonly KeptUpload[] {
    return (own?.until ?? "") < officeDay(this.opened().office) ? [] : own?.uploads ?? [];
  }

  /** What is written from here on is kept, unless the mailbox was closed meanwhile. */
  goOn(): void {
    if (!this.#left) this.keeping.begin();
  }

  /** It was sent: no word and no file of it stays, here or there. */
  async sent(): Promise<void> {
    this.text = "";
    this.about = "";
    this.attaching.forget();
    await this.keeping.now(this.#left);
  }

  /** The mailbox is closed: what is not sent is kept. */
  async leave(): Promise<void> {
    this.#left = true;
    await this.attaching.stopRecording();
    await this.keeping.leave();
    this.attaching.forget();
  }
}
