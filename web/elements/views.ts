/**
 * Views inside one document. The history holds a number and nothing else: what a view shows may be unlocked, and
 * browsers write their history to the disk. After a reload the numbers mean nothing and the first view shows.
 */

/** Draws a view into `host`. What it returns is called before the next view is drawn. */
export type Draw = (host: HTMLElement) => undefined | (() => void);

export class Views {
  readonly #host: HTMLElement;
  readonly #past = new Map<number, Draw>();
  readonly #mark = crypto.getRandomValues(new Uint32Array(3)).join("-");
  #at = 0;
  #newest = 0;
  #leave: undefined | (() => void);

  /** Shows views in `host`; `first` is the one that a reload, or a history of another visit, falls back to. */
  constructor(host: HTMLElement, first: Draw) {
    this.#host = host;
    this.#past.set(0, first);
    history.replaceState({ mark: this.#mark, at: 0 }, "");
    window.addEventListener("popstate", (event) => {
      const state = event.state as { mark?: unknown; at?: unknown } | null;
      const at = state?.mark === this.#mark && typeof state.at === "number" ? state.at : 0;
      this.#at = at;
      this.#show(this.#past.get(at) ?? first, true);
    });
    this.#show(first, false);
  }

  /** Goes on to a view; the browser's "back" comes back to the one before. */
  go(draw: Draw): void {
    for (let later = this.#at + 1; later <= this.#newest; later += 1) this.#past.delete(later);
    this.#at += 1;
    this.#newest = this.#at;
    this.#past.set(this.#at, draw);
    history.pushState({ mark: this.#mark, at: this.#at }, "");
    this.#show(draw, true);
  }

  /** Shows a view in place of the present one, to which "back" shall not return (a step that is done). */
  replace(draw: Draw): void {
    this.#past.set(this.#at, draw);
    this.#show(draw, true);
  }

  /** Forgets every view but the present one: on locking nothing can be gone back to. */
  forget(): void {
    const present = this.#past.get(this.#at);
    this.#past.clear();
    if (present !== undefined) this.#past.set(this.#at, present);
  }

  #show(draw: Draw, moveFocus: boolean): void {
    this.#leave?.();
    this.#host.replaceChildren();
    this.#leave = draw(this.#host);
    if (!moveFocus) return;
    scrollTo(0, 0);
    focusHeading(this.#host);
  }
}

/** Moves the focus to the first heading, so that whoever hears the page hears where it is now. */
export function focusHeading(host: HTMLElement): void {
  const heading = host.querySelector<HTMLElement>("h1, h2") ?? host;
  if (!heading.hasAttribute("tabindex")) heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}
