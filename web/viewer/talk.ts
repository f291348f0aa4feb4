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
}

/** Workbench to viewer, over the port. */
export type Order = { readonly zoom: number } | { readonly ask: number }
  /** Of a picture: let bars be drawn over it, add one, take the last one off, or give the picture with its bars painted in. */
  | { readonly cover: "begin" | "add" | "undo" | "paint" };

/** Viewer to workbench, over the port. */
export type Answer =
  /** It is on the screen; `pages` is 0 for a picture, `left` counts the pages that are not shown. */
  | { readonly said: "shown"; readonly pages: number; readonly left: number }
  | { readonly said: "refused"; readonly why: "points" | "broken" | "locked" }
  /** Still alive: the number that was asked. A viewer that a file has brought to a stop does not answer. */
  | { readonly said: "here"; readonly ask: number }
  /** How many bars are over the picture now. */
  | { readonly said: "covered"; readonly bars: number }
  /** A new picture, in which nothing lies under the bars. */
  | { readonly said: "painted"; readonly bytes: Uint8Array }
  /** Somebody moves in it; or wants to leave it by the Escape key. */
  | { readonly said: "moved" | "leave" };

export interface Viewer {
  /** Show the file. */
  show(task: Task, say: (answer: Answer) => void): Promise<void>;
  /** Show it larger or smaller; 1 is the width of the frame. */
  zoom(factor: number): void;
  /** What a viewer of documents does not do. */
  cover?(what: "begin" | "add" | "undo" | "paint", say: (answer: Answer) => void): Promise<void>;
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
      else if ("cover" in order.data) viewer.cover?.(order.data.cover, say).catch(() => { say({ said: "refused", why: "broken" }); });
      else say({ said: "here", ask: order.data.ask });
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
