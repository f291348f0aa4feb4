// A page of the tests: lets a test call the loader as the pages' own scripts do.
import { loadModule, readAssets, startWorker, startWorkerByAddress, type Assets } from "../../workers/load.js";

const assets = readAssets(document);

/** Resolves with the worker's first words; rejects if it cannot start. */
function firstWords(worker: Worker): Promise<unknown> {
  return new Promise((done, failed) => {
    worker.addEventListener("message", (event) => { done(event.data); });
    worker.addEventListener("error", () => { failed(new Error("the worker did not run")); });
    worker.postMessage("speak");
  });
}

function spoilt(name: string): Assets {
  const asset = assets[name];
  if (asset === undefined) throw new Error(name);
  return { ...assets, [name]: { ...asset, integrity: `sha384-${"A".repeat(64)}` } };
}

async function may(act: () => unknown): Promise<boolean> {
  try {
    await act();
    return true;
  } catch {
    return false;
  }
}

/** What a page must not be able to do. Tried by the page's own script: a debugger's is not bound by the policies. */
async function forbidden(): Promise<Record<string, boolean>> {
  await new Promise((done) => { setTimeout(done); }); // out of the debugger's call, which may do anything
  const types = (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes;
  return {
    /* eslint-disable no-restricted-properties -- refusals are what is tried */
    /* oxlint-disable @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- as above */
    evaluated: await may(() => globalThis.eval("1") as number),
    made: await may(() => new Function("return 1")() as number),
    markup: await may(() => { document.body.innerHTML = "<b>x</b>"; }),
    /* eslint-enable */
    /* oxlint-enable */
    address: await may(() => { document.createElement("script").src = "/s/x.js"; }),
    worker: await may(() => new Worker("/s/x.js")),
    another: await may(() => types.createPolicy("another", {})),
    again: await may(() => types.createPolicy("fairline", {})),
    wasm: await may(() => WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))),
    elsewhere: await may(() => fetch("https://example.org/")),
  };
}

const trials = {
  forbidden,
  worker: async () => firstWords(await startWorker(assets, "tests/pages/speaker")),
  workerByAddress: async () => firstWords(await startWorkerByAddress(assets, "tests/pages/speaker")),
  spoiltWorker: async () => firstWords(await startWorker(spoilt("tests/pages/speaker"), "tests/pages/speaker")),
  spoiltWorkerByAddress: async () =>
    firstWords(await startWorkerByAddress(spoilt("tests/pages/speaker"), "tests/pages/speaker")),
  module: async () => {
    await loadModule(document, assets, "tests/pages/speaker");
    return document.documentElement.dataset["spoke"];
  },
  spoiltModule: () => loadModule(document, spoilt("tests/pages/speaker"), "tests/pages/speaker"),
  foreign: () => loadModule(document, { foreign: { url: "https://evil.example/x.js", integrity: "" } }, "foreign"),
};
Object.assign(globalThis, { trials });
