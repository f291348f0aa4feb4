/** A sandboxed frame in which one file is looked at, and the talk with what runs in it. */
import { make } from "../../elements/make.js";
import { direction, language, t } from "../../elements/words.js";
import { COVERED_DENSITY, COVERED_POINTS_MAX, VIEWED_PAGES_MAX, VIEWED_POINTS_MAX } from "../../seal/limits.gen.js";
import type { Answer, Cover, Order, PaintedSheet, SheetState, Task } from "../../viewer/talk.js";

/** Milliseconds in which a viewer must have come, and in which it must answer: a page of a scan takes some. */
const COMING_MS = 20_000;
const ANSWER_MS = 60_000;

export type Ended = "points" | "broken" | "locked" | "stopped" | "frame";

export interface Watcher {
  shown(pages: number, left: number): void;
  ended(why: Ended): void;
  moved(): void;
  /** While parts are covered; `sheet` is of a document. */
  covered?(bars: number, sheet: SheetState | undefined): void;
  painted?(bytes: Uint8Array, sheet: PaintedSheet | undefined): void;
  unpainted?(page: number): void;
  leave(): void;
}

/** One viewer: `element` goes into the page, then `show` gives it the file. */
export class Sandbox {
  readonly element: HTMLIFrameElement;
  private readonly ready: Promise<Window>;
  private port: MessagePort | undefined;
  private beat = 0;
  private answered = 0;
  private asked = 0;

  /** @param address - of the viewer; the page's policy allows its exact address and no other */
  constructor(address: string, private readonly watcher: Watcher) {
    this.element = make("iframe", { class: "viewer", sandbox: "allow-scripts", src: address, referrerpolicy: "no-referrer", title: t("The file") });
    this.ready = new Promise((done, failed) => {
      const late = setTimeout(() => { failed(new Error("the viewer did not come")); }, COMING_MS);
      const hear = (event: MessageEvent<unknown>): void => {
        const frame = this.element.contentWindow;
        // An origin that is nobody's is written "null"; the frame itself is known by its window.
        if (frame === null || event.source !== frame || event.origin !== "null") return;
        removeEventListener("message", hear);
        clearTimeout(late);
        done(frame);
      };
      addEventListener("message", hear);
    });
    this.ready.catch(() => undefined);
  }

  /** @param bare - without the menu by which a browser saves a picture */
  async show(bytes: Uint8Array, type: string, bare = false): Promise<void> {
    let frame: Window;
    try {
      frame = await this.ready;
    } catch {
      this.end("frame");
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }: MessageEvent<Answer>) => { this.hear(data); };
    const task: Task = {
      bytes, type, bare, language: language(), direction: direction(), points: VIEWED_POINTS_MAX, pages: VIEWED_PAGES_MAX,
      density: COVERED_DENSITY, sheet: COVERED_POINTS_MAX,
      words: {
        picture: t("The picture"), page: t("Page {n}"), text: t("Text of page {n}"), broken: t("Page {n} could not be drawn."),
        wordless: t("This page has no text of its own; it may be a picture of text."),
        leftout: t("Left out of the copy"),
      },
    };
    // An opaque origin cannot be named as the target; who gets it is the window that has just answered.
    frame.postMessage(task, "*", [port2, bytes.buffer]);
    this.answered = Date.now();
    this.beat = window.setInterval(() => { this.look(); }, ANSWER_MS / 3);
  }

  zoom(factor: number): void {
    const order: Order = { zoom: factor };
    this.port?.postMessage(order);
  }

  cover(order: Cover): void {
    this.port?.postMessage(order);
  }

  /** End it and all that it held. */
  close(): void {
    clearInterval(this.beat);
    this.port?.close();
    this.element.remove();
  }

  private hear(answer: Answer): void {
    this.answered = Date.now();
    switch (answer.said) {
      case "shown": this.watcher.shown(answer.pages, answer.left); break;
      case "refused": this.end(answer.why); break;
      case "covered": this.watcher.covered?.(answer.bars, answer.sheet); break;
      case "painted": this.watcher.painted?.(answer.bytes, answer.sheet); break;
      case "unpainted": this.watcher.unpainted?.(answer.page); break;
      case "moved": this.watcher.moved(); break;
      case "leave": this.watcher.leave(); break;
      case "here": break;
    }
  }

  private look(): void {
    if (Date.now() - this.answered > ANSWER_MS) {
      this.end("stopped");
      return;
    }
    this.asked += 1;
    const order: Order = { ask: this.asked };
    this.port?.postMessage(order);
  }

  private end(why: Ended): void {
    this.close();
    this.watcher.ended(why);
  }
}
