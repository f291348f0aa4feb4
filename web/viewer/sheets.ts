/** A document while parts of it are covered: one page at a time, drawn as the copy will have it, with bars over it. */
import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";

import { clamp, type Bar } from "./bars.js";
import { codedPage, drawSheet, type Fineness } from "./copying.js";
import { Covering } from "./covering.js";
import type { Answer, SheetState, Task } from "./talk.js";

/** Of one page: what lies over it, and whether it goes into the copy. */
interface Sheet {
  readonly bars: Bar[];
  isOut: boolean;
  /** It was on the screen, whole. What nobody has looked at goes nowhere. */
  isSeen: boolean;
}

export class Sheets {
  private readonly sheets: readonly Sheet[];
  private at = 0;
  private turns = 0;
  private covering: Covering | undefined;
  private drawing: RenderTask | undefined;

  /**
   * @param count - of the pages that can be looked at
   * @param tell - takes what is to be said of the copy after each change
   */
  constructor(private readonly pdf: PDFDocumentProxy, private readonly host: HTMLElement, private readonly task: Task, count: number, private readonly tell: (bars: number, sheet: SheetState) => void) {
    this.sheets = Array.from({ length: count }, () => ({ bars: [], isOut: false, isSeen: false }));
    host.classList.add("covering");
    document.addEventListener("keydown", (event) => { this.leaf(event); });
  }

  /** Show a page, counted from 1; the nearest where there is none of that number. */
  async turn(to: number): Promise<void> {
    const at = clamp(Math.round(to) || 1, 1, this.sheets.length) - 1, sheet = this.sheets[at];
    if (sheet === undefined || this.host.inert) return;
    const turn = this.turns += 1;
    this.at = at;
    this.covering?.end();
    this.covering = undefined;
    this.drawing?.cancel();
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.said("page", at + 1));
    try {
      await drawSheet(await this.pdf.getPage(at + 1), canvas, this.fineness, (task) => { this.drawing = task; });
    } catch {
      if (this.turns === turn) this.show(broken(this.said("broken", at + 1)));
      return;
    }
    // Somebody may have gone on meanwhile.
    if (this.turns !== turn) return;
    sheet.isSeen = true;
    this.covering = new Covering(canvas, sheet.bars, () => { this.say(); });
    this.covering.frame.classList.add("sheet");
    this.covering.frame.style.setProperty("--shape", String(canvas.height / canvas.width));
    this.show(this.covering.frame);
  }

  add(): void {
    if (this.sheets[this.at]?.isOut === false) this.covering?.add();
  }

  undo(): void {
    this.covering?.undo();
  }

  leave(isOut: boolean): void {
    const sheet = this.sheets[this.at];
    if (sheet === undefined || this.host.inert) return;
    sheet.isOut = isOut;
    this.mark();
    this.say();
  }

  zoom(factor: number): void {
    this.host.style.setProperty("--zoom", String(factor));
  }

  /** Nothing can be changed while the copy is drawn. */
  hold(isHeld: boolean): void {
    this.host.inert = isHeld;
    if (!isHeld) this.say();
  }

  /** The picture of one page of the copy, counted from 0. */
  async paint(number: number): Promise<Answer> {
    const going = this.sheets.flatMap((sheet, at) => (goes(sheet) ? [{ bars: sheet.bars, page: at + 1 }] : []));
    const one = going[number];
    if (one === undefined) throw new RangeError("no such page");
    try {
      const { bytes, width, height } = await codedPage(await this.pdf.getPage(one.page), this.fineness, one.bars);
      return { said: "painted", bytes, sheet: { number, of: going.length, width, height } };
    } catch {
      return { said: "unpainted", page: one.page };
    }
  }

  private show(element: HTMLElement): void {
    this.host.replaceChildren(element);
    scrollTo(0, 0);
    this.mark();
    this.say();
  }

  private mark(): void {
    const isOut = this.sheets[this.at]?.isOut === true;
    this.host.firstElementChild?.classList.toggle("out", isOut);
    this.host.querySelector(".leftout")?.remove();
    if (!isOut) return;
    const said = document.createElement("p");
    said.className = "leftout";
    said.dir = this.task.direction;
    said.textContent = this.task.words["leftout"] ?? "";
    this.host.firstElementChild?.append(said);
  }

  private say(): void {
    const going = this.sheets.filter(goes), bars = going.reduce((sum, sheet) => sum + sheet.bars.length, 0);
    this.tell(bars, { page: this.at + 1, pages: this.sheets.length, going: going.length, isOut: this.sheets[this.at]?.isOut === true });
  }

  private leaf(event: KeyboardEvent): void {
    const by = { PageUp: -1, PageDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    void this.turn(this.at + 1 + by);
  }

  private get fineness(): Fineness {
    return { density: this.task.density, points: this.task.sheet };
  }

  private said(name: string, number: number): string {
    return (this.task.words[name] ?? "").replace("{n}", new Intl.NumberFormat(this.task.language).format(number));
  }
}

function goes({ isSeen, isOut }: Sheet): boolean {
  return isSeen && !isOut;
}

function broken(words: string): HTMLElement {
  const section = document.createElement("section"), said = document.createElement("p");
  section.className = "page broken";
  said.textContent = words;
  section.append(said);
  return section;
}
