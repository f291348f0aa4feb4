/** One panel for the case or mailbox on the screen, kept while it stays there. */
import type { CaseStage } from "../arrivals/caseacts.js";
import type { Story } from "../arrivals/types.js";
import { HearingPanel } from "./panel.js";
import { RequestsPanel } from "./requests.js";

export class HearingPanels {
  private panel: HearingPanel | RequestsPanel | undefined;
  private thread = "";

  constructor(private readonly stage: () => CaseStage) {}

  of(story: Story): HTMLElement {
    if (this.panel === undefined || this.thread !== story.thread) this.panel = story.opened === null ? new HearingPanel(this.stage(), story) : new RequestsPanel(this.stage(), story);
    else this.panel.show(story);
    this.thread = story.thread;
    return this.panel.element;
  }
}
