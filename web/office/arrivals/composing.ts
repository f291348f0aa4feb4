/** What a member writes below the report on the screen: an answer or a note, kept while they look at others, and sent. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { t } from "../../elements/words.js";
import { Sending } from "../files/sending.js";
import { withPicked, type pickQuestion } from "../questions/picking.js";
import type { Workbench } from "../views.js";
import { looksOver } from "./composer.js";
import type { Desk } from "./desk.js";
import { draftsOf, emptyDraft } from "./drafts.js";
import type { Draft, State } from "./state.js";
import type { Opened } from "./types.js";

/** The view in which it is written. */
export interface Sheet {
  readonly state: () => State;
  readonly change: (change: Partial<State>) => void;
  /** Runs an act; false where it was refused, which is said. */
  readonly trying: (act: () => Promise<void>) => Promise<boolean>;
  /** Something was sent: the report is shown anew. */
  readonly sent: (thread: string) => Promise<void>;
  readonly refresh: () => Promise<void>;
}

export class Composing {
  constructor(private readonly bench: Workbench, private readonly desk: Desk, private readonly host: HTMLElement, private readonly sheet: Sheet) {}

  /** What was begun for a report, or an empty sheet to whoever is to be answered. */
  begun(thread: string, opened: Opened): Draft {
    const kept = draftsOf(this.bench.worker).get(thread);
    if (kept !== undefined || opened.state !== "open") return kept ?? emptyDraft();
    return { ...emptyDraft(opened.story.answerable ? "o" : "i"), language: opened.story.language };
  }

  forget(thread: string): void {
    draftsOf(this.bench.worker).delete(thread);
  }

  keep(change: Partial<Draft>): void {
    const { draft: before, route } = this.sheet.state();
    const draft = { ...before, ...change };
    if (route.at === "case") draftsOf(this.bench.worker).set(route.thread, draft);
    this.sheet.change({ draft });
  }

  start(chain: "o" | "i"): void {
    if (this.sheet.state().opened?.state !== "open") return;
    this.keep({ chain });
    this.host.querySelector<HTMLElement>("#draft")?.focus();
  }

  focus(): void {
    const box = this.host.querySelector<HTMLTextAreaElement>("#draft");
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  async pick(from: typeof pickQuestion): Promise<void> {
    const { opened } = this.sheet.state();
    if (opened?.state !== "open") return;
    await this.sheet.trying(async () => {
      const picked = await from(this.bench, opened.story);
      if (picked === null) return;
      this.keep(withPicked(this.sheet.state().draft, picked));
      this.focus();
    });
  }

  async send(button: HTMLElement): Promise<void> {
    const { opened, draft: begun, route } = this.sheet.state();
    if (opened?.state !== "open" || route.at !== "case") return;
    const files = Sending.of(this.bench, opened.story);
    if (begun.text.trim() === "" && files.count === 0) { this.focus(); return; }
    const arrived = await busy(button, () => files.arrived());
    // Pressed twice: the first press goes on.
    if (arrived === null) return;
    if (!arrived) {
      this.sheet.change({ trouble: t("Not all files are there. Please look at them below what you write, or take out those that are missing.") });
      return;
    }
    // Written while the files were on their way: what is looked over is what goes.
    const draft = draftsOf(this.bench.worker).get(route.thread) ?? begun;
    if (draft.chain === "o" && !await looksOver(opened.story, { ...this.sheet.state(), draft }, files.whole)) return;
    await busy(button, () => this.sheet.trying(async () => {
      await this.desk.write(route.thread, { ...draft, text: draft.text.trim() }, files.whole);
      files.sent();
      const now = draftsOf(this.bench.worker).get(route.thread);
      if (now === undefined || now.text === draft.text) this.forget(route.thread);
      announce(draft.chain === "o" ? t("Sent to the reporting person.") : t("The note is kept."));
      await this.sheet.sent(route.thread);
    }));
    await this.sheet.refresh();
  }
}
