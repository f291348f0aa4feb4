/** Beside an open report: which others tell of the same event. What its reader cannot open is said to be there, and no more. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { START } from "../arrivals/route.js";
import type { Arrival, Story } from "../arrivals/types.js";
import { Newest } from "../newest.js";
import { askParted, askRelated, type Other } from "./asking.js";
import { relatedNow } from "./state.js";
import { isWritable, noneWords, otherWords } from "./words.js";

/** So many of the list are offered, newest first: a choice of more helps nobody. */
const OFFERED = 300;

export class RelatedPanel {
  readonly element = make("section", { class: "stack tight", id: "related", "aria-labelledby": "related-head" });
  private readonly newest = new Newest();
  private drawn = "";

  constructor(private readonly stage: CaseStage, private story: Story) {
    void this.look();
  }

  /** The story was opened anew, or the list has grown. */
  show(story: Story): void {
    this.story = story;
    void this.look();
  }

  /** Only what this browser knows already is asked: the server is not told which report is looked for here. */
  private async look(): Promise<void> {
    const isNewest = this.newest.begin(), ids = relatedNow(this.story.entries);
    const known = await Promise.all(ids.map((thread) => this.stage.desk().known(thread)));
    if (!isNewest()) return;
    // Drawn anew only where it says something else: nobody's button goes away under their finger.
    const { thread, status, labels } = this.story;
    const said = JSON.stringify([thread, status, labels, ids, known.map((one) => one && otherWords(one))]);
    if (said === this.drawn) return;
    this.drawn = said;
    hold(this.element, make("h2", { id: "related-head" }, t("Same event as")),
      ids.length === 0 ? make("p", { class: "muted" }, noneWords(labels)) : make("ul", { class: "people" }, ids.map((thread, at) => this.row(thread, known[at]))),
      isWritable(status) && make("p", { class: "noprint" }, make("button", {
        class: "link", type: "button", id: "add-related", onclick: () => { void this.add(); },
      }, t("Link another report of this event"))));
  }

  private row(thread: string, known: Arrival | undefined): HTMLElement {
    const there = known === undefined
      ? make("span", { class: "muted" }, otherWords(known))
      : make("a", { href: `#/arrivals/${thread}`, "data-related": thread }, otherWords(known));
    const back = make("button", { class: "link", type: "button", onclick: () => { void this.part(thread, known, back); } }, t("Take it back"));
    return make("li", {}, there, isWritable(this.story.status) && [" ", make("span", { class: "noprint" }, back)]);
  }

  private async add(): Promise<void> {
    const { thread } = this.story;
    const other = await askRelated(await this.others());
    if (other !== null) await this.stage.acting(thread, t("Linked. Both say so."), () => this.stage.desk().related.link(thread, other));
  }

  private async part(other: string, known: Arrival | undefined, button: HTMLElement): Promise<void> {
    const { thread } = this.story;
    const why = await askParted();
    if (why === null) return;
    const both = known !== undefined && known.declared && isWritable(known.status);
    await busy(button, () => this.stage.acting(thread, t("Taken back."), () => this.stage.desk().related.part(thread, other, why, both)));
  }

  /** What this member has opened themselves; mailboxes that members opened for somebody tell of no event. */
  private async others(): Promise<Other[]> {
    const linked = new Set([this.story.thread, ...relatedNow(this.story.entries)]);
    const { desk, shown, sort, label: kind, status, since, until } = START;
    const { rows } = await this.stage.desk().list({ desk, shown, sort, label: kind, status, since, until, words: "", thread: "", around: false, from: 0, to: OFFERED });
    return rows.filter((row) => row.declared && row.state === "open" && !row.opened && isWritable(row.status) && !linked.has(row.thread))
      .map((row) => ({ thread: row.thread, label: otherWords(row) }));
  }
}
