/**
 * Bars over a picture, drawn with a pointer or moved by keys, and a new picture in which they are painted: what was under
 * them is not in it. All of it happens in the sandbox, so that a picture that does harm does it where nothing is.
 */

/** In points of the picture itself. */
interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A bar that is added by a key, and a step by which keys move or stretch one, as parts of the picture. */
const ADDED = { width: 0.3, height: 0.08 };
const STEP = 0.02;
/** A press that was no stroke. */
const LEAST = 4;
/** A photograph stays small, and bars stay black: they are painted before it is compressed. */
const QUALITY = 0.92;

export class Covering {
  private readonly bars: { readonly bar: Bar; readonly element: HTMLElement }[] = [];
  private readonly frame = document.createElement("div");

  /** @param told - how many bars there are, after each change */
  constructor(private readonly image: HTMLImageElement, private readonly told: (bars: number) => void) {
    this.frame.className = "covered";
    image.draggable = false;
    image.replaceWith(this.frame);
    this.frame.append(image);
    this.frame.addEventListener("pointerdown", (event) => { this.draw(event); });
    document.addEventListener("keydown", (event) => { this.move(event); });
  }

  begin(): void {
    this.told(this.bars.length);
  }

  add(): void {
    const { naturalWidth: all, naturalHeight: high } = this.image;
    const [width, height] = [all * ADDED.width, high * ADDED.height];
    this.put({ x: (all - width) / 2, y: (high - height) / 2, width, height });
    this.told(this.bars.length);
  }

  undo(): void {
    this.bars.pop()?.element.remove();
    this.told(this.bars.length);
  }

  /** Throws where the browser cannot paint a picture of this size. */
  async paint(source: Blob): Promise<Uint8Array> {
    const bitmap = await createImageBitmap(source);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    const pen = canvas.getContext("2d");
    if (pen === null) throw new RangeError("no canvas");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0);
    pen.fillStyle = "#000";
    const [across, down] = [canvas.width / this.image.naturalWidth, canvas.height / this.image.naturalHeight];
    // To whole points outwards, so that no edge shines through.
    for (const { bar } of this.bars) {
      const [left, top] = [Math.floor(bar.x * across), Math.floor(bar.y * down)];
      pen.fillRect(left, top, Math.ceil((bar.x + bar.width) * across) - left, Math.ceil((bar.y + bar.height) * down) - top);
    }
    const painted = await new Promise<Blob | null>((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    if (painted === null) throw new RangeError("too large");
    return new Uint8Array(await painted.arrayBuffer());
  }

  /** From where a pointer goes down to where it is lifted. */
  private draw(down: PointerEvent): void {
    if (down.button !== 0) return;
    down.preventDefault();
    const from = this.point(down);
    const made = this.put({ ...from, width: 0, height: 0 });
    const going = new AbortController();
    const follow = (event: PointerEvent): void => {
      const to = this.point(event);
      Object.assign(made.bar, { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
      this.place(made);
    };
    this.frame.setPointerCapture(down.pointerId);
    this.frame.addEventListener("pointermove", follow, { signal: going.signal });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.frame.addEventListener(end, () => {
        going.abort();
        if (made.bar.width < LEAST || made.bar.height < LEAST) this.undo();
        else this.told(this.bars.length);
      }, { signal: going.signal });
    }
  }

  /** Arrows move the last bar; with Shift they stretch it. */
  private move(event: KeyboardEvent): void {
    const made = this.bars.at(-1);
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (made === undefined || by === undefined) return;
    event.preventDefault();
    const { naturalWidth: all, naturalHeight: high } = this.image, { bar } = made;
    const [across, down] = [(by[0] ?? 0) * STEP * all, (by[1] ?? 0) * STEP * high];
    if (event.shiftKey) [bar.width, bar.height] = [clamp(bar.width + across, LEAST, all - bar.x), clamp(bar.height + down, LEAST, high - bar.y)];
    else [bar.x, bar.y] = [clamp(bar.x + across, 0, all - bar.width), clamp(bar.y + down, 0, high - bar.height)];
    this.place(made);
  }

  private point({ clientX, clientY }: PointerEvent): { readonly x: number; readonly y: number } {
    const { left, top, width, height } = this.image.getBoundingClientRect();
    const { naturalWidth: all, naturalHeight: high } = this.image;
    return { x: clamp((clientX - left) / width * all, 0, all), y: clamp((clientY - top) / height * high, 0, high) };
  }

  private put(bar: Bar): { readonly bar: Bar; readonly element: HTMLElement } {
    const element = document.createElement("div");
    element.className = "bar";
    this.frame.append(element);
    const made = { bar, element };
    this.bars.push(made);
    this.place(made);
    return made;
  }

  private place({ bar, element: { style } }: { readonly bar: Bar; readonly element: HTMLElement }): void {
    const { naturalWidth: all, naturalHeight: high } = this.image;
    style.left = `${bar.x / all * 100}%`;
    style.top = `${bar.y / high * 100}%`;
    style.width = `${bar.width / all * 100}%`;
    style.height = `${bar.height / high * 100}%`;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
