import { announce } from "./announce";
import { make } from "./make";

const WORKING = ["aria-busy", "aria-disabled"] as const;

/**
 * Runs `work` once however often the button is pressed, and shows that it runs. The button keeps its focus: a
 * disabled one would lose it, and with it the place of whoever does not use a mouse. To a screen reader it says that
 * it cannot be pressed meanwhile.
 */
export async function busy<Result>(button: HTMLElement, work: () => Promise<Result>): Promise<Result | null> {
  if (button.getAttribute("aria-busy") === "true") return null;
  // What is disabled disables what is in it: a form that works still has a button that ends it.
  const names = button instanceof HTMLButtonElement ? WORKING : WORKING.slice(0, 1);
  for (const name of names) button.setAttribute(name, "true");
  try {
    return await work();
  } finally {
    for (const name of WORKING) button.removeAttribute(name);
  }
}

/** A bar that fills while something long runs. */
export class Progress {
  readonly element: HTMLElement;
  readonly #bar = make("progress", { max: 1 });
  readonly #line = make("span", { class: "small" });
  #quarter = 0;

  constructor(label: string) {
    this.element = make("label", { class: "progress" }, make("span", {}, label), this.#bar, this.#line);
  }

  /** `done` of `total`, and a sentence about it; each quarter is also said aloud, not each step. */
  show(done: number, total: number, sentence: string): void {
    this.#bar.max = total;
    this.#bar.value = done;
    this.#line.textContent = sentence;
    const quarter = total > 0 ? Math.floor((4 * done) / total) : 0;
    if (quarter === this.#quarter) return;
    this.#quarter = quarter;
    announce(sentence);
  }
}
