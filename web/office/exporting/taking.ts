/** Takes the case on the screen out as one file: opened here, put together here, sealed here, and told to the office. */
import { t } from "../../elements/words.js";
import type { Answers, Ask, FilePart, Reply } from "../../export/protocol.js";
import type { JsonObject } from "../../seal/jsontext.js";
import { EXPORTED_FILES_MAX } from "../../seal/limits.gen.js";
import { b64, random, unb64 } from "../../seal/primitives.js";
import type { CaseParts } from "../../workers/exporting.js";
import { readAssets, startWorker } from "../../workers/load.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { askExport, showExport, type ExportWish } from "./asking.js";
import { pageOf } from "./page.js";
import { stoodOf } from "./stood.js";
import { reasonWord } from "./words.js";

interface Recorded {
  readonly row: string;
  readonly promise: JsonObject;
}

interface Made {
  readonly seal: Answers["seal"];
  readonly left: number;
}

export async function takeOut(bench: Workbench, stage: CaseStage): Promise<void> {
  const { route, opened } = stage.state();
  if (route.at !== "case" || opened?.state !== "open") return;
  const wish = await askExport();
  if (wish === null) return;
  const { thread } = route, got: { made?: Made } = {};
  await stage.acting(thread, t("Exported. The record and the case say so."), async () => { got.made = await made(bench, stage, thread, wish); }, wish.words);
  const { made: found } = got;
  if (found === undefined) return;
  await showExport(found.seal.file, `case-${thread}.age`, found.seal.words, found.left);
  // A colleague may have written meanwhile; the doing stands beside the case in any event.
  const text = t("This case was exported. {why} {words}", { why: reasonWord(wish.reason), words: wish.words });
  await stage.acting(thread, t("The chronology says so."), () => stage.desk().work(thread, {
    note: { kind: "event", id: b64(random(16)), day: stage.state().facts.today, struck: false }, text,
  }), text);
}

async function made(bench: Workbench, stage: CaseStage, thread: string, wish: ExportWish): Promise<Made> {
  const state = stage.state(), { opened } = state;
  if (opened?.state !== "open") throw new WorkerRefusal("not-open", t("Please open the report first."));
  const parts = await bench.worker.ask("export-parts", { thread });
  const files = await attachments(bench, thread, parts);
  const worker = await startWorker(readAssets(document), "export-worker");
  try {
    const { office, desk, by, status, audience, posts, documents } = parts;
    const { reason, words, recipients } = wish;
    const stood = await stoodOf(stage.desk(), thread);
    const page = pageOf({ story: opened.story, state, files, reason, words, stood });
    const { digest } = await ask(worker, {
      do: "compose", what: { office, desk, thread: parts.thread, day: state.facts.today, by, reason, words, status, audience, posts, documents, files, page, stood },
    });
    bench.awake();
    const signed = await bench.worker.ask("sign-export", { thread, reason, digest, counter: await bench.session.counter() });
    const { row, promise } = await bench.api.post<Recorded>(`threads/${thread}/export`, { reason, digest: b64(digest), read: signed.read, act: { ...signed.act } });
    const sealed = await ask(worker, { do: "seal", row: unb64(row), promise, recipients });
    return { seal: sealed, left: files.filter(({ part }) => part === undefined).length };
  } finally {
    // What was put together is in its memory, and goes with it.
    worker.terminate();
  }
}

/** Attachments in the order of the case, as far as there is room; each is held against its envelope before it goes in. */
async function attachments(bench: Workbench, thread: string, { files }: CaseParts): Promise<FilePart[]> {
  const out: FilePart[] = [];
  let room = EXPORTED_FILES_MAX;
  for (const [at, file] of files.entries()) {
    const fits = file.size <= room;
    const content = fits ? await whole(bench, thread, b64(file.blob)) : undefined;
    if (content !== undefined) room -= file.size;
    out.push({ ...file, content, part: content === undefined ? undefined : placeOf(at + 1, file.name) });
  }
  return out;
}

async function whole(bench: Workbench, thread: string, blob: string): Promise<Uint8Array | undefined> {
  bench.awake();
  try {
    const { token } = await bench.worker.ask("file-open", { thread, blob });
    try {
      return await bench.worker.ask("file-whole", { token });
    } finally {
      await bench.worker.ask("file-close", { token });
    }
  } catch (error) {
    // Deleted by two people, or not what its envelope names: named in the list, and not in the file.
    if (error instanceof WorkerRefusal && ["file-gone", "attachment-hash", "age-payload", "age-mac"].includes(error.code)) return undefined;
    throw error;
  }
}

/** A place of our own making: a name that somebody else chose would lead where they like. */
function placeOf(number: number, name: string): string {
  const ending = /\.([a-z0-9]{1,8})$/u.exec(name.toLowerCase())?.[1];
  return `attachments/${String(number).padStart(2, "0")}${ending === undefined ? "" : `.${ending}`}`;
}

function ask<A extends Ask>(worker: Worker, what: A): Promise<Answers[A["do"]]> {
  return new Promise((done, failed) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("failed" in data) failed(new WorkerRefusal(data.failed, t("The file could not be put together. Nothing was lost; please try again.")));
      else done(data.answer as Answers[A["do"]]);
    };
    worker.onerror = () => { failed(new WorkerRefusal("fault", t("The file could not be put together. Nothing was lost; please try again."))); };
    worker.postMessage(what);
  });
}
