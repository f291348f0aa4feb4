/**
 * Brings the list and the sealed indexes from the server to the worker, the newest first and the rest while somebody
 * already reads; opens in the background what no index knows, and brings back what was learnt from it. One for each
 * unlocked worker, whatever view is on the screen.
 */

import { Refusal, type Api } from "../api.js";
import type { OfficeWorker } from "../worker.js";
import type { Sealed } from "../../workers/arrivals.js";

/** Reports fetched in one answer in the background; the next answer is asked for while the worker opens these. */
const AT_ONCE = 16;
/** Reports that the worker names at once to be opened: to find them it looks through the whole list. */
const NAMED = 64;
/** Milliseconds between two looks at what has come in the background: each puts the list together anew. */
const PAUSE = 500;
/** Somebody else may write the same page again and again; then it is their turn to fold. */
const TRIES = 8;

/** How far the background has come with opening; undefined when nothing is to do. */
export type Opening = { readonly done: number; readonly of: number } | undefined;

/** A report by its id, and where it lies. */
export interface Named {
  readonly thread: string;
  readonly desk: string;
}

export class Loading {
  opening: Opening;
  private first: Promise<void> | undefined;
  private today = "";
  private listed: Promise<boolean> = Promise.resolve(true);
  /** Why the list broke off the last time. */
  private broken: unknown;
  private running: Promise<void> | undefined;
  private again = false;
  private told = 0;
  private readonly listeners = new Set<(error?: unknown) => void>();

  constructor(
    private readonly worker: OfficeWorker, private readonly api: Api,
    private readonly sealed: (thread: string, desk: string) => Promise<Sealed>,
    private readonly several: (reports: readonly Named[]) => Promise<Sealed>,
  ) {}

  /** Calls `hear` whenever the list may have changed, with an error where one came; stops when its answer is called. */
  listen(hear: (error?: unknown) => void): () => void {
    this.listeners.add(hear);
    return () => { this.listeners.delete(hear); };
  }

  /** Whether somebody has asked for the list before. */
  get begun(): boolean { return this.first !== undefined; }

  /** Resolves when the top of the list can be shown; the rest follows by itself. */
  begin(): Promise<void> {
    this.first ??= this.start().catch((error: unknown) => {
      this.first = undefined;
      throw error;
    });
    return this.first;
  }

  /** Resolves when all of the list is here. What broke off is begun anew; rejects where it breaks off again. */
  async whole(): Promise<void> {
    if (await this.listed) return;
    await this.begin();
    if (!await this.listed) throw this.broken;
  }

  /** Asks for what is new: reports with a post since the day of the last answer, and what colleagues have written. */
  async refresh(): Promise<void> {
    await this.begin();
    if (this.today !== "") await this.rest(await this.arrivals(`?since=${this.today}`));
    await this.readPages(await this.states());
    this.tell();
    void this.work();
  }

  /** Asks for one report, for an address that somebody shared. */
  async one(thread: string): Promise<void> {
    await this.fetchRows(`?thread=${thread}`);
  }

  /** Opens, writes back and folds until nothing is left; one at a time, and whoever asks meanwhile waits for it. */
  work(): Promise<void> {
    this.again = true;
    this.running ??= this.run().finally(() => { this.running = undefined; });
    return this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        await this.openAll();
        await this.save();
        await this.fold();
      }
    } catch (error) {
      this.tell(error);
    } finally {
      this.opening = undefined;
      this.tell();
    }
  }

  private async start(): Promise<void> {
    const [next, pages] = await Promise.all([this.arrivals(""), this.states()]);
    const newest = pages.slice(0, 1 + new Set(pages.map(({ owner }) => owner)).size);
    await this.readPages(newest);
    this.listed = this.continue(next, pages.slice(newest.length)).then((listed) => {
      if (listed) void this.work();
      return listed;
    });
  }

  private async continue(next: Readonly<Record<string, string>>, pages: readonly Page[]): Promise<boolean> {
    try {
      await Promise.all([this.rest(next), this.readPages(pages)]);
      await this.worker.ask("arrivals-whole", null);
    } catch (error) {
      // Whoever asks next begins anew: else the older reports would lack as long as the keys are open.
      this.first = undefined;
      this.broken = error;
      this.tell(error);
      return false;
    }
    this.tell();
    return true;
  }

  private async arrivals(query: string): Promise<Readonly<Record<string, string>>> {
    const { next, today } = await this.fetchRows(query);
    this.today = today;
    return next;
  }

  private async fetchRows(query: string): Promise<{ readonly next: Readonly<Record<string, string>>; readonly today: string }> {
    const asked = await this.worker.ask("arrivals-asked", null);
    const answer = await this.api.bytes(`arrivals${query}`);
    return this.worker.ask("arrivals", { answer, asked }, undefined, [answer]);
  }

  /** The rest of each desk's list, page by page. */
  private async rest(next: Readonly<Record<string, string>>): Promise<void> {
    let left = Object.entries(next);
    while (left.length > 0) {
      for (const [desk, after] of left) {
        left = left.filter(([one]) => one !== desk);
        left.push(...Object.entries(await this.arrivals(`?desk=${desk}&after=${after}`)));
        this.tellSoon();
      }
    }
  }

  /** Reads all deltas, and says which pages are still to be read. */
  private async states(): Promise<readonly Page[]> {
    const answer = await this.api.text("index");
    const { pages, deltas } = await this.worker.ask("index-states", { answer });
    for (const { owner, after } of deltas) {
      let from: number | null = after;
      while (from !== null) {
        const parcel = await this.api.bytes(`index/${owner}/deltas?after=${from}`);
        from = await this.worker.ask("index-deltas", { owner, parcel }, undefined, [parcel]);
      }
    }
    return pages;
  }

  private async readPages(pages: readonly Page[]): Promise<void> {
    for (const { owner, page } of pages) {
      try {
        const parcel = await this.api.bytes(`index/${owner}/pages/${page}`);
        await this.worker.ask("index-page", { owner, parcel }, undefined, [parcel]);
      } catch (error) {
        // Deleted since the list of pages was read: what was in it is opened anew.
        if (!(error instanceof Refusal && error.status === 404)) throw error;
      }
      this.tellSoon();
    }
  }

  private async openAll(): Promise<void> {
    const of = await this.worker.ask("how-many-to-open", null);
    for (let done = 0; ;) {
      const named = await this.worker.ask("to-open", { most: NAMED });
      if (named.length === 0) return;
      const before = done;
      this.opening = { done, of: Math.max(of, done + 1) };
      await this.open(named, (opened) => {
        done = before + opened;
        this.opening = { done, of: Math.max(of, done) };
        this.tellSoon();
      });
      await this.save();
    }
  }

  /** Opens these reports, several in one answer; `heard` is told how many are done. */
  async open(named: readonly Named[], heard: (done: number) => void): Promise<void> {
    const parts = Array.from({ length: Math.ceil(named.length / AT_ONCE) }, (_, at) => named.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
    let ahead = this.fetched(parts[0] ?? []);
    let done = 0;
    for (const [at, part] of parts.entries()) {
      const sealed = await ahead;
      ahead = this.fetched(parts[at + 1] ?? []);
      const held = new Set(sealed === null ? [] : await this.worker.ask("index-reports", sealed, undefined, [sealed.parcel]));
      for (const { thread, desk } of part) if (!held.has(thread)) await this.openOne(thread, desk);
      done += part.length;
      heard(done);
    }
  }

  /** What was asked for ahead may fail while nobody waits for it yet: it is told when somebody does. */
  private fetched(part: readonly Named[]): Promise<Sealed | null> {
    // One by itself has an address of its own.
    const asked = part.length < 2 ? Promise.resolve(null) : this.several(part);
    asked.catch(() => undefined);
    return asked;
  }

  private async openOne(thread: string, desk: string): Promise<void> {
    try {
      const sealed = await this.sealed(thread, desk);
      await this.worker.ask("index-report", sealed, undefined, [sealed.parcel]);
    } catch (error) {
      await this.passOver(thread, error);
    }
  }

  /** One report that cannot be had must not keep the others closed. */
  private async passOver(thread: string, error: unknown): Promise<void> {
    if (!(error instanceof Refusal) || error.status === 0 || error.status === 401) throw error;
    await this.worker.ask(error.status === 404 ? "forget-report" : "pass-over", { thread });
  }

  private async save(): Promise<void> {
    for (;;) {
      const unsaved = await this.worker.ask("index-unsaved", null);
      if (unsaved === null) return;
      const { owner, id, parcel } = unsaved;
      try {
        const { change } = await this.api.postBytes<{ change: number }>(`index/${owner}/deltas`, parcel);
        await this.worker.ask("index-saved", { owner, id, change, gone: [] });
      } catch (error) {
        await this.worker.ask("index-saved", { owner, id, change: null, gone: goneOf(error) });
        if (!(error instanceof Refusal && error.code === "index-thread")) throw error;
      }
    }
  }

  private async fold(): Promise<void> {
    for (let refused = 0; refused < TRIES;) {
      const fold = await this.worker.ask("index-fold", null);
      if (fold === null) return;
      const address = `index/${fold.owner}/pages/${fold.page}`;
      try {
        if (fold.parcel === null) {
          await this.worker.ask("index-page", { owner: fold.owner, parcel: await this.api.bytes(address), again: true });
        } else {
          await this.api.putBytes(address, fold.parcel);
          await this.worker.ask("index-folded", { taken: true, gone: [] });
        }
      } catch (error) {
        await this.worker.ask("index-folded", { taken: false, gone: goneOf(error) });
        if (!(error instanceof Refusal && ["index", "index-thread", "no-page"].includes(error.code))) throw error;
        refused += 1;
        await this.readPages(await this.states());
      }
    }
  }

  /** Not after each of a hundred pages, and not before there is something to see. */
  private tellSoon(): void {
    const now = performance.now();
    if (now - this.told < PAUSE) return;
    this.tell();
  }

  private tell(error?: unknown): void {
    this.told = performance.now();
    for (const hear of this.listeners) hear(error);
  }
}

interface Page {
  readonly owner: string;
  readonly page: number;
}

/** Reports that the server says are not this member's to keep. */
function goneOf(error: unknown): readonly string[] {
  const gone: unknown = error instanceof Refusal ? error.more["gone"] : undefined;
  return Array.isArray(gone) ? gone.map(String) : [];
}
