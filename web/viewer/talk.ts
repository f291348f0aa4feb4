/**
 * What a viewer and the workbench say to each other. The viewer lives in a sandbox: an origin that is nobody's, no
 * network, no storage. It gets bytes and words once, and answers over the port that came with them.
 */

/** Workbench to viewer, once. */
export interface Task {
  /** The file, or as much of it as is to be shown. */
  readonly bytes: Uint8Array;
  /** The media type that the file's first bytes told; one of a closed list. */
  readonly type: string;
  /** Without the menu by which a browser saves a picture. */
  readonly bare: boolean;
  readonly language: string;
  readonly direction: string;
  /** Texts for the viewer by name; it has no catalogue of its own. */
  readonly words: Readonly<Record<string, string>>;
  /** Picture points that are decoded at most, of a picture or of one page. */
  readonly points: number;
  /** Pages that are laid out at most. */
  readonly pages: number;
  /** Of a covered copy's pages: points an inch, and points of one at most. */
  readonly density: number;
  readonly sheet: number;
}

/** Workbench to viewer, over the port. */
export type Order = { readonly zoom: number } | { readonly ask: number }
  | Cover;

/** What is done while parts are covered. */
export type Cover =
  /** Let bars be drawn, or go on after a copy that did not come about; add one; take the last one off. */
  | { readonly cover: "begin" | "add" | "undo" }
  /** Of a document: show this page, counted from 1; leave the one that is shown out of the copy, or take it in again. */
  | { readonly turn: number } | { readonly leave: boolean }
  /** Give a picture with its bars painted in, or this page of the copy, counted from 0. Nothing is changed meanwhile. */
  | { readonly paint: number };

/** Where a document stands while parts of it are covered. */
export interface SheetState {
  /** The one that is shown, counted from 1. */
  readonly page: number;
  readonly pages: number;
  /** So many go into the copy: looked at, and not left out. */
  readonly going: number;
  readonly isOut: boolean;
}

/** One page of the copy: which, counted from 0, of how many, and its size in points of PDF. */
export interface PaintedSheet {
  readonly number: number;
  readonly of: number;
  readonly width: number;
  readonly height: number;
}

/** Viewer to workbench, over the port. */
export type Answer =
  /** It is on the screen; `pages` is 0 for a picture, `left` counts the pages that are not shown. */
  | { readonly said: "shown"; readonly pages: number; readonly left: number }
  | { readonly said: "refused"; readonly why: "points" | "broken" | "locked" }
  /** Still alive: the number that was asked. A viewer that a file has brought to a stop does not answer. */
  | { readonly said: "here"; readonly ask: number }
  /** How many bars are over what goes into the copy now; of a document also where it stands. */
  | { readonly said: "covered"; readonly bars: number; readonly sheet?: SheetState }
  /** A new picture, in which nothing lies under the bars; of a document one for each page. */
  | { readonly said: "painted"; readonly bytes: Uint8Array; readonly sheet?: PaintedSheet }
  /** It could not be drawn for the copy; `page` is that of the document, 0 for a picture. */
  | { readonly said: "unpainted"; readonly page: number }
  /** Somebody moves in it; or wants to leave it by the Escape key. */
  | { readonly said: "moved" | "leave" };

export interface Viewer {
  /** Show the file. */
  show(task: Task, say: (answer: Answer) => void): Promise<void>;
  /** Show it larger or smaller; 1 is the width of the frame. */
  zoom(factor: number): void;
  cover(order: Cover, say: (answer: Answer) => void): Promise<void>;
}

/** Wait for the one task, and serve it. */
export function serve(viewer: Viewer): void {
  let taken = false;
  addEventListener("message", (event: MessageEvent<Task>) => {
    const [port] = event.ports;
    if (taken || event.source !== parent || port === undefined) return;
    taken = true;
    const say = (answer: Answer): void => { port.postMessage(answer); };
    port.onmessage = (order: MessageEvent<Order>) => {
      if ("zoom" in order.data) viewer.zoom(order.data.zoom);
      else if ("ask" in order.data) say({ said: "here", ask: order.data.ask });
      else viewer.cover(order.data, say).catch(() => { say({ said: "refused", why: "broken" }); });
    };
    for (const kind of ["pointerdown", "keydown", "scroll"]) {
      addEventListener(kind, () => { say({ said: "moved" }); }, { passive: true, capture: true });
    }
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") say({ said: "leave" }); });
    if (event.data.bare) addEventListener("contextmenu", (menu) => { menu.preventDefault(); });
    document.documentElement.lang = event.data.language;
    viewer.show(event.data, say).catch(() => { say({ said: "refused", why: "broken" }); });
  });
  // Whoever holds this frame is ours: the policy of this document lets nobody else.
  parent.postMessage({ viewer: "ready" }, "*");
}
