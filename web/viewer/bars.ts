/** Bars over a sheet, as numbers: how keys move them, and how they are painted into the copy. */

/** In parts of the sheet, from its upper left corner: 0 to 1, the same at whatever size the sheet is drawn. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What of a canvas's pen is needed to paint them. */
export type Pen = Pick<CanvasRenderingContext2D, "fillStyle" | "fillRect">;

/** A bar that is added by a key lies in the middle. */
export const ADDED: Bar = { x: 0.35, y: 0.46, width: 0.3, height: 0.08 };
const STEP = 0.02;
const LEAST = 0.005;

/** The bar between two corners. */
export function between(from: Pick<Bar, "x" | "y">, to: Pick<Bar, "x" | "y">): Bar {
  return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
}

/** The bar after an arrow key, which moves it, or with `stretches` its far edge; undefined after any other key. */
export function moved(bar: Bar, key: string, stretches: boolean): Bar | undefined {
  const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[key];
  if (by === undefined) return undefined;
  const [across = 0, down = 0] = by;
  return stretches
    ? { ...bar, width: clamp(bar.width + across, LEAST, 1 - bar.x), height: clamp(bar.height + down, LEAST, 1 - bar.y) }
    : { ...bar, x: clamp(bar.x + across, 0, 1 - bar.width), y: clamp(bar.y + down, 0, 1 - bar.height) };
}

/** Paint them black, to whole points outwards, so that no edge shines through. */
export function paintBars(pen: Pen, { width, height }: { readonly width: number; readonly height: number }, bars: readonly Bar[]): void {
  pen.fillStyle = "#000";
  for (const bar of bars) {
    const [left, top] = [Math.floor(bar.x * width), Math.floor(bar.y * height)];
    pen.fillRect(left, top, Math.ceil((bar.x + bar.width) * width) - left, Math.ceil((bar.y + bar.height) * height) - top);
  }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
