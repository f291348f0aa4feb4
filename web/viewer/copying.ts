/** Sheets of a covered copy: drawn, barred, and coded as a picture. What was under a bar is not in it. */
import type { PDFPageProxy, RenderTask } from "pdfjs-dist";

import { paintBars, type Bar } from "./bars.js";

/** A photograph stays small, and bars stay black: they are painted before it is compressed. */
const PHOTOGRAPH = 0.92;
/** Small print of a page stays clean, at half the size. */
const PAGE = 0.85;
/** Points of PDF in an inch. */
const INCH = 72;

/** Points an inch, and points of the whole, at most. */
export interface Fineness {
  readonly density: number;
  readonly points: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Coded {
  readonly bytes: Uint8Array;
  /** Of a page, in points of PDF. */
  readonly width: number;
  readonly height: number;
}

/**
 * Draw a page as the copy will have it, onto a canvas that is given its size. A larger sheet is drawn coarser.
 *
 * @param begun - takes the drawing, which can be cancelled
 */
export async function drawSheet(page: PDFPageProxy, canvas: HTMLCanvasElement, { density, points }: Fineness, begun: (task: RenderTask) => void = () => undefined): Promise<void> {
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(density / INCH, Math.sqrt(points / (width * height))) });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const task = page.render({ canvas, viewport });
  begun(task);
  await task.promise;
}

/**
 * The picture of a page with its bars in it. Throws where it cannot be drawn or coded.
 *
 * @param fresh - makes a canvas
 */
export async function codedPage(page: PDFPageProxy, fineness: Fineness, bars: readonly Bar[], fresh: () => HTMLCanvasElement = canvasOfPage): Promise<Coded> {
  const drawn = fresh();
  await drawSheet(page, drawn, fineness);
  const { width, height } = page.getViewport({ scale: 1 });
  const bytes = await coded(drawn, drawn, bars, PAGE, fresh());
  emptied(drawn);
  return { bytes, width, height };
}

/** A picture with its bars in it. Throws where the browser cannot paint one of this size. */
export async function codedPicture(source: Blob, bars: readonly Bar[]): Promise<Uint8Array> {
  const bitmap = await createImageBitmap(source);
  return coded(bitmap, bitmap, bars, PHOTOGRAPH, canvasOfPage());
}

/**
 * Onto another canvas than the one on which a page was drawn: a page cuts its pen to a corner, moves it aside or makes it
 * transparent, and a bar must not hang on pdf.js having put it back.
 */
async function coded(source: CanvasImageSource, { width, height }: Size, bars: readonly Bar[], quality: number, canvas: HTMLCanvasElement): Promise<Uint8Array> {
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d");
  if (pen === null) throw new RangeError("no canvas");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(source, 0, 0);
  paintBars(pen, { width, height }, bars);
  const painted = await new Promise<Blob | null>((done) => { canvas.toBlob(done, "image/jpeg", quality); });
  emptied(canvas);
  if (painted === null) throw new RangeError("too large");
  return new Uint8Array(await painted.arrayBuffer());
}

function canvasOfPage(): HTMLCanvasElement {
  return document.createElement("canvas");
}

/** A canvas of no size gives its memory back at once. */
function emptied(canvas: HTMLCanvasElement): void {
  canvas.width = canvas.height = 0;
}
