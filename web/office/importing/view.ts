/** An exported case opened again, to be read: whether it is ours and whole, and what stands here beside it. */
import { announce } from "../../elements/announce.js";
import { busy, Progress } from "../../elements/busy.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make, newId, type Child } from "../../elements/make.js";
import { day, language, size, t } from "../../elements/words.js";
import type { Paragraph } from "../../export/pdf.js";
import type { Ask, Reply, Unsealed } from "../../importing/protocol.js";
import { CASE_FILE_MAX } from "../../seal/limits.gen.js";
import type { ExportFile, ExportFound, ExportShown } from "../../workers/importing.js";
import { readAssets, startWorker } from "../../workers/load.js";
import { Desk } from "../arrivals/desk.js";
import { amongOthers } from "../arrivals/names.js";
import { readOnly } from "../exporting/page.js";
import { stoodParagraphs } from "../exporting/stood.js";
import { reasonWord } from "../exporting/words.js";
import { has } from "../facts.js";
import { field, form, submit } from "../fields.js";
import { surelySave } from "../files/list.js";
import { percent } from "../files/words.js";
import { view, type Shown, type Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { takingIn } from "./taking.js";
import { comparedWords, keptWords, refusedWords, standingWords, type Said, type Standing } from "./words.js";

/** Bytes of an attachment that are fetched at once while it is saved. */
const STRETCH = 4 * 1024 * 1024;
/** What is as it should be stands together; what is not, by itself and before it. */
const CALM: Said["kind"] = "notice plain";

view("case-file", {
  title: () => t("Open an exported case"), order: 0,
  for: (facts) => has(facts, "handler") || has(facts, "lead"),
  render: (host, path, bench) => new CaseFile(host, path.slice(1), bench),
});

class CaseFile implements Shown {
  private readonly result = make("div", { class: "stack" });
  private gone = false;
  private tries = 0;

  /** @param taken - the case that was taken in and holds the file; empty where somebody has it on a disk */
  constructor(host: HTMLElement, taken: string, private readonly bench: Workbench) {
    hold(host, taken === ""
      ? make("div", { class: "stack loose" }, make("h1", { tabindex: -1 }, t("Open an exported case")),
        make("p", {}, t("Somebody assigned to a case took it out as one file. Here the file is opened and proven again: whether it is this office's, whether it is whole, and what stands here beside it. It is shown to be read. Nothing of it comes into the office or leaves this browser, except the entry by which the record knows it, unless you take in a case that the office does not know any more.")),
        this.asking(), this.result)
      : make("div", { class: "stack loose" }, make("p", { class: "toback noprint" }, make("a", { href: `#/arrivals/${taken}` }, t("Back to the case"))),
        make("h1", { tabindex: -1 }, t("The case as it was")),
        make("p", {}, t("This is the file from which the case was taken in, opened from there and proven as it would be from a disk.")), this.result));
    if (taken !== "") void this.attached(taken);
  }

  leave(): void {
    this.gone = true;
    this.bench.worker.ask("import-close", null).catch(() => undefined);
  }

  private asking(): HTMLElement {
    const id = newId();
    const picked = make("input", { type: "file", id, accept: ".age", "aria-describedby": `${id}-hint` });
    const words = field({ label: t("The words that open it"), hint: t("Or the secret key of age, where it was sealed to keys."), classes: "code" });
    const open = submit(t("Open the file"));
    const made = form(() => {
      clearFaults(made);
      const file = picked.files?.[0];
      const faults = [
        ...file === undefined ? [{ field: id, message: t("Please choose the file.") }] : [],
        ...file !== undefined && file.size > CASE_FILE_MAX ? [{ field: id, message: refusedWords(new WorkerRefusal("export-size", "")) }] : [],
        ...words.value().trim() === "" ? [{ field: words.id, message: t("Please type the words that open it.") }] : [],
      ];
      if (file === undefined || faults.length > 0) showFaults(made, faults);
      else void busy(open, () => this.open(file, words.value()));
    },
    make("div", { class: "field" }, make("label", { for: id }, t("The file")), make("p", { class: "hint", id: `${id}-hint` }, t("One case a file, {most} at most.", { most: size(CASE_FILE_MAX) })), picked),
    words.element, make("div", { class: "actions" }, open));
    return made;
  }

  private async open(file: File, opening: string): Promise<void> {
    this.tries += 1;
    const turn = this.tries, late = (): boolean => this.gone || turn !== this.tries;
    hold(this.result, make("p", { class: "muted", role: "status" }, t("Opening…")));
    try {
      const seal = await unsealed(file, opening);
      if (late()) return;
      const bar = this.reading();
      const found = await this.bench.worker.ask("import-open", { file, ...seal }, bar);
      const standing = await this.bench.api.post<Standing>("exports/standing", { row: found.row, promise: found.promise });
      const shown = standing.state === "yours" || standing.state === "missing" ? await this.shown(found, standing) : undefined;
      if (!late()) this.show(found, standing, shown);
    } catch (error) {
      if (late()) return;
      const text = refusedWords(error);
      hold(this.result, make("p", { class: "notice danger", role: "alert", id: "import-refused" }, text));
    }
  }

  /** A large file takes a while to be read through. */
  private reading(): (part: number) => void {
    const bar = new Progress(t("Reading and checking the file…"));
    hold(this.result, bar.element);
    return (part) => {
      bar.show(part, 1, percent(part));
      this.bench.awake();
    };
  }

  /** The file as it lies in a case that was taken in. */
  private async attached(thread: string): Promise<void> {
    hold(this.result, make("p", { class: "muted", role: "status" }, t("Opening…")));
    try {
      const { state } = await Desk.of(this.bench).open(thread);
      if (state !== "open") throw new WorkerRefusal("import-people", "");
      const bar = this.reading();
      const { found, ...shown } = await this.learned(() => this.bench.worker.ask("import-attached", { thread, language: language(), names: this.names }, bar));
      if (!this.gone) this.show(found, undefined, shown);
    } catch (error) {
      if (!this.gone) hold(this.result, make("p", { class: "notice danger", role: "alert", id: "import-refused" }, refusedWords(error)));
    }
  }

  private get names(): string[] {
    const { me } = this.bench.facts;
    return [me.name, me.alias].filter((name) => name !== "");
  }

  private async shown({ thread }: ExportFound, { state, erased }: Standing): Promise<ExportShown> {
    const parcel = state === "yours" ? await this.bench.api.bytes(`threads/${thread}`) : null;
    return this.learned(() => this.bench.worker.ask("import-show", { parcel, language: language(), names: this.names, erased }));
  }

  /** Nobody may have opened a report with that form in this browser since the keys were unlocked: then it is asked for first. */
  private async learned<T extends ExportShown>(ask: () => Promise<T>): Promise<T> {
    const shown = await ask();
    if (shown.lacks === "") return shown;
    await Desk.of(this.bench).learn(shown.lacks);
    return ask();
  }

  /** @param standing - undefined where the file lies in a case that was taken in: there is no other */
  private show(found: ExportFound, standing: Standing | undefined, shown: ExportShown | undefined): void {
    const { facts } = this.bench, here = standing && standingWords(standing);
    const said: Said[] = [
      { kind: "notice plain", text: t("This office's own export of {day}, taken out by: {name}. {why}", { day: day(found.day), name: amongOthers(facts, [found.by]), why: reasonWord(found.reason) }) },
      keptWords(found, facts.today),
      ...here === undefined ? [] : [here], ...shown?.compared == null ? [] : comparedWords(shown.compared),
    ];
    const title = make("h2", { tabindex: -1, id: "import-title" }, t("Case {number}", { number: `\u2066${found.thread}\u2069` }));
    hold(this.result, make("section", { class: "card stack", id: "import-shown", "data-state": standing?.state ?? "attached" }, title,
      said.filter(({ kind }) => kind !== CALM).map(({ kind, text }) => make("p", { class: kind }, text)),
      make("div", { class: CALM }, make("ul", { class: "plain", role: "list" }, said.filter(({ kind }) => kind === CALM).map(({ text }) => make("li", {}, text)))),
      standing?.case == null ? null : make("p", {}, make("a", { class: "button", href: `#/arrivals/${standing.case}` }, t("Go to the case"))),
      standing?.state !== "missing" || shown === undefined ? null : takingIn(this.bench, shown.story),
      shown === undefined ? null : this.story(shown, found.day)));
    title.focus();
    announce(here?.text ?? "");
  }

  private story({ story, words, stood, files }: ExportShown, on: string): Child {
    const { facts } = this.bench;
    return [
      make("p", { class: "hint" }, t("To be read only: what is to be done in this case is done where it stands.")),
      words === "" ? null : make("p", { class: "small" }, t("Who took it out wrote beside it:"), " ", make("bdi", {}, words)),
      readOnly(story, facts).map(drawn),
      make("section", { class: "stack tight", id: "import-stood" }, stoodParagraphs(stood, on, facts).map(drawn)),
      files.length === 0 ? null : make("section", { class: "stack tight" }, make("h3", {}, t("Files")),
        make("p", { class: "hint" }, t("That these bytes are what was attached is the word of who took the case out.")),
        make("ul", { class: "plain", id: "import-files" }, files.map((one) => make("li", { class: "row apart" }, this.file(one))))),
    ];
  }

  private file({ part, erased, named, file }: ExportFile): Child {
    const label = make("bdi", {}, file.name);
    if (erased) return [label, make("span", { class: "muted small" }, t("Two people have deleted it."))];
    if (part === undefined) return [label, make("span", { class: "muted small" }, t("Not in the file."))];
    return [label, named ? null : make("span", { class: "notice danger" }, t("Nothing in the case names it so.")),
      make("button", { class: "button secondary", type: "button", "aria-label": t("Save {name}", { name: file.name }), onclick: () => { void this.save({ part, file }).catch((error: unknown) => { this.unsaved(error); }); } }, t("Save"))];
  }

  /** The file on the disk that is read for it may be gone by now. */
  private unsaved(error: unknown): void {
    if (this.gone) return;
    const text = refusedWords(error);
    this.result.prepend(make("p", { class: "notice danger", role: "alert" }, text));
    this.result.scrollIntoView({ block: "start" });
  }

  private async save({ part, file }: Pick<ExportFile, "file"> & { readonly part: string }): Promise<void> {
    if (!await surelySave(file) || this.gone) return;
    const parts: Uint8Array[] = [];
    for (let at = 0; at < file.size; at += STRETCH) {
      parts.push(await this.bench.worker.ask("import-file", { part, at, length: STRETCH }));
      this.bench.awake();
    }
    const address = URL.createObjectURL(new Blob(parts as Uint8Array<ArrayBuffer>[], { type: "application/octet-stream" }));
    make("a", { href: address, download: file.name }).click();
    setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
  }
}

function drawn({ as, text, written }: Paragraph): HTMLElement {
  switch (as) {
    case "title": case "heading": return make("h3", {}, text);
    case "by": return make("h4", { class: "small" }, text);
    case "small": return make("p", { class: "small muted" }, text);
    case "text": return make("p", written === true ? { class: "written", dir: "auto" } : {}, text);
  }
}

/** Opens the seal in a worker that ends with it, with all that it needed. */
async function unsealed(file: File, opening: string): Promise<Unsealed> {
  const worker = await startWorker(readAssets(document), "import-worker");
  try {
    return await new Promise((done, failed) => {
      const fault = (): void => { failed(new WorkerRefusal("age-header", "")); };
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if ("failed" in data) failed(new WorkerRefusal(data.failed === "fault" ? "age-header" : data.failed, ""));
        else done(data.unsealed);
      };
      worker.onerror = fault;
      worker.postMessage({ file, opening } satisfies Ask);
    });
  } finally {
    worker.terminate();
  }
}
