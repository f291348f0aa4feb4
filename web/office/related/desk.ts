/** Between the server and the worker, for reports that tell of the same event. */
import { language, t } from "../../elements/words.js";
import type { PartedWhy } from "../../seal/related.js";
import type { Opened, Story } from "../arrivals/types.js";
import type { Session } from "../session.js";
import { WorkerRefusal } from "../worker.js";
import { relatedNow, wouldTell } from "./state.js";

export class RelatedDesk {
  /** @param upon - sends what says the same whatever came meanwhile */
  constructor(
    private readonly session: Session, private readonly desk: { open(thread: string): Promise<Opened> },
    private readonly upon: (thread: string, sending: () => Promise<void>) => Promise<void>,
  ) {}

  /**
   * Says in both reports that they tell of the same event. In the other one first: if what follows fails, the report on the
   * screen shows no link, and who tries again writes only what lacks.
   *
   * @throws WorkerRefusal `related-closed` where the other one cannot be read, `related-readers` where a reader of one must not learn of the other
   */
  async link(thread: string, other: string): Promise<void> {
    const [there, here] = [await this.story(other), await this.story(thread)];
    if (wouldTell(this.session.facts, here, there)) {
      throw new WorkerRefusal("related-readers", t("These two are not linked: somebody who reads one of them must not learn of the other, as its reporting person asked or its case says. Let others read it first."));
    }
    if (!relatedNow(there.entries).includes(thread)) await this.say(other, thread, "");
    if (!relatedNow(here.entries).includes(other)) await this.say(thread, other, "");
  }

  /** Takes it back in this report, and in the other one where this member reads that. */
  async part(thread: string, other: string, why: PartedWhy, both: boolean): Promise<void> {
    if (both) {
      const there = await this.desk.open(other);
      if (there.state === "open" && relatedNow(there.story.entries).includes(thread)) await this.say(other, thread, why);
    }
    await this.desk.open(thread);
    await this.say(thread, other, why);
  }

  private async story(thread: string): Promise<Story> {
    const opened = await this.desk.open(thread);
    if (opened.state !== "open") throw new WorkerRefusal("related-closed", t("Only reports that you have read can be linked. Open the other one first."));
    return opened.story;
  }

  private say(thread: string, other: string, why: PartedWhy | ""): Promise<void> {
    return this.upon(thread, async () => {
      const parcel = await this.session.worker.ask("write-related", { thread, other, why, language: language() });
      await this.session.api.postBytes(`threads/${thread}/posts`, parcel);
    });
  }
}
