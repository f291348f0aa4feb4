/**
 * Bars over a picture or a drawn page, drawn with a pointer or moved by keys. All of it happens in the sandbox, so that a
 * file that does harm does it where nothing is.
 */
import { ADDED, between, clamp, moved, type Bar } from "./bars.js";

/** A press that was no stroke, in points of the screen. */
const LEAST = 4;

export class Covering {
  readonly frame = document.createElement("div");
  private readonly elements: HTMLElement[] = [];
  private readonly going = new AbortController();

  /**
   * @param sheet - where it stands in the document, `frame` takes its place
   * @param bars - those that it has already; kept up to date
   * @param told - after each change
   */
  constructor(private readonly sheet: HTMLElement, private readonly bars: Bar[], private readonly told: () => void) {
    this.frame.className = "covered";
    sheet.draggable = false;
    sheet.replaceWith(this.frame);
    this.frame.append(sheet);
    for (const bar of bars) this.place(this.element(), bar);
    this.frame.addEventListener("pointerdown", (event) => { this.draw(event); });
    document.addEventListener("keydown", (event) => { this.move(event); }, { signal: this.going.signal });
  }

  add(): void {
    this.put(ADDED);
    this.told();
  }

  undo(): void {
    this.drop();
    this.told();
  }

  /** No key moves a bar of it any more. */
  end(): void {
    this.going.abort();
  }

  /** From where a pointer goes down to where it is lifted. A second finger makes it a gesture of the browser's, and no bar. */
  private draw(down: PointerEvent): void {
    if (down.button !== 0 || !down.isPrimary || this.frame.matches("[inert] *, .out")) return;
    down.preventDefault();
    const from = this.point(down), going = new AbortController(), { signal } = going;
    const at = this.put(between(from, from));
    this.frame.setPointerCapture(down.pointerId);
    this.frame.addEventListener("pointermove", (event) => { this.set(at, between(from, this.point(event))); }, { signal });
    this.frame.addEventListener("pointerup", (up) => {
      going.abort();
      if (Math.min(Math.abs(up.clientX - down.clientX), Math.abs(up.clientY - down.clientY)) < LEAST) this.drop();
      this.told();
    }, { signal });
    this.frame.addEventListener("pointercancel", () => {
      going.abort();
      this.undo();
    }, { signal });
  }

  /** Arrows move the last bar; with Shift they stretch it. */
  private move(event: KeyboardEvent): void {
    const at = this.bars.length - 1, bar = this.bars[at];
    const to = bar === undefined || this.frame.matches("[inert] *, .out") ? undefined : moved(bar, event.key, event.shiftKey);
    if (to === undefined) return;
    event.preventDefault();
    this.set(at, to);
  }

  private point({ clientX, clientY }: PointerEvent): Pick<Bar, "x" | "y"> {
    const { left, top, width, height } = this.sheet.getBoundingClientRect();
    return { x: clamp((clientX - left) / width, 0, 1), y: clamp((clientY - top) / height, 0, 1) };
  }

  private put(bar: Bar): number {
    const at = this.bars.push(bar) - 1;
    this.place(this.element(), bar);
    return at;
  }

  private drop(): void {
    this.bars.pop();
    this.elements.pop()?.remove();
  }

  private set(at: number, bar: Bar): void {
    this.bars[at] = bar;
    const element = this.elements[at];
    if (element !== undefined) this.place(element, bar);
  }

  private element(): HTMLElement {
    const element = document.createElement("div");
    element.className = "bar";
    this.frame.append(element);
    this.elements.push(element);
    return element;
  }

  private place({ style }: HTMLElement, { x, y, width, height }: Bar): void {
    style.left = `${x * 100}%`;
    style.top = `${y * 100}%`;
    style.width = `${width * 100}%`;
    style.height = `${height * 100}%`;
  }
}
