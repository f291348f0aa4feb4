/** The files of one message: named, and saved or shown only when somebody asks; nothing plays or opens by itself. */
import { announce } from "../../elements/announce";
import { busy } from "../../elements/busy";
import { ask } from "../../elements/dialog";
import { erasedSentence } from "../../elements/erased";
import { hold, make } from "../../elements/make";
import { size, t } from "../../elements/words";
import { saidKind, seenKind, SEEN_BYTES } from "../../office/files/kinds";
import type { FileName } from "../../seal/envelope";
import { b64 } from "../../seal/primitives";
import { shownName } from "../../seal/shownname";
import { actions, button, failure, notice } from "../frame";
import { sentence } from "../problems";
import { isDeleted } from "./deleted";
import type { Opened } from "./proving";
import { SAVED_MOST, SHOWN_MOST, whole } from "./saving";

/** Milliseconds for which a browser may still be taking a file that was handed to it. */
const TAKING = 60_000;

/**
 * A list of `files`, or nothing. What was deleted is told.
 *
 * @param lent - given to a helper for a task: a picture that can be shown has no button to save it
 */
export function filesOf(opened: Opened, files: readonly FileName[], lent = false): HTMLElement | null {
  if (files.length === 0) return null;
  return make("ul", { class: "small stack tight" }, files.map((file) => {
    const gone = opened.raw.erased?.get(b64(file.blob));
    const title = [make("span", { class: "written" }, shownName(file.name)), ` · ${size(file.size)}`];
    if (gone !== undefined) return make("li", {}, title, make("p", { class: "notice plain" }, erasedSentence(gone.day, gone.reason)));
    if (isDeleted(opened.raw.status)) return make("li", {}, title, make("p", { class: "notice plain" }, t("It was deleted with the case.")));
    return make("li", {}, title, new OneFile(opened, file, lent).element);
  }));
}

class OneFile {
  readonly element = make("div", { class: "stack tight" });
  readonly #said = make("div", { class: "stack tight", "aria-live": "polite" });
  readonly #name: string;

  constructor(private readonly opened: Opened, private readonly file: FileName, private readonly lent: boolean) {
    this.#name = shownName(file.name);
    const picture = saidKind(file.type, file.name) === "picture" && file.size <= SHOWN_MOST;
    hold(this.element, file.size > SAVED_MOST ? make("p", { class: "hint" }, t("This page cannot save a file of this size. The program {program} can, or ask the office to hand it to you in another way.", { program: "fairline" })) : make("div", { class: "row" },
      picture ? this.act(t("Show the picture"), t("Show the picture: {name}", { name: this.#name }), () => this.show()) : null,
      picture && lent ? null : this.act(t("Save"), t("Save: {name}", { name: this.#name }), () => this.save())), this.#said);
  }

  private act(label: string, whole: string, does: () => Promise<void>): HTMLButtonElement {
    const made = button(label, (pressed) => { void busy(pressed, does); }, "button secondary small");
    made.setAttribute("aria-label", whole);
    return made;
  }

  private async save(): Promise<void> {
    const sure = await ask({
      title: t("Save it on this device?"), act: t("Save"),
      body: make("p", {}, t("{name} will lie among your downloads, where whoever uses this device can find it. Some kinds of files tell their author over the network that they were opened.", { name: this.#name })),
    });
    if (!sure) return;
    const pieces = await this.fetched();
    if (pieces === null) return;
    // Never as the kind that its sender said: a browser must not open it.
    const address = URL.createObjectURL(new Blob(pieces, { type: "application/octet-stream" }));
    make("a", { href: address, download: this.#name }).click();
    setTimeout(() => { URL.revokeObjectURL(address); }, TAKING);
    const text = t("{name} was checked and handed to your browser.", { name: this.#name });
    hold(this.#said, make("p", { class: "small" }, text));
  }

  private async show(): Promise<void> {
    const pieces = await this.fetched();
    if (pieces === null) return;
    const { how, type } = seenKind(new Uint8Array(await new Blob(pieces).slice(0, SEEN_BYTES).arrayBuffer()));
    if (how !== "picture") {
      hold(this.#said, notice("warning", null, this.lent ? unshown() : t("It says that it is a picture and is none. You can save it, and should not open it.")));
      return;
    }
    const address = URL.createObjectURL(new Blob(pieces, { type }));
    const image = make("img", { src: address, alt: this.#name, class: "shown" });
    // Shown, or not to be shown, it needs its address no more: whatever takes it off the screen then leaves nothing behind.
    const drop = (): void => { URL.revokeObjectURL(address); };
    const end = (): void => {
      drop();
      hold(this.#said);
    };
    image.addEventListener("load", drop);
    image.addEventListener("error", () => {
      end();
      hold(this.#said, notice("warning", null, this.lent ? unshown() : t("Your browser cannot show this picture. You can save it.")));
    });
    hold(this.#said, image, actions(button(t("Hide the picture"), end, "button secondary small")));
    announce(t("The picture is shown."));
  }

  /** The opened pieces, or null where it was stopped or does not hold, which is said. */
  private async fetched(): Promise<Blob[] | null> {
    const going = new AbortController();
    const bar = make("progress", { max: Math.max(this.file.size, 1), "aria-label": this.#name });
    hold(this.#said, bar, actions(button(t("Stop"), () => { going.abort(); }, "button secondary small")));
    try {
      return await whole(this.opened, this.file, (bytes) => { bar.value = bytes; }, going.signal);
    } catch (error) {
      if (going.signal.aborted) hold(this.#said);
      else hold(this.#said, failure(sentence(error), null));
      return null;
    }
  }
}

function unshown(): string {
  return t("It cannot be shown here. Please tell whoever gave it to you.");
}
