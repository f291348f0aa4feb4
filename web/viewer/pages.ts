import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from "pdfjs-dist";

import { Sheets } from "./sheets.js";
import type { SheetState, Task } from "./talk.js";

/** Points of one drawn page at most: more is sharper than any screen, and a page can name any size. */
const CANVAS_MOST = 16_000_000;
/** Widths and heights beyond this shape are drawn as if they were this: a page can be a mile long and a hair wide. */
const LONGEST = 20;

interface Page {
  readonly box: HTMLElement;
  readonly number: number;
  drawing: RenderTask | undefined;
  canvas: HTMLCanvasElement | undefined;
}

/** The pages of a document one below the other. Only those that are in sight, or nearly, are drawn and kept. */
export class Pages {
  readonly count: number;
  private readonly pages: Page[] = [];
  private readonly seen: IntersectionObserver;
  private readonly visible = new Set<Page>();

  constructor(private readonly pdf: PDFDocumentProxy, private readonly host: HTMLElement, private readonly task: Task) {
    this.count = Math.min(pdf.numPages, task.pages);
    this.seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const page = this.pages.find(({ box }) => box === target);
        if (page !== undefined) this.look(page, isIntersecting);
      }
    }, { rootMargin: "50% 0px" });
  }

  /** Put a box of the first page's shape for each page, and draw what is in sight. The first page is awaited. */
  async lay(): Promise<void> {
    const first = await this.pdf.getPage(1);
    for (let number = 1; number <= this.count; number += 1) {
      const box = document.createElement("section");
      box.className = "page";
      box.setAttribute("aria-label", this.said("page", number));
      this.shape(box, first);
      this.pages.push({ box, number, drawing: undefined, canvas: undefined });
    }
    this.host.append(...this.pages.map(({ box }) => box));
    if (this.pages[0] !== undefined) {
      this.visible.add(this.pages[0]);
      await this.draw(this.pages[0]);
    }
    for (const { box } of this.pages) this.seen.observe(box);
  }

  zoom(factor: number): void {
    this.host.style.inlineSize = `${factor * 100}%`;
    for (const page of this.visible) void this.draw(page);
  }

  /** Give way to the same document with bars over it, and say at which page somebody is. */
  beginCovering(tell: (bars: number, sheet: SheetState) => void): { readonly sheets: Sheets; readonly at: number } {
    const at = this.pages.find(({ box }) => box.getBoundingClientRect().bottom > innerHeight / 3)?.number ?? 1;
    this.seen.disconnect();
    for (const page of this.visible) page.drawing?.cancel();
    this.visible.clear();
    this.host.style.inlineSize = "";
    return { sheets: new Sheets(this.pdf, this.host, this.task, this.count, tell), at };
  }

  private look(page: Page, isVisible: boolean): void {
    if (isVisible === this.visible.has(page)) return;
    if (isVisible) {
      this.visible.add(page);
      void this.draw(page);
      return;
    }
    this.visible.delete(page);
    page.drawing?.cancel();
    // A canvas of no size gives its memory back at once.
    if (page.canvas !== undefined) page.canvas.width = page.canvas.height = 0;
    page.canvas?.remove();
    page.canvas = undefined;
  }

  private async draw(page: Page): Promise<void> {
    page.drawing?.cancel();
    try {
      const proxy = await this.pdf.getPage(page.number);
      this.shape(page.box, proxy);
      const plain = proxy.getViewport({ scale: 1 });
      const wanted = (page.box.clientWidth * devicePixelRatio) / plain.width;
      const most = Math.sqrt(Math.min(CANVAS_MOST, this.task.points) / (plain.width * plain.height));
      const viewport = proxy.getViewport({ scale: Math.min(wanted, most) });
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", this.said("page", page.number));
      page.drawing = proxy.render({ canvas, viewport });
      await page.drawing.promise;
      if (!this.visible.has(page)) return;
      page.canvas?.remove();
      page.canvas = canvas;
      page.box.prepend(canvas);
      this.offerText(page, proxy);
    } catch (error) {
      if (error instanceof Error && error.name === "RenderingCancelledException") return;
      page.box.classList.add("broken");
      if (page.box.childElementCount === 0) page.box.append(paragraph(this.said("broken", page.number)));
    }
  }

  private shape(box: HTMLElement, page: PDFPageProxy): void {
    const { width, height } = page.getViewport({ scale: 1 });
    const ratio = Math.min(LONGEST, Math.max(1 / LONGEST, height / width));
    box.style.setProperty("--shape", String(ratio));
  }

  /** The words of a page as text: for who hears instead of seeing, and for quoting. */
  private offerText(page: Page, proxy: PDFPageProxy): void {
    if (page.box.querySelector("details") !== null) return;
    const details = document.createElement("details");
    details.dir = this.task.direction;
    const summary = document.createElement("summary");
    summary.textContent = this.said("text", page.number);
    details.append(summary);
    details.addEventListener("toggle", () => { void this.putText(details, proxy); }, { once: true });
    page.box.append(details);
  }

  private async putText(details: HTMLElement, proxy: PDFPageProxy): Promise<void> {
    const { items } = await proxy.getTextContent();
    const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    const block = paragraph(text.trim() === "" ? this.said("wordless", 0) : text);
    block.dir = "auto";
    block.className = "text";
    details.append(block);
  }

  private said(name: string, number: number): string {
    return (this.task.words[name] ?? "").replace("{n}", new Intl.NumberFormat(this.task.language).format(number));
  }
}

function paragraph(text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
