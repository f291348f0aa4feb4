/** What can be done with the files of the report that is open: look, save, and delete together with a colleague. */
import { count, language, t, tn } from "../../elements/words.js";
import { Desk } from "../arrivals/desk.js";
import type { AttachedFile } from "../arrivals/types.js";
import type { Files } from "../arrivals/story.js";
import type { Workbench } from "../views.js";
import type { Covered } from "./covering.js";
import { Erasing } from "./erasing.js";
import { surelySave } from "./list.js";
import { saverOf } from "./saving.js";
import { openStage } from "./stage.js";

/** What the view lends: its report, and how it draws and says what went wrong. */
export interface Place {
  /** The report that is open, if one is. */
  thread(): string | undefined;
  changed(): void;
  /** Shows the report anew: something was written into it. */
  written(thread: string): Promise<void>;
  trying(act: () => Promise<void>, thread: string): Promise<unknown>;
}

export class Attached {
  readonly files: Files;
  readonly erasing: Erasing;

  constructor(private readonly bench: Workbench, private readonly place: Place) {
    const saver = saverOf(bench);
    saver.changed = () => { place.changed(); };
    this.erasing = new Erasing(bench, () => { place.changed(); });
    this.files = {
      savings: saver.states, acts: {
        look: (file) => { void this.look(file); }, save: (file) => { void this.save(file); }, stop: (file) => { saver.stop(file); },
        erase: (file) => { void this.erase(file); }, erasing: this.erasing,
      },
    };
  }

  private async look(file: AttachedFile): Promise<void> {
    const thread = this.place.thread();
    if (thread !== undefined && await openStage(this.bench, thread, file, (copy) => this.keepCovered(thread, file, copy))) await this.save(file);
  }

  /** A copy with places painted over, as a file of a note. */
  private async keepCovered(thread: string, { blob, name }: AttachedFile, { bytes, bars, pages }: Covered): Promise<void> {
    const made = await this.bench.worker.ask("seal-covered", { thread, blob, bytes });
    const covered = bars === 0 ? t("A copy of {name} with pages left out.", { name })
      : tn("A copy of {name} in which {n} place is covered.", "A copy of {name} in which {n} places are covered.", bars, { name });
    const text = pages === undefined ? covered : `${covered} ${tn("It has {n} page of {all}.", "It has {n} pages of {all}.", pages.going, { all: count(pages.of) })}`;
    await Desk.of(this.bench).write(thread, { chain: "i", text, language: language() }, [made]);
    await this.place.trying(() => this.place.written(thread), thread);
  }

  private async save(file: AttachedFile): Promise<void> {
    const thread = this.place.thread();
    if (thread !== undefined && await surelySave(file)) await saverOf(this.bench).save(thread, file);
  }

  private async erase(file: AttachedFile): Promise<void> {
    const thread = this.place.thread();
    if (thread !== undefined) await this.place.trying(() => this.erasing.act(thread, file), thread);
  }
}
