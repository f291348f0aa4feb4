/** Keeps one note: sealed by the worker at each pause, and put in the place of the version before. */
import { b64, random, unb64 } from "../../seal/primitives.js";
import type { NoteText, OpenedNote } from "../../workers/intake.js";
import { Refusal } from "../api.js";
import type { Workbench } from "../views.js";

/** Milliseconds without a key that make a pause. */
const PAUSE = 2_000;

/** The member's own notes, sealed for nobody else. */
export interface NotesAnswer {
  readonly notes: readonly { readonly id: string; readonly version: number; readonly sealed: string }[];
  readonly days: number;
}

export type Kept = "nothing" | "waiting" | "kept" | "failed";

export class Keeper {
  readonly id: string;
  note: NoteText;
  private version: number;
  private saved: string;
  /** What was sent and may lie there already: its answer did not come. */
  private unheard: string[] = [];
  private timer = 0;
  private ended = false;
  private saving: Promise<void> = Promise.resolve();

  /** @param told - hears how it stands, whenever that changes */
  constructor(private readonly bench: Workbench, opened: OpenedNote | undefined, language: string, private readonly told: (kept: Kept) => void) {
    this.id = opened?.id ?? b64(random(16));
    this.version = opened?.version ?? 0;
    this.note = opened === undefined ? { text: "", language, contact: "", desk: "" }
      : { text: opened.text, language: opened.language, contact: opened.contact, desk: opened.desk };
    this.saved = JSON.stringify(this.note);
  }

  get empty(): boolean {
    return this.note.text.trim() === "";
  }

  /** Something was written. */
  change(change: Partial<NoteText>): void {
    this.note = { ...this.note, ...change };
    if (this.ended) return;
    this.told("waiting");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { void this.keep(); }, PAUSE);
  }

  /** Keep it now; a failure is told and tried again with the next change. */
  keep(): Promise<void> {
    clearTimeout(this.timer);
    this.saving = this.saving.then(() => this.save());
    return this.saving;
  }

  /** Keep it now; false where that failed, and what is written is in this page alone. */
  async isKept(): Promise<boolean> {
    await this.keep();
    return this.ended || this.empty || JSON.stringify(this.note) === this.saved;
  }

  /** It is filed, or thrown away: nothing of it stays on the server. */
  async remove(): Promise<void> {
    clearTimeout(this.timer);
    this.ended = true;
    await this.saving;
    if (this.version > 0 || this.unheard.length > 0) await this.bench.api.remove(`notebook/${this.id}`);
  }

  private async save(): Promise<void> {
    const { note } = this;
    const text = JSON.stringify(note);
    if (this.ended || text === this.saved || (this.version === 0 && this.empty)) return;
    try {
      await this.put(note, text).catch(async (error: unknown) => {
        if (!(error instanceof Refusal && error.code === "note" && await this.liesThere())) throw error;
        if (text !== this.saved) await this.put(note, text);
      });
      this.told("kept");
    } catch {
      this.told("failed");
    }
  }

  private async put(note: NoteText, text: string): Promise<void> {
    const sealed = await this.bench.worker.ask("seal-note", { id: this.id, version: this.version + 1, note });
    this.unheard.push(text);
    this.version = (await this.bench.api.put<{ version: number }>(`notebook/${this.id}`, { before: this.version, sealed })).version;
    this.saved = text;
    this.unheard = [];
  }

  /** Whether the newest version there is one that this page has sent: then it goes on from that one. */
  private async liesThere(): Promise<boolean> {
    const { notes } = await this.bench.api.get<NotesAnswer>("notebook");
    const rows = notes.filter(({ id }) => id === this.id).map(({ id, version, sealed }) => ({ id, version, sealed: unb64(sealed) }));
    const [there] = await this.bench.worker.ask("notebook", rows);
    if (there === undefined) return false;
    const { text, language, contact, desk } = there;
    const said = JSON.stringify({ text, language, contact, desk });
    if (!this.unheard.includes(said)) return false;
    [this.version, this.saved, this.unheard] = [there.version, said, []];
    return true;
  }
}
