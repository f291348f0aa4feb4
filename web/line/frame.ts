/** What every step shares: where views are drawn, what was written, and the office once it is proven. */
import { make, type Child } from "../elements/make";
import { steps } from "../elements/steps";
import type { Views } from "../elements/views";
import { t } from "../elements/words";
import { Attaching } from "./attaching";
import { derive, mailboxId, type Mailbox } from "../seal/receipt";
import { b64, unb64 } from "../seal/primitives";
import type { Own } from "../seal/own";
import { fromKept, toKept, type Draft } from "./draft";
import type { First } from "./handover";
import { Keeping } from "./keeping";
import { Office } from "./office";
import type { Send } from "./own";
import { Working, type Waits } from "./working";

export class Frame {
  #office: Promise<Office> | null = null;

  /** Files of the report. */
  readonly attaching: Attaching;
  /** What is written, kept sealed once there is a receipt. */
  readonly keeping: Keeping;
  /** The arithmetic before something is sent. */
  readonly working: Working;
  #mailbox: { readonly of: Uint8Array; readonly box: Mailbox } | null = null;

  constructor(readonly first: First, readonly views: Views, readonly draft: Draft) {
    const at = first.place.office;
    this.working = new Working(first);
    this.keeping = new Keeping(first.host, async () => {
      const { receipt, kept, desk } = draft;
      if (receipt === undefined || kept === undefined || kept === "declined" || desk === undefined) return null;
      // Derived once: it takes a phone a moment.
      if (this.#mailbox?.of !== receipt) this.#mailbox = { of: receipt, box: derive(receipt, unb64(at, 16)) };
      const mailbox = this.#mailbox.box;
      const { office } = await this.office();
      const own = { ...toKept(draft), uploads: this.attaching.there?.kept() ?? [] };
      const send: Send = (parcel, manner) => this.working.send({ office: at, what: "own", parcel, purpose: "report", subject: mailbox.id, manner });
      return { at, mailbox, place: { office, desk: unb64(desk, 16), thread: mailbox.id }, own, send };
    });
    this.attaching = new Attaching(this, at, this.keeping.fileChanged);
  }

  /** Fills the form with what was kept of it. Rejects where the program for its files cannot be had now. */
  async restore(own: Own, receipt: Uint8Array): Promise<void> {
    const { draft, attaching, keeping } = this;
    const uploads = own.uploads ?? [];
    const files = uploads.length === 0 || own.desk === undefined ? null : await attaching.load();
    fromKept(own, draft);
    draft.receipt = receipt;
    draft.kept = "words";
    if (own.desk !== undefined) files?.restore(uploads, b64(own.desk));
    this.working.begin(this.first.place.office, "report", mailboxId(receipt, unb64(this.first.place.office, 16)));
    keeping.begin();
  }

  /** The proven office. A failure is tried again at the next call. */
  office(): Promise<Office> {
    if (this.#office === null) {
      const loading = Office.load(this.first.place.office, this.first.pin);
      loading.catch(() => { this.#office = null; });
      this.#office = loading;
    }
    return this.#office;
  }
}

const STEPS = ["what", "readers", "more", "you", "receipt", "files", "check"] as const;
/** Telephone, letter, visit, as the first page names them: for whoever cannot get through here. */
export function otherWays({ first }: Frame): HTMLElement | null {
  const ways = first.start.querySelector(".ways")?.cloneNode(true);
  return ways === undefined ? null
    : make("section", { class: "stack tight" }, make("p", {}, t("You can also reach the office in one of these ways:")), ways as Element);
}

/** What somebody is told while their sending waits. */
export function waitLine(what: Waits): string {
  if (what === "turn") return t("Too much is coming in at this moment. What you wrote is sent again by itself in a few seconds. Please leave this page open.");
  return t("Your device is still doing the arithmetic that keeps machines from flooding this office. On an old telephone that can take half a minute. Please leave this page open.");
}

/** The steps' names; the first is the page's own box. */
export function stepLine(present: typeof STEPS[number]): HTMLOListElement {
  return steps([t("What happened"), t("Who reads it"), t("More"), t("About you"), t("Receipt"), t("Files"), t("Check and send")],
    STEPS.indexOf(present));
}

/** A column with room between its parts. */
export function stack(...children: readonly Child[]): HTMLDivElement {
  return make("div", { class: "stack loose" }, ...children);
}

/** The buttons at the end of a step. */
export function actions(...children: readonly Child[]): HTMLDivElement {
  return make("div", { class: "actions" }, ...children);
}

export function button(label: string, act: (button: HTMLButtonElement) => void, kind = "button"): HTMLButtonElement {
  const made = make("button", { class: kind, type: "button" }, label);
  made.addEventListener("click", () => { act(made); });
  return made;
}

export type Manner = "good" | "warning" | "danger" | "plain" | "";

/** Something that must be read, with a heading where one is given. */
export function notice(manner: Manner, title: string | null, ...children: readonly Child[]): HTMLDivElement {
  return make("div", { class: `notice ${manner}`.trim() }, title === null ? null : make("h2", {}, title),
    children.map((child) => typeof child === "string" ? make("p", {}, child) : child));
}

/** Something that went wrong, said at once to people who hear the page, with a button to try again. */
export function failure(message: string, again: (() => void) | null): HTMLDivElement {
  const said = notice("danger", null, message,
    again === null ? null : actions(button(t("Try again"), again, "button secondary")));
  said.setAttribute("role", "alert");
  return said;
}
