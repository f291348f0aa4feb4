/** What a member writes below the report on the screen: an answer or a note, kept while they look at others, and sent. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { t } from "../../elements/words.js";
import { Sending } from "../files/sending.js";
import { withPicked, type pickQuestion } from "../questions/picking.js";
import type { Workbench } from "../views.js";
import { looksOver } from "./composer.js";
import type { Desk } from "./desk.js";
import { draftsOf, emptyDraft, sendingOf } from "./drafts.js";
import type { Draft, State } from "./state.js";
import { WorkerRefusal } from "../worker.js";
import type { Opened, Story } from "./types.js";

/** The view in which it is written. */
export interface Sheet {
  readonly state: () => State;
  readonly change: (change: Partial<State>) => void;
  /** Runs an act; false where it was refused, which is said. */
  readonly trying: (act: () => Promise<void>, thread: string) => Promise<boolean>;
  /** Something was sent: the report is shown anew. */
  readonly sent: (thread: string) => Promise<void>;
  readonly refresh: () => Promise<void>;
}

export class Composing {
  /** Reports whose words are on their way: their button is drawn anew whenever one comes back to them, also from another page. */
  private get sending(): Set<string> { return sendingOf(this.bench.worker); }

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
    }, opened.story.thread);
  }

  async send(button: HTMLElement): Promise<void> {
    const { opened, draft, route } = this.sheet.state();
    if (opened?.state !== "open" || route.at !== "case") return;
    if (this.sending.has(route.thread)) {
      announce(t("It is on its way."));
      return;
    }
    if (draft.text.trim() === "" && Sending.of(this.bench, opened.story).count === 0) { this.focus(); return; }
    this.sending.add(route.thread);
    try {
      await this.goes(route.thread, opened.story, draft, button);
    } finally {
      this.sending.delete(route.thread);
    }
    await this.sheet.refresh();
  }

  private async goes(thread: string, story: Story, begun: Draft, button: HTMLElement): Promise<void> {
    const files = Sending.of(this.bench, story);
    if (!await busy(button, () => files.arrived())) {
      await this.sheet.trying(() => Promise.reject(new WorkerRefusal("files", t("Not all files are there. Please look at them below what you write, or take out those that are missing."))), thread);
      return;
    }
    // Written while the files were on their way: what is looked over is what goes.
    const draft = draftsOf(this.bench.worker).get(thread) ?? begun;
    if (draft.chain === "o" && !await looksOver(story, { ...this.sheet.state(), draft }, files.whole)) return;
    const isSent = await busy(button, () => this.sheet.trying(async () => {
      await this.desk.write(thread, { ...draft, text: draft.text.trim() }, files.whole);
      files.sent();
      this.sent(thread, draft);
    }, thread));
    if (isSent === true) await busy(button, () => this.sheet.sent(thread));
  }

  /** What went is not in the box any more, also where the report cannot be shown anew; what was written since stays. */
  private sent(thread: string, draft: Draft): void {
    announce(draft.chain === "o" ? t("Sent to the reporting person.") : t("The note is kept."));
    const now = draftsOf(this.bench.worker).get(thread);
    if (now !== undefined && now.text !== draft.text) return;
    this.forget(thread);
    const { route, draft: shown } = this.sheet.state();
    if (route.at === "case" && route.thread === thread) this.sheet.change({ draft: { ...shown, text: "" } });
  }
}
