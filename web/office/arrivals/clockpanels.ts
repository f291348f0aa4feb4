/** Panels beside the report on the screen: its clocks, how long it is kept, what was given of it; asked for anew when something was read or written. */
import { CopyPanel } from "../cases/giving.js";
import { KeepingPanel } from "../cases/keeping.js";
import { make } from "../../elements/make.js";
import { ClockPanel } from "../clocks/panel.js";
import type { Workbench } from "../views.js";
import type { Story } from "./types.js";

export class ClockPanels {
  private panel: ClockPanel | undefined;
  private keeping: KeepingPanel | undefined;
  private element = make("div", {});
  private thread = "";
  private answer = -1;
  private given: CopyPanel | undefined;
  private givenOf = "";

  /** @param lost - takes what somebody wrote for an act that could not be done */
  constructor(private readonly bench: Workbench, private readonly lost: (thread: string, words: string) => void) {}

  of(story: Story): HTMLElement {
    this.answer = Math.max(-1, ...story.entries.filter(({ chain, kind }) => chain === "o" && kind === "message").map(({ n }) => n));
    if (this.panel === undefined || this.thread !== story.thread) {
      this.panel = new ClockPanel(this.bench, story.thread, () => this.answer);
      this.keeping = new KeepingPanel(this.bench, story.thread);
      this.element = make("div", { class: "stack" }, this.panel.element, this.keeping.element);
    }
    this.thread = story.thread;
    return this.element;
  }

  /** What was given of a case to members outside it. */
  copies(story: Story): HTMLElement {
    if (this.given === undefined || this.givenOf !== story.thread) this.given = new CopyPanel(this.bench, story, this.lost);
    this.givenOf = story.thread;
    this.given.renew(story);
    return this.given.element;
  }

  /** Something was read or written: a clock may have ended by it. */
  reload(): void {
    void this.given?.load();
    void this.panel?.load();
    void this.keeping?.load();
  }
}
