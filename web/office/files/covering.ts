/** The tools while parts of a picture or of a document are covered, and the copy that comes of them. */
import { hold, make, newId } from "../../elements/make.js";
import { count, t, tn } from "../../elements/words.js";
import { pdfOfPictures, type Sheet } from "../../export/pictures.js";
import { COVERED_PAGES_MAX, VIEWED_BYTES_MAX } from "../../seal/limits.gen.js";
import type { PaintedSheet, SheetState } from "../../viewer/talk.js";
import { onlyThePicture } from "./jpeg.js";
import type { Sandbox } from "./sandbox.js";

/** A covered copy. */
export interface Covered {
  readonly bytes: Uint8Array;
  readonly bars: number;
  /** Of a document: so many pages of so many. */
  readonly pages?: { readonly going: number; readonly of: number };
}

/** What the stage lends. */
export interface Lent {
  readonly tools: HTMLElement;
  /** Buttons that are there before, too. */
  readonly zooms: readonly HTMLElement[];
  say(words: string): void;
  /** Ends the viewer, which sent what it should not. */
  refuse(): void;
  keep(copy: Covered): void;
}

export class Covering {
  private bars = 0;
  private sheet: SheetState | undefined;
  private pager: Pager | undefined;
  private painted: Sheet[] = [];
  private isPainting = false;
  /** Why no copy came about; said until something is changed. */
  private trouble = "";

  constructor(private readonly sandbox: Sandbox, private readonly lent: Lent) {}

  /** Whether somebody would lose work by leaving. */
  get hasBars(): boolean {
    return this.bars > 0;
  }

  /** The viewer's word on what is covered. */
  show(bars: number, sheet: SheetState | undefined): void {
    [this.bars, this.sheet] = [bars, sheet];
    if (this.lent.tools.dataset["covering"] === undefined) this.offer();
    if (sheet !== undefined) this.pager?.show(sheet);
    this.lent.say(this.trouble === "" ? this.words() : this.trouble);
    this.trouble = "";
  }

  /** A picture that the viewer painted: the copy, or one page of it. It is a picture, or it is nothing. */
  take(bytes: Uint8Array, at: PaintedSheet | undefined): void {
    if (!this.isPainting || (at === undefined) !== (this.sheet === undefined) || (at !== undefined && at.number !== this.painted.length)) {
      this.lent.refuse();
      return;
    }
    try {
      const picture = onlyThePicture(bytes);
      if (at === undefined) this.lent.keep({ bytes: picture.bytes, bars: this.bars });
      else this.gather({ ...picture, width: at.width, height: at.height });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.lent.refuse();
    }
  }

  /** @param page - of the document, 0 for a picture */
  fail(page: number): void {
    this.goOn(page === 0 ? t("The copy could not be drawn: the picture is larger than this browser paints. Nothing was lost.")
      : t("Page {n} could not be drawn for the copy. Leave it out, or try once more. Nothing was lost.", { n: count(page) }));
  }

  private gather(sheet: Sheet): void {
    const { going, pages } = this.sheet ?? { going: 0, pages: 0 };
    this.painted.push(sheet);
    if (this.painted.reduce((sum, { bytes }) => sum + bytes.length, 0) > VIEWED_BYTES_MAX) {
      this.goOn(t("The copy would be larger than what can be looked at here. Leave pages out, or make two copies."));
    } else if (this.painted.length < going) this.next(going);
    else this.lent.keep({ bytes: pdfOfPictures(this.painted), bars: this.bars, pages: { going, of: pages } });
  }

  private next(going: number): void {
    this.lent.say(t("Drawing page {n} of {all}…", { n: count(this.painted.length + 1), all: count(going) }));
    this.sandbox.cover({ paint: this.painted.length });
  }

  private paint(): void {
    const fault = this.fault();
    if (fault !== "") {
      this.lent.say(fault);
      return;
    }
    this.isPainting = this.lent.tools.inert = true;
    this.painted = [];
    if (this.sheet === undefined) this.sandbox.cover({ paint: 0 });
    else this.next(this.sheet.going);
  }

  /** No copy came about: everything stands as it was, under words that say why. */
  goOn(trouble: string): void {
    this.isPainting = this.lent.tools.inert = false;
    this.painted = [];
    this.trouble = trouble;
    this.sandbox.cover({ cover: "begin" });
  }

  private fault(): string {
    const { sheet, bars } = this;
    if (sheet === undefined) return bars > 0 ? "" : t("Draw a bar over what is to be covered first.");
    if (sheet.going === 0) return t("No page goes into the copy. Look at one, and do not leave it out.");
    if (sheet.going > COVERED_PAGES_MAX) return tn("A copy holds {n} page at most. Leave some out, or make two copies.", "A copy holds {n} pages at most. Leave some out, or make two copies.", COVERED_PAGES_MAX);
    return bars > 0 || sheet.going < sheet.pages ? "" : t("Draw a bar over what is to be covered first, or leave a page out.");
  }

  private words(): string {
    const { bars, sheet } = this;
    const covered = bars === 0 ? t("Draw bars over what nobody is to see. Or add one: arrow keys move it, and with Shift they stretch it.") : tn("{n} place is covered.", "{n} places are covered.", bars);
    if (sheet === undefined) return covered;
    const { going, pages } = sheet;
    return [covered, tn("{n} page goes into the copy, as a picture.", "{n} pages go into the copy, as pictures.", going),
      going === pages ? "" : tn("{n} does not: it was left out, or nobody has looked at it here.", "{n} do not: they were left out, or nobody has looked at them here.", pages - going)].filter((one) => one !== "").join(" ");
  }

  private offer(): void {
    const { sandbox, lent: { tools, zooms }, sheet } = this;
    const button = (words: string, act: () => void, kind = "button quiet"): HTMLElement => make("button", { class: kind, type: "button", onclick: act }, words);
    this.pager = sheet === undefined ? undefined : new Pager(sandbox);
    tools.dataset["covering"] = "yes";
    hold(tools, this.pager?.element ?? null, ...zooms,
      button(t("Add a bar"), () => { sandbox.cover({ cover: "add" }); sandbox.element.focus(); }),
      button(t("Take the last one away"), () => { sandbox.cover({ cover: "undo" }); }),
      this.pager?.out ?? null,
      button(t("Keep the covered copy"), () => { this.paint(); }, "button"));
  }
}

/** Which page is shown, and whether it goes. */
class Pager {
  readonly element = make("div", { class: "row pager" });
  readonly out: HTMLElement;
  private readonly number = make("input", { type: "number", min: "1", step: "1", id: newId(), inputmode: "numeric" });
  private readonly box = make("input", { type: "checkbox", id: newId() });
  private readonly of = make("span", { class: "small muted" });
  private readonly back: HTMLButtonElement;
  private readonly on: HTMLButtonElement;
  private page = 1;

  constructor(sandbox: Sandbox) {
    const turn = (to: number): void => { sandbox.cover({ turn: to }); };
    this.back = make("button", { class: "button quiet", type: "button", onclick: () => { turn(this.page - 1); } }, t("Previous page"));
    this.on = make("button", { class: "button quiet", type: "button", onclick: () => { turn(this.page + 1); } }, t("Next page"));
    this.number.addEventListener("change", () => { turn(this.number.valueAsNumber); });
    this.box.addEventListener("change", () => { sandbox.cover({ leave: this.box.checked }); });
    this.out = make("label", { class: "choice plain", for: this.box.id }, this.box, t("Leave this page out"));
    hold(this.element, this.back, make("label", { class: "small", for: this.number.id }, t("Page")), this.number, this.of, this.on);
  }

  show({ page, pages, isOut }: SheetState): void {
    this.page = page;
    this.number.max = String(pages);
    this.number.value = String(page);
    this.of.textContent = t("of {n}", { n: count(pages) });
    this.box.checked = isOut;
    // A button that goes dead under somebody's finger takes the focus with it.
    this.back.ariaDisabled = String(page === 1);
    this.on.ariaDisabled = String(page === pages);
  }
}
