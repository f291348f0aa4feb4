/** Shows one PDF in a sandbox, by pdf.js. No program that a PDF carries is ever run, and no address in it is asked. */
import "./alone.js";

import { decoders, files } from "pdf-inside";
import { getDocument, PasswordException } from "pdfjs-dist/legacy/build/pdf.mjs";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";

import { Pages } from "./pages.js";
import { Sheets } from "./sheets.js";
import { serve, type Answer, type Cover, type Task } from "./talk.js";

Object.assign(globalThis, { fairlineDecoders: decoders });

/** Gives pdf.js what it asks for by name, from inside this bundle. */
class Inside {
  fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const file = files.get(filename);
    return file === undefined ? Promise.reject(new Error(`no ${filename}`)) : Promise.resolve(file.slice());
  }
}

let pages: Pages | undefined;
let sheets: Sheets | undefined;

async function show(task: Task, say: (answer: Answer) => void): Promise<void> {
  try {
    const pdf = await getDocument({
      data: task.bytes,
      BinaryDataFactory: Inside, useWorkerFetch: false, useWasm: false, useSystemFonts: false,
      disableWorkerRendering: true, enableXfa: false, stopAtErrors: false, verbosity: 0,
      maxImageSize: task.points, canvasMaxAreaInBytes: task.points * 4,
    }).promise;
    const host = document.getElementById("pages");
    if (host === null) throw new Error("the document lacks its frame");
    pages = new Pages(pdf, host, task);
    await pages.lay();
    say({ said: "shown", pages: pages.count, left: pdf.numPages - pages.count });
  } catch (error) {
    say({ said: "refused", why: error instanceof PasswordException ? "locked" : "broken" });
  }
}

async function cover(order: Cover, say: (answer: Answer) => void): Promise<void> {
  if (sheets === undefined) {
    const begun = pages?.beginCovering((bars, sheet) => { say({ said: "covered", bars, sheet }); });
    if (begun === undefined) return;
    [sheets, pages] = [begun.sheets, undefined];
    await sheets.turn(begun.at);
  } else if ("paint" in order) {
    sheets.hold(true);
    say(await sheets.paint(order.paint));
  } else if ("turn" in order) await sheets.turn(order.turn);
  else if ("leave" in order) sheets.leave(order.leave);
  else if (order.cover === "begin") sheets.hold(false);
  else sheets[order.cover]();
}

serve({ show, cover, zoom(factor) { (sheets ?? pages)?.zoom(factor); } });
