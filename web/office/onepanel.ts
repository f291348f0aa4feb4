/** One panel for the report on the screen: made for it once, told when it is drawn anew, left when another is opened. */
import type { Story } from "./arrivals/types.js";

export interface Panel {
  readonly element: HTMLElement;
  /** The same report was drawn anew. */
  show?(story: Story): void;
  /** Another report is on the screen, or none. */
  leave?(): void;
}

export class OnePanel<Shown extends Panel> {
  private panel: Shown | undefined;
  private thread = "";

  constructor(private readonly begin: (story: Story) => Shown) {}

  /** The element to put beside this report. */
  of(story: Story): HTMLElement {
    if (this.panel !== undefined && this.thread === story.thread) {
      this.panel.show?.(story);
      return this.panel.element;
    }
    this.leave();
    this.thread = story.thread;
    this.panel = this.begin(story);
    return this.panel.element;
  }

  /** The panel that stands there now. */
  get now(): Shown | undefined {
    return this.panel;
  }

  leave(): void {
    this.panel?.leave?.();
    this.panel = undefined;
  }
}
