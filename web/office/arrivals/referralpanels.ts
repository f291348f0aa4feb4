/** One panel of other offices for the report on the screen. */
import { ReferralPanel } from "../referral/panel.js";
import { StandingLine } from "../referral/standing.js";
import type { Workbench } from "../views.js";
import type { Story } from "./types.js";

export class ReferralPanels {
  private panel: ReferralPanel | undefined;
  private thread = "";
  private readonly lines = new Map<string, StandingLine>();

  constructor(private readonly bench: () => Workbench, private readonly changed: (thread: string, said: string) => Promise<boolean>,
    private readonly lost: (thread: string, words: string) => void) {}

  of(story: Story): HTMLElement {
    if (this.panel === undefined || this.thread !== story.thread) {
      this.panel?.leave();
      this.thread = story.thread;
      const { thread } = story;
      this.panel = new ReferralPanel(this.bench(), story, (said) => { void this.changed(thread, said); }, (words) => { this.lost(thread, words); });
    }
    this.panel.renew(story);
    return this.panel.element;
  }

  /** Whether whoever signed at the office that it comes from still did; asked once while the view stands. */
  signer(story: Story): HTMLElement {
    const line = this.lines.get(story.thread) ?? new StandingLine(this.bench(), story);
    this.lines.set(story.thread, line);
    return line.element;
  }

  leave(): void {
    this.panel?.leave();
  }
}
