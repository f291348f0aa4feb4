/** The list of files: each with its name, how far it is, what is hidden in it, and what can be done. */
import { announce } from "../../elements/announce";
import { hold, make } from "../../elements/make";
import { size, t } from "../../elements/words";
import { shownName } from "../../seal/shownname";
import type { Item } from "./item";
import { hiddenText, progressOf, remedyOf, stuckText } from "./telling";

/** What a person can do with a file. */
export interface Acts {
  readonly remove: (item: Item) => void;
  readonly again: (item: Item) => void;
  readonly pick: (item: Item, file: File) => void;
  readonly evidence: (item: Item, kept: boolean) => void;
}

interface Row {
  readonly element: HTMLElement;
  show(): void;
}

export class FileList {
  readonly element = make("div", { class: "stack" });
  readonly #list = make("ul", { class: "files", role: "list" });
  readonly #said = make("p", { class: "fault", hidden: true });
  #rows = new Map<Item, Row>();

  constructor(private readonly acts: Acts) {
    hold(this.element, this.#list, this.#said);
  }

  /** Draws the rows of `items`; those that are there stay, so that the focus and what plays are not lost. */
  draw(items: readonly Item[]): void {
    this.#said.hidden = true;
    const rows = new Map(items.map((item) => [item, this.#rows.get(item) ?? new FileRow(item, this.acts)]));
    for (const [item, row] of this.#rows) if (!rows.has(item)) row.element.remove();
    [...rows.values()].forEach(({ element }, at) => {
      if (this.#list.children[at] !== element) this.#list.insertBefore(element, this.#list.children[at] ?? null);
    });
    this.#rows = rows;
    this.#list.hidden = items.length === 0;
    for (const item of items) this.show(item);
  }

  show(item: Item): void {
    this.#rows.get(item)?.show();
  }

  /** No envelope names more. */
  full(): void {
    this.#said.textContent = t("A report or message takes at most 100 files. Send the others with a message afterwards.");
    this.#said.hidden = false;
  }
}

class FileRow implements Row {
  readonly element: HTMLElement;
  readonly #name: string;
  readonly #about = make("p", { class: "small muted" });
  readonly #chip = make("span", { class: "chip" });
  readonly #bar = make("progress", { max: 1 });
  readonly #line = make("span", { class: "small" });
  readonly #progress: HTMLElement;
  readonly #hidden = make("div", { class: "small" });
  readonly #stuck = make("div", { class: "notice warning", role: "alert" });
  #drawn = "";

  constructor(private readonly item: Item, private readonly acts: Acts) {
    this.#name = shownName(item.name);
    this.#progress = make("div", { class: "progress" }, this.#bar, this.#line);
    this.#bar.setAttribute("aria-label", this.#name);
    const remove = make("button", { class: "link", type: "button", "aria-label": t("Take out: {name}", { name: this.#name }) }, t("Take out"));
    remove.addEventListener("click", () => {
      acts.remove(item);
      announce(t("Taken out: {name}", { name: this.#name }));
    });
    this.element = make("li", { class: "card" },
      make("div", { class: "row apart" }, make("b", { class: "written" }, this.#name), this.#chip),
      this.#about, this.#progress, this.#stuck, player(item), this.#hidden, make("p", {}, remove));
  }

  show(): void {
    const { item } = this;
    const { state } = item;
    this.#about.textContent = item.size === 0 ? "" : size(item.size);
    this.#progress.hidden = state.is !== "sending";
    if (state.is === "sending") {
      this.#bar.max = Math.max(item.size, 1);
      this.#bar.value = state.sent;
      this.#line.textContent = progressOf(state, item.size);
    }
    // Drawn anew only where something else is to be said: what has the focus keeps it.
    const reason = state.is === "stuck" ? state.by.reason + state.by.sentence : "";
    const drawn = JSON.stringify([state.is, reason, item.looked?.kind, item.hidden, item.evidence]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.chip();
    this.stuck();
    this.hidden();
  }

  private chip(): void {
    const [manner, text] = {
      waiting: ["", t("waits")], sending: ["new", t("on its way")], whole: ["good", t("sealed and stored")], stuck: ["due", t("not there yet")],
    }[this.item.state.is] as [string, string];
    this.#chip.className = `chip ${manner}`.trim();
    this.#chip.textContent = text;
    if (this.item.state.is === "whole") announce(t("Sealed and stored: {name}", { name: this.#name }));
  }

  private stuck(): void {
    const { item, acts } = this;
    this.#stuck.hidden = item.state.is !== "stuck";
    if (item.state.is !== "stuck") return;
    const remedy = remedyOf(item.state.by);
    hold(this.#stuck, make("p", {}, stuckText(item.state.by)), remedy === "pick" ? this.picker() : null,
      remedy === "again" ? make("button", { class: "button secondary", type: "button", onclick: () => { acts.again(item); } }, t("Try again")) : null);
  }

  private picker(): HTMLElement {
    const input = make("input", { type: "file", "aria-label": t("Pick again: {name}", { name: this.#name }) });
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file !== undefined) this.acts.pick(this.item, file);
    });
    return input;
  }

  private hidden(): void {
    const { item, acts } = this;
    const { looked } = item;
    const text = looked === undefined || item.recorded ? null : hiddenText(looked, item.evidence);
    const keep = make("input", { type: "checkbox", checked: item.evidence });
    keep.addEventListener("change", () => { acts.evidence(item, keep.checked); });
    hold(this.#hidden, text === null ? null : make("p", {}, text),
      item.hidden.length === 0 ? null
        : make("label", { class: "choice plain" }, keep, make("span", {}, t("Keep them in: they are evidence"))));
  }
}

/** What was recorded here can be heard here. */
function player(item: Item): HTMLElement | null {
  if (!item.recorded) return null;
  const audio = make("audio", { controls: true, preload: "metadata", "aria-label": t("Your recording") });
  // The recording comes a moment after its row.
  setTimeout(() => { if (item.picked !== undefined) audio.src = URL.createObjectURL(item.picked); }, 0);
  return audio;
}
