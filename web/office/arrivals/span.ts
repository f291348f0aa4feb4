/** Which part of a long list is on the screen. Rows have one height, so that a hundred thousand need no measuring. */

/** Rows kept ready above and below what is seen, so that a turn of the wheel shows no gap. */
const MARGIN = 12;
const GUESS = 64;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The rows that `list` has on the screen now, and a few more; the first ones where it is not on the page yet. */
export function spanOf(list: HTMLElement | null): Span {
  if (list === null) return { from: 0, to: Math.ceil(innerHeight / GUESS) + MARGIN };
  const height = rowHeight(list);
  const top = list.getBoundingClientRect().top;
  const first = Math.floor(Math.max(0, -top) / height);
  return { from: Math.max(0, first - MARGIN), to: first + Math.ceil(innerHeight / height) + MARGIN };
}

/** Scrolls as little as shows the row at `at` whole. */
export function reveal(list: HTMLElement, at: number): void {
  const height = rowHeight(list);
  const scroller = scrollerOf(list);
  const bar = list.parentElement?.querySelector(".toolbar")?.getBoundingClientRect().height ?? 0;
  const seen = scroller === document.scrollingElement ? { top: 0, height: innerHeight } : scroller.getBoundingClientRect();
  const row = list.getBoundingClientRect().top + at * height - seen.top;
  if (row < bar) scroller.scrollTop += row - bar;
  else if (row + height > seen.height) scroller.scrollTop += row + height - seen.height;
}

function rowHeight(list: HTMLElement): number {
  const height = list.querySelector(":scope > li")?.getBoundingClientRect().height ?? GUESS;
  return height > 0 ? height : GUESS;
}

function scrollerOf(list: HTMLElement): Element {
  const pane = list.closest(".side");
  const scrolls = pane !== null && pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible";
  return scrolls ? pane : document.scrollingElement ?? document.documentElement;
}
