/** Panels beside the report on the screen: its clocks, how long it is kept, what was given of it; asked for anew when something was read or written. */
import { CopyPanel } from "../cases/giving.js";
import { KeepingPanel } from "../cases/keeping.js";
import { make } from "../../elements/make.js";
import { ClockPanel } from "../clocks/panel.js";
import { OnePanel } from "../onepanel.js";
import type { Workbench } from "../views.js";
import type { Story } from "./types.js";

export class ClockPanels {
  private readonly clocks: OnePanel<ClockAndKeeping>;
  private readonly given: OnePanel<CopyPanel>;

  /** @param lost - takes what somebody wrote for an act that could not be done */
  constructor(bench: Workbench, lost: (thread: string, words: string) => void) {
    this.clocks = new OnePanel((story) => new ClockAndKeeping(bench, story));
    this.given = new OnePanel((story) => new CopyPanel(bench, story, lost));
  }

  of(story: Story): HTMLElement {
    return this.clocks.of(story);
  }

  /** What was given of a case to members outside it. */
  copies(story: Story): HTMLElement {
    return this.given.of(story);
  }

  /** Something was read or written: a clock may have ended by it. */
  reload(): void {
    void this.given.now?.load();
    this.clocks.now?.load();
  }
}

class ClockAndKeeping {
  readonly element: HTMLElement;
  private readonly clock: ClockPanel;
  private readonly keeping: KeepingPanel;

  constructor(bench: Workbench, private story: Story) {
    this.clock = new ClockPanel(bench, story.thread, () => answerOf(this.story));
    this.keeping = new KeepingPanel(bench, story.thread);
    this.element = make("div", { class: "stack" }, this.clock.element, this.keeping.element);
  }

  show(story: Story): void {
    this.story = story;
  }

  load(): void {
    void this.clock.load();
    void this.keeping.load();
  }
}

/** Place of the newest answer to the reporting person; −1 for none. */
function answerOf({ entries }: Story): number {
  return Math.max(-1, ...entries.filter(({ chain, kind }) => chain === "o" && kind === "message").map(({ n }) => n));
}
