/** Writing to the office: sealed here, for exactly the people that the page has named above. */
import { busy } from "../../elements/busy";
import { hold, make, newId } from "../../elements/make";
import { language, t } from "../../elements/words";
import { writeMessage, type Dealt } from "../../seal/bodies";
import type { FileName } from "../../seal/envelope";
import { dealIdentity } from "../../seal/filing";
import type { ParcelFile } from "../../seal/parcel";
import { postParcel, sealPost, type SealedPost } from "../../seal/post";
import { b64 } from "../../seal/primitives";
import type { WordList } from "../../seal/words";
import { actions, failure, notice, otherWays, workLine, type Frame } from "../frame";
import { adding, arrived } from "../adding";
import { listFor, wordList } from "../lists";
import { sentence } from "../problems";
import { holdsReceipt } from "../secrets";
import { promiseOf } from "../sending";
import { Refused } from "../wire";
import { QUIET, textField } from "../writing";
import type { Opened } from "./proving";
import { headsOf, nextSubject, readersOf } from "./places";
import { assigned } from "./readers";
import type { Unsent } from "./unsent";

interface Letter {
  readonly text: string;
  readonly name: string;
  readonly withdraws: boolean;
}

/** @param unsent - outlives this element: a reload of the mailbox loses no word and no file */
export function writer(frame: Frame, opened: Opened, unsent: Unsent, reload: () => Promise<void>): HTMLElement {
  const { thread, office } = opened;
  if (thread.reporter === undefined) return make("div");
  const id = newId();
  const said = make("div", { "aria-live": "polite" });
  const field = make("textarea", { id, rows: 5, "aria-describedby": `${id}-hint`, ...QUIET });
  field.value = unsent.text;
  field.addEventListener("input", () => { unsent.text = field.value; });
  let name = "";
  const withdraw = make("input", { type: "checkbox" });
  const hasContact = contactStands(opened);
  const composing = new Composing(frame, opened);
  // Whoever begins to write will want to send.
  field.addEventListener("input", () => { frame.working.begin(office.id, "post", nextSubject(opened)); }, { once: true });
  const form = make("form", { class: "stack", novalidate: true, autocomplete: "off" },
    make("h2", {}, t("Write to the office")),
    make("div", { class: "field" }, make("label", { for: id }, t("Your message")),
      make("p", { class: "hint", id: `${id}-hint` }, t("Never write the words of your receipt here: nobody needs them.")), field),
    hasContact ? make("label", { class: "choice plain" }, withdraw, make("span", {}, t("Take back the way to reach me"))) : null,
    office.manifest.charter.custody === undefined ? null : make("details", {}, make("summary", {}, t("Give my name now, under seal")),
      textField({ label: t("Your name"), help: t("Sealed apart: several custodians must agree before anybody can open it.") }, "line", "", (value) => { name = value; })),
    make("details", { open: unsent.attaching.count > 0 }, make("summary", {}, t("Add files or your voice")),
      adding({ attaching: unsent.attaching, desk: b64(opened.raw.desk), readers: hearers(opened) })),
    unsent.keeping.line,
    said,
    actions(make("button", { class: "button", type: "submit", id: `${id}-send` }, t("Send"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = form.querySelector<HTMLElement>("button[type=submit]");
    if (pressed === null) return;
    const letter = { text: field.value, name: name.trim(), withdraws: withdraw.checked };
    if (letter.text.trim() === "" && !letter.withdraws && letter.name === "" && unsent.attaching.count === 0) {
      hold(said, failure(t("Please write something first."), null));
      field.focus();
      return;
    }
    const go = async (): Promise<void> => {
      if (!await arrived(unsent.attaching, said, go)) return;
      try {
        hold(said, make("p", { class: "muted" }, t("Sealing and sending …")));
        if (!await composing.send(letter, unsent.attaching.there?.whole ?? [], () => { hold(said, make("p", { class: "muted" }, workLine())); })) {
          hold(said, failure(t("Your message contains the words or digits of your receipt. Whoever reads it could then write as you. Please take them out; nothing was sent."), null));
          return;
        }
        await unsent.sent();
        await reload();
        unsent.keeping.begin();
      } catch (error) {
        if (error instanceof Refused && ["heads", "audience", "taken"].includes(error.code)) {
          hold(said, notice("warning", null, error.message));
          await reload();
          return;
        }
        hold(said, failure(sentence(error), null), make("p", {}, t("What you wrote is still here. You can press Send again: it is sent as the same message and can never become two.")), otherWays(frame));
      }
    };
    void busy(pressed, go);
  });
  return form;
}

class Composing {
  #sealed: { readonly of: string; readonly post: SealedPost } | null = null;

  constructor(private readonly frame: Frame, private readonly opened: Opened) {}

  /** Seals and sends; false where the letter holds the receipt. Sent again it is the same message. */
  async send(letter: Letter, files: readonly FileName[], waits: () => void): Promise<boolean> {
    const { office, mailbox, raw, receipt } = this.opened;
    if (holdsReceipt(`${letter.text}\n${letter.name}`, receipt, await this.lists())) return false;
    const of = JSON.stringify([letter, files.map(({ blob }) => b64(blob))]);
    const sealed = this.#sealed?.of === of ? this.#sealed.post : await this.seal(letter, files);
    this.#sealed = { of, post: sealed };
    const parcel = postParcel(sealed, { thread: raw.thread, heads: headsOf(raw), audience: raw.audience, mailbox });
    const answer = await this.frame.working.send({
      office: office.id, what: "post", parcel, purpose: "post", subject: nextSubject(this.opened), waits,
    });
    if (sealed.leaf !== undefined) promiseOf(answer, office, sealed.leaf);
    return true;
  }

  private async seal(letter: Letter, files: readonly FileName[]): Promise<SealedPost> {
    const { office, mailbox, raw, thread } = this.opened;
    const n = (headsOf(raw).r ?? -1) + 1;
    const by = { key: mailbox.signPublic };
    const where = { office: office.office, desk: raw.desk, thread: raw.thread };
    const { custody } = office.manifest.charter;
    let dealt: Dealt | undefined;
    let further: readonly ParcelFile[] = [];
    if (letter.name !== "" && custody !== undefined) {
      const deal = await dealIdentity(custody, { name: letter.name, contact: "", note: "" }, where, n, by, mailbox.sign);
      dealt = deal.dealt;
      further = deal.files;
    }
    return sealPost({
      ...where, kind: "message", chain: "r", n, files, prev: thread.chains.newest("r"), seen: thread.chains.newest("o"),
      body: writeMessage({ text: letter.text, language: language(), dealt, withdraws: letter.withdraws ? "contact" : undefined }),
      audience: readersOf(this.opened), box: mailbox.box.recipient, by, seed: mailbox.sign, tag: mailbox.tag,
    }, further);
  }

  /** The lists in which somebody of this page would write a receipt down; digits are always looked for. */
  private async lists(): Promise<WordList[]> {
    const names = [listFor(language()), "english" as const].filter((name) => name !== null);
    const loaded = await Promise.all([...new Set(names)].map((name) => wordList(this.frame.first.load, name).catch(() => null)));
    return loaded.filter((list) => list !== null);
  }
}

/** Who will hear a voice, in words. */
function hearers({ thread, office, raw }: Opened): string {
  if (assigned(thread) !== undefined) return t("The people who are assigned to your case will hear it, as they read what you write.");
  return t("Everyone on the desk {desk} will hear it, as they read what you write.", { desk: office.desk(b64(raw.desk))?.name ?? "" });
}

/** Whether a way to reach the person was given and not taken back. */
function contactStands({ thread }: Opened): boolean {
  let stands = false;
  for (const post of thread.posts) {
    if (post.kind === "report" && post.body.contact !== undefined) stands = true;
    if (post.kind === "message" && post.chain === "r") {
      if (post.body.contact !== undefined) stands = true;
      if (post.body.withdraws !== undefined) stands = false;
    }
  }
  return stands;
}
