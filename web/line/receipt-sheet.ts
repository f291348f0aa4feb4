/**
 * A receipt on the screen: shown, hidden, kept, and two parts typed back, because a key that was never written down
 * is found out too late.
 */
import { copyButton } from "../elements/copy";
import { clearFaults, showFaults, type Fault } from "../elements/errors";
import { hold, make, type Child } from "../elements/make";
import { printSheet } from "../elements/print";
import { wordsGrid } from "../elements/words-grid";
import { count, language, t } from "../elements/words";
import { random } from "../seal/primitives";
import { toDigits } from "../seal/receipt";
import { entropyToWords, type WordList } from "../seal/words";
import type { Load } from "./handover";
import { actions, button } from "./frame";
import { listFor, wordList } from "./lists";
import { QUIET } from "./writing";

export type SheetKind = "words" | "digits";

export interface SheetOptions {
  readonly receipt: Uint8Array;
  /** What was shown last, if it was shown before. */
  readonly kind: SheetKind | undefined;
  /** Above the words: what they are for. */
  readonly explained: (kind: SheetKind) => Child;
  /** What the button says that goes on. */
  readonly act: string;
  /** Both parts were right. */
  readonly go: (kind: SheetKind, button: HTMLElement) => void;
  /** Further buttons. */
  readonly others?: Child;
}

/** Draws the sheet into `body`. Digits come first where the page's language has no list of words. */
export async function receiptSheet(load: Load, body: HTMLElement, options: SheetOptions): Promise<void> {
  const name = listFor(language());
  // Digits need no list: nobody is kept waiting for one.
  const list = await wordList(load, name ?? "english").catch(() => null);
  const first = name === null || list === null ? "digits" : "words";
  new Sheet(body, list, list === null ? "digits" : options.kind ?? first, options).draw();
}

class Sheet {
  readonly #seven = twoPlaces(7);
  readonly #twelve = twoPlaces(12);

  constructor(
    private readonly body: HTMLElement, private readonly list: WordList | null, private kind: SheetKind,
    private readonly options: SheetOptions,
  ) {}

  private get places(): readonly number[] {
    return this.kind === "words" ? this.#twelve : this.#seven;
  }

  private get parts(): readonly string[] {
    const { receipt } = this.options;
    return this.kind === "words" && this.list !== null ? entropyToWords(receipt, this.list) : toDigits(receipt);
  }

  /** Language of the words, which need not be the page's. */
  private get tag(): string {
    return this.kind === "words" && listFor(language()) !== null ? language() : "en";
  }

  draw(): void {
    const { explained, act, go, others } = this.options;
    const form = make("form", { class: "stack", novalidate: true, autocomplete: "off" });
    hold(this.body, explained(this.kind), this.card(), this.keeping(), form);
    hold(form,
      make("h2", {}, this.kind === "words" ? t("Type two of the words back") : t("Type two of the groups back")),
      make("p", { class: "hint" }, t("From your note, not from the screen. If they fit, your note is right.")),
      make("div", { class: "stack" }, this.places.map((place) => this.asked(place))),
      actions(make("button", { class: "button", type: "submit", id: "receipt-go" }, act), others));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearFaults(form);
      const pressed = form.querySelector<HTMLElement>("#receipt-go");
      if (showFaults(form, this.faults()) && pressed !== null) go(this.kind, pressed);
    });
  }

  private card(): HTMLElement {
    const grid = wordsGrid(this.parts, this.tag, this.kind);
    const hide = button(t("Hide"), () => {
      grid.hidden = !grid.hidden;
      hide.textContent = grid.hidden ? t("Show again") : t("Hide");
    }, "button secondary");
    const label = this.kind === "words" ? t("Show digits instead") : t("Show words instead");
    const other = this.list === null ? null : button(label, () => {
      this.kind = this.kind === "words" ? "digits" : "words";
      this.draw();
    }, "button quiet");
    return make("div", { class: "card", id: "receipt" }, grid, make("div", { class: "row" }, hide, other));
  }

  /** What leaves traces on the device is offered only to who says that nobody else uses it. */
  private keeping(): HTMLElement {
    const traces = make("div", { class: "stack tight", hidden: true },
      make("p", { class: "hint" }, t("A printer, the clipboard and a password manager each keep a trace. A print says neither what it is for nor whom it is for.")),
      make("div", { class: "row" },
        copyButton(t("Copy for a password manager"), () => this.parts.join(" ")),
        button(t("Print"), () => { printSheet(wordsGrid(this.parts, this.tag, this.kind), t("Page")); }, "button secondary")));
    const mine = make("input", { type: "checkbox", id: "mine" });
    mine.addEventListener("change", () => { traces.hidden = !mine.checked; });
    return make("div", {},
      make("label", { class: "choice plain" }, mine, make("span", {}, t("This device is mine alone: show other ways to keep them"))), traces);
  }

  private asked(place: number): HTMLElement {
    const id = `part-${place}`;
    const digits = this.kind === "digits";
    const label = digits ? t("Group number {place}", { place: place + 1 }) : t("Word number {place}", { place: place + 1 });
    return make("div", { class: "field" }, make("label", { for: id }, label), make("input", {
      type: "text", class: digits ? "medium digits" : "medium", id, autocapitalize: "none",
      inputmode: digits ? "numeric" : "text", ...QUIET,
    }));
  }

  private faults(): Fault[] {
    const parts = this.parts;
    return this.places.flatMap((place) => {
      const id = `part-${place}`;
      const field = this.body.querySelector<HTMLInputElement>(`#${id}`);
      if (plain(field?.value ?? "") === plain(parts[place] ?? "")) return [];
      const number = count(place + 1);
      return [{
        field: id, message: this.kind === "words"
          ? t("Word number {number} on the screen is another one. Please compare your note.", { number })
          : t("Group number {number} on the screen is another one. Please compare your note.", { number }),
      }];
    });
  }
}

/** Two of `size` places, by the browser's own generator: a fixed pair would be all that people write down. */
function twoPlaces(size: number): readonly number[] {
  const [a = 0, b = 0] = random(2);
  const one = a % size;
  const two = (one + 1 + (b % (size - 1))) % size;
  return one < two ? [one, two] : [two, one];
}

/** As typed by people: any case, any script of digits, with or without accents and spaces. */
function plain(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[\s\u0300-\u036f]/gu, "")
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
}

/** Unicode keeps the ten digits of every script together, zero first. */
export function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}
