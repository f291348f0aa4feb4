/** Takes the case on the screen out as one file: opened here, put together here, sealed here, and told to the office. */
import { Progress } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { Answers, Ask, FilePart, Reply } from "../../export/protocol.js";
import type { JsonObject } from "../../seal/jsontext.js";
import { b64, random, unb64 } from "../../seal/primitives.js";
import { readAssets, startWorker } from "../../workers/load.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { percent } from "../files/words.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { askExport, showExport, type ExportWish } from "./asking.js";
import { pageOf } from "./page.js";
import { pieces } from "./pieces.js";
import { fitting } from "./room.js";
import { stoodOf } from "./stood.js";
import { reasonWord } from "./words.js";

interface Recorded {
  readonly row: string;
  readonly promise: JsonObject;
}

interface Made {
  readonly seal: Answers["end"];
  readonly left: number;
}

/** Told of each piece that went through. */
type Went = (bytes: number) => void;

export async function takeOut(bench: Workbench, stage: CaseStage): Promise<void> {
  const { route, opened } = stage.state();
  if (route.at !== "case" || opened?.state !== "open") return;
  const wish = await askExport();
  if (wish === null) return;
  const { thread } = route, got: { made?: Made } = {};
  const bar = new Progress(t("The case is put together and sealed. Keep this page open."));
  await stage.acting(thread, t("Exported. The record and the case say so."), () => beside(bar, async () => { got.made = await made(bench, stage, thread, wish, bar); }), wish.words);
  const { made: found } = got;
  if (found === undefined) return;
  await showExport(found.seal.file, `case-${thread}.age`, found.seal.words, found.left);
  // A colleague may have written meanwhile; the doing stands beside the case in any event.
  const text = t("This case was exported. {why} {words}", { why: reasonWord(wish.reason), words: wish.words });
  await stage.acting(thread, t("The chronology says so."), () => stage.desk().work(thread, {
    note: { kind: "event", id: b64(random(16)), day: stage.state().facts.today, struck: false }, text,
  }), text);
}

/** Shows how far it has come, until it is done or has failed; left by Escape it goes on. */
async function beside(bar: Progress, work: () => Promise<void>): Promise<void> {
  let done: (answer: null) => void = () => undefined;
  const shown = openDialog<null>(t("Export this case"), (close) => {
    done = close;
    return make("div", { id: "exporting" }, bar.element);
  });
  try {
    await work();
  } finally {
    done(null);
    await shown;
  }
}

async function made(bench: Workbench, stage: CaseStage, thread: string, wish: ExportWish, bar: Progress): Promise<Made> {
  const state = stage.state(), { opened } = state;
  if (opened?.state !== "open") throw new WorkerRefusal("not-open", t("Please open the report first."));
  const parts = await bench.worker.ask("export-parts", { thread });
  const stood = await stoodOf(stage.desk(), thread);
  const worker = await startWorker(readAssets(document), "export-worker");
  try {
    const chosen = fitting(parts.files), all = 2 * chosen.reduce((sum, { part, size }) => sum + (part === undefined ? 0 : size), 0);
    let went = 0;
    const further: Went = (bytes) => {
      went += bytes;
      bar.show(went, Math.max(1, all), percent(went / Math.max(1, all)));
      bench.awake();
    };
    const files = await measured(bench, thread, chosen, worker, further);
    const { office, desk, by, status, audience, posts, documents } = parts, { reason, words, recipients } = wish;
    const page = pageOf({ story: opened.story, state, files, reason, words, stood });
    const { digest } = await ask(worker, {
      do: "compose", what: { office, desk, thread: parts.thread, day: state.facts.today, by, reason, words, status, audience, posts, documents, files, page, stood },
    });
    bench.awake();
    const signed = await bench.worker.ask("sign-export", { thread, reason, digest, counter: await bench.session.counter() });
    const { row, promise } = await bench.api.post<Recorded>(`threads/${thread}/export`, { reason, digest: b64(digest), read: signed.read, act: { ...signed.act } });
    await ask(worker, { do: "begin", row: unb64(row), promise, recipients });
    for (const { blob } of files.filter(({ part }) => part !== undefined)) {
      for await (const bytes of pieces(bench.worker, thread, b64(blob))) {
        further(bytes.length);
        await ask(worker, { do: "add", bytes });
      }
    }
    return { seal: await ask(worker, { do: "end" }), left: files.filter(({ part }) => part === undefined).length };
  } finally {
    // What was put together is in its memory, and goes with it.
    worker.terminate();
  }
}

/** Each attachment is read through and held against its envelope before it goes in; one that does not hold is only named. */
async function measured(bench: Workbench, thread: string, files: readonly FilePart[], worker: Worker, further: Went): Promise<FilePart[]> {
  const out: FilePart[] = [];
  for (const file of files) out.push(file.part === undefined || await holds(bench, thread, { ...file, part: file.part }, worker, further) ? file : { ...file, part: undefined });
  return out;
}

async function holds(bench: Workbench, thread: string, { blob, part }: FilePart & { readonly part: string }, worker: Worker, further: Went): Promise<boolean> {
  try {
    for await (const bytes of pieces(bench.worker, thread, b64(blob))) {
      further(bytes.length);
      await ask(worker, { do: "measure", part, bytes });
    }
    return true;
  } catch (error) {
    // Deleted by two people, or not what its envelope names: named in the list, and not in the file.
    if (error instanceof WorkerRefusal && ["file-gone", "attachment-hash", "age-payload", "age-mac"].includes(error.code)) return false;
    throw error;
  }
}

function ask<A extends Ask>(worker: Worker, what: A): Promise<Answers[A["do"]]> {
  return new Promise((done, failed) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("failed" in data) failed(new WorkerRefusal(data.failed, t("The file could not be put together. Nothing was lost; please try again.")));
      else done(data.answer as Answers[A["do"]]);
    };
    worker.onerror = () => { failed(new WorkerRefusal("fault", t("The file could not be put together. Nothing was lost; please try again."))); };
    worker.postMessage(what, "bytes" in what ? [what.bytes.buffer] : []);
  });
}
