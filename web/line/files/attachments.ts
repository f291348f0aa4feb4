/** The files of one report or message: one after another on their way, each of them to be taken out at any time. */
import { MOST_FILES, type FileName } from "../../seal/envelope";
import { keptName, keptType } from "../../seal/shownname";
import type { KeptUpload } from "../../seal/own";
import type { Attachments, Surroundings } from "../attaching";
import { Item, type State } from "./item";
import { FileList } from "./list";
import { look } from "./metadata/stripping";
import { Pace } from "./pace";
import { recorder, type Recorder } from "./recorder";
import { Sealers } from "./sealers";
import { Stuck } from "./stuck";
import { takeOff, Transfer } from "./transfer";

/** Keys and first bytes of an unfinished file take 2 kB of a draft, which has room for 128 kB of them. */
const MOST_UNFINISHED = 40;

export class FilesOfOne implements Attachments {
  readonly #items: Item[] = [];
  readonly #sealers: Sealers;
  readonly #shown: FileList;
  readonly #settling: (() => void)[] = [];
  #desk: string | undefined;
  #recorder: Recorder | undefined;
  #running = false;

  constructor(private readonly around: Surroundings) {
    this.#sealers = new Sealers(around.startWorker);
    this.#shown = new FileList({
      remove: (item) => { void this.remove(item); },
      again: (item) => { this.again(item); },
      pick: (item, file) => { void this.pick(item, file); },
      evidence: (item, kept) => { this.evidence(item, kept); },
    });
  }

  get list(): HTMLElement {
    return this.#shown.element;
  }

  get count(): number {
    return this.#items.length;
  }

  get whole(): readonly FileName[] {
    return this.#items.flatMap((item) => item.file ?? []);
  }

  recorder(readers: string): HTMLElement {
    void this.stopRecording();
    this.#recorder = recorder(readers, (file) => { this.take(file, true); }, (files) => { this.add(files); });
    return this.#recorder.element;
  }

  async stopRecording(): Promise<void> {
    await this.#recorder?.stop();
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.take(file, false);
  }

  to(desk: string): void {
    this.#desk = desk;
    for (const item of this.#items) if (item.desk !== undefined && item.desk !== desk) this.restart(item);
    void this.run();
  }

  leftBehind(desk: string): readonly string[] {
    return this.#items.filter((item) => item.picked === undefined && item.desk !== undefined && item.desk !== desk).map(({ name }) => name);
  }

  get unrepeatable(): readonly string[] {
    return this.#items.filter(({ recorded, state }) => recorded && state.is !== "whole").map(({ name }) => name);
  }

  async settled(): Promise<boolean> {
    while (this.#items.some(({ state }) => state.is === "waiting" || state.is === "sending")) {
      if (this.#items.some(({ state }) => state.is === "stuck")) return false;
      await new Promise<void>((changed) => { this.#settling.push(changed); });
    }
    return this.#items.every(({ state }) => state.is === "whole");
  }

  leaveOut(): void {
    for (const item of this.#items.filter(({ state }) => state.is !== "whole")) void this.remove(item);
  }

  async takeOut(): Promise<void> {
    await Promise.all([...this.#items].map((item) => this.remove(item)));
  }

  kept(): readonly KeptUpload[] {
    let room = MOST_UNFINISHED;
    return this.#items.flatMap((item) => {
      const kept = item.kept;
      if (kept === undefined || (kept.hash === undefined && --room < 0)) return [];
      return [kept];
    });
  }

  restore(uploads: readonly KeptUpload[], desk: string): void {
    this.#desk = desk;
    for (const { blob, seed, size, name, type, fileKey, start, hash } of uploads) {
      const item = new Item(name, type, false);
      const none = new Uint8Array(0);
      item.upload = { blob, seed, size, fileKey: fileKey ?? none, start: start ?? none };
      item.desk = desk;
      item.resumed = true;
      this.#items.push(item);
      this.set(item, hash === undefined ? { is: "stuck", by: new Stuck("pick-again") } : { is: "whole", hash });
    }
  }

  notThere(): void {
    for (const item of [...this.#items]) if (item.state.is === "whole") this.restart(item);
  }

  forget(): void {
    for (const item of this.#items) item.going?.abort();
    this.#items.length = 0;
    this.#sealers.rest();
    this.#shown.draw(this.#items);
  }

  private take(file: File, recorded: boolean): void {
    if (this.#items.length >= MOST_FILES) {
      this.#shown.full();
      return;
    }
    const item = new Item(keptName(file.name), keptType(file.type), recorded);
    this.#items.push(item);
    this.#shown.draw(this.#items);
    void this.pick(item, file);
  }

  /** A file was picked for an item, for the first time or again after a reload. */
  private async pick(item: Item, file: Blob): Promise<void> {
    item.picked = file;
    try {
      item.looked = await look(file);
    } catch {
      this.set(item, { is: "stuck", by: new Stuck("unreadable") });
      return;
    }
    const { upload, looked } = item;
    if (upload !== undefined && item.resumed && item.desk === this.#desk) {
      // The one that was begun: without what it hides, or with it where that was kept as evidence.
      item.evidence = looked.kind === "picture" && looked.bare.size !== upload.size;
      if (item.content?.size !== upload.size) {
        this.set(item, { is: "stuck", by: new Stuck("other-file") });
        return;
      }
    }
    this.set(item, item.tooLarge ? { is: "stuck", by: new Stuck("too-large") } : { is: "waiting" });
    void this.run();
  }

  /** One file at a time, so that the first ones are whole when the connection ends. */
  private async run(): Promise<void> {
    if (this.#running || this.#desk === undefined) return;
    this.#running = true;
    try {
      for (let next = this.next(); next !== undefined; next = this.next()) await this.send(next);
    } finally {
      this.#running = false;
      this.#sealers.rest();
    }
  }

  private next(): Item | undefined {
    return this.#items.find(({ state, looked }) => state.is === "waiting" && looked !== undefined);
  }

  private async send(item: Item): Promise<void> {
    const { content } = item;
    const desk = this.#desk;
    if (content === undefined || desk === undefined) return;
    const going = new AbortController();
    const pace = new Pace();
    item.going = going;
    const tell = (change: Partial<State & { is: "sending" }>): void => {
      if (!going.signal.aborted) this.set(item, { is: "sending", sent: 0, left: null, paused: null, ...sending(item), ...change });
    };
    tell({});
    try {
      const upload = item.upload === undefined ? await this.#sealers.begin(content.size) : await this.#sealers.check(item.upload);
      going.signal.throwIfAborted();
      item.upload = upload;
      item.desk = desk;
      this.around.changed();
      pace.note(performance.now(), 0);
      const way = new Transfer(this.#sealers, { door: this.around.door, desk, file: content, upload, resumed: item.resumed, work: this.around.work }, {
        sent: (bytes) => {
          pace.note(performance.now(), bytes);
          tell({ sent: bytes, left: pace.left(content.size) });
        },
        paused: (paused) => { if (sending(item).paused !== paused) tell({ paused }); },
      });
      const hash = await way.run(going.signal);
      this.set(item, { is: "whole", hash });
    } catch (error) {
      // Taken out, or begun anew: whoever did that has said what it is now.
      if (going.signal.aborted) return;
      item.resumed = item.upload !== undefined;
      this.set(item, { is: "stuck", by: error instanceof Stuck ? error : new Stuck("fault") });
    } finally {
      this.around.changed();
    }
  }

  private set(item: Item, state: State): void {
    const other = item.state.is !== state.is;
    item.state = state;
    if (other) {
      this.#shown.draw(this.#items);
      for (const changed of this.#settling.splice(0)) changed();
    } else {
      this.#shown.show(item);
    }
  }

  private async remove(item: Item): Promise<void> {
    const at = this.#items.indexOf(item);
    if (at === -1) return;
    this.#items.splice(at, 1);
    this.#shown.draw(this.#items);
    for (const changed of this.#settling.splice(0)) changed();
    this.around.changed();
    await this.stop(item);
  }

  /** After it was stuck: once more, from where it was. */
  private again(item: Item): void {
    this.set(item, { is: "waiting" });
    void this.run();
  }

  private evidence(item: Item, kept: boolean): void {
    item.evidence = kept;
    this.restart(item);
  }

  /** Other bytes, or another reader: nothing of the old is of use. */
  private restart(item: Item): void {
    void this.stop(item);
    item.upload = item.desk = undefined;
    item.resumed = false;
    this.set(item, item.picked === undefined ? { is: "stuck", by: new Stuck("gone") } : { is: "waiting" });
    void this.run();
  }

  private async stop(item: Item): Promise<void> {
    item.going?.abort();
    if (item.upload !== undefined) await takeOff(this.around.door, item.upload);
  }
}

function sending({ state }: Item): Partial<State & { is: "sending" }> {
  return state.is === "sending" ? state : {};
}
