/** What of other offices stands beside the report on the screen: what was passed on, and who signed where it comes from. */
import { OnePanel } from "../onepanel.js";
import { ReferralPanel } from "../referral/panel.js";
import { StandingLine } from "../referral/standing.js";
import type { Workbench } from "../views.js";
import type { Story } from "./types.js";

export class ReferralPanels {
  private readonly panel: OnePanel<ReferralPanel>;
  private readonly lines = new Map<string, StandingLine>();

  constructor(private readonly bench: () => Workbench, changed: (thread: string, said: string) => Promise<boolean>, lost: (thread: string, words: string) => void) {
    this.panel = new OnePanel((story) => new ReferralPanel(bench(), story,
      (said) => { void changed(story.thread, said); }, (words) => { lost(story.thread, words); }));
  }

  of(story: Story): HTMLElement {
    return this.panel.of(story);
  }

  /** Whether whoever signed at the office that it comes from still did; asked once while the view stands. */
  signer(story: Story): HTMLElement {
    const line = this.lines.get(story.thread) ?? new StandingLine(this.bench(), story);
    this.lines.set(story.thread, line);
    return line.element;
  }

  leave(): void {
    this.panel.leave();
  }
}
