// How a page's script loads what comes later: a lazy module, or a worker, each with the hash that its bytes must have.
// The only file that makes addresses of scripts, behind the one Trusted Types policy that the pages' headers allow.

/** One built file, as the page's `assets` block names it. */
export interface Asset {
  readonly url: string;
  readonly integrity: string;
}

/** Built files by the name of their entry in `web/build.mjs`. */
export type Assets = Readonly<Record<string, Asset>>;

interface ScriptPolicy {
  createScriptURL(address: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptPolicy;
}

const allowed = new Set<string>();
const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy = factory?.createPolicy("fairline", {
  createScriptURL(address) {
    if (allowed.has(address)) return address;
    throw new TypeError("This address is not one of our scripts.");
  },
});

/** Returns `address` as something that script sinks take, once it is on the list. Browsers without Trusted Types get the text. */
function scriptAddress(address: string): string {
  allowed.add(address);
  return (policy === undefined ? address : policy.createScriptURL(address)) as string;
}

/** Resolves against the site, because the base address inside a blob worker is the blob's. */
function absolute(url: string): string {
  if (!/^\/s\/[\w.-]+\.js$/.test(url)) throw new TypeError("Scripts are loaded from our own folder only.");
  return new URL(url, globalThis.location.origin).href;
}

/** Reads the page's `assets` block ({% assets_block … %}). Throws if the page has none. */
export function readAssets(page: Document): Assets {
  const block = page.getElementById("assets");
  if (block === null) throw new Error("The page names no files to load.");
  return JSON.parse(block.textContent) as Assets;
}

function named(assets: Assets, name: string): Asset {
  const asset = assets[name];
  if (asset === undefined) throw new Error(`The page does not name ${name}.`);
  return asset;
}

/** How often a module was asked for: what failed once fails for ever under the same address, in many browsers. */
const asked = new Map<string, number>();

/** Loads and runs the module `name`; rejects if it cannot be had or its bytes are not the ones the page names. */
export function loadModule(page: Document, assets: Assets, name: string): Promise<void> {
  const asset = named(assets, name), times = asked.get(name) ?? 0;
  asked.set(name, times + 1);
  return new Promise((done, failed) => {
    const script = page.createElement("script");
    script.type = "module";
    script.integrity = asset.integrity;
    script.crossOrigin = "anonymous";
    script.src = scriptAddress(absolute(asset.url) + (times === 0 ? "" : `#${times}`));
    script.addEventListener("load", () => { done(); });
    script.addEventListener("error", () => { failed(new Error(`${name} could not be loaded.`)); });
    page.head.append(script);
  });
}

/** Starts the worker `name` from bytes that have the hash the page names; it obeys the page's policy. Rejects otherwise. */
export async function startWorker(assets: Assets, name: string): Promise<Worker> {
  const asset = named(assets, name);
  const answer = await fetch(absolute(asset.url), { integrity: asset.integrity });
  if (!answer.ok) throw new Error(`${name} could not be loaded.`);
  const bytes = new Blob([await answer.arrayBuffer()], { type: "text/javascript" });
  const address = URL.createObjectURL(bytes);
  return new Worker(scriptAddress(address), { type: "module", name });
}

/**
 * Starts the worker `name` by its address, so that it obeys the policy of its own answer: the only way to give one
 * worker WebAssembly and no page. The bytes are fetched and compared first; the worker then takes them from the
 * browser's cache, where they may stay for ever because their name is their hash. Browsers offer no stronger tie.
 */
export async function startWorkerByAddress(assets: Assets, name: string): Promise<Worker> {
  const asset = named(assets, name);
  const address = absolute(asset.url);
  const answer = await fetch(address, { integrity: asset.integrity });
  if (!answer.ok) throw new Error(`${name} could not be loaded.`);
  await answer.arrayBuffer();
  return new Worker(scriptAddress(address), { type: "module", name });
}

/**
 * Registers the service worker at `address`, so that it reigns below its own folder, and waits until it works; undefined
 * where the browser has none, as in private windows. No integrity can be given to a service worker: browsers have no
 * place for it. Its policy lets it fetch nothing.
 */
export async function startHelper(address: string): Promise<ServiceWorkerRegistration | undefined> {
  if (!/^\/at\/[\w-]{22}\/file\/helper\.js$/.test(address)) throw new TypeError("Helpers are started from their own place only.");
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (workers === undefined) return undefined;
  try {
    const registration = await workers.register(scriptAddress(address), { updateViaCache: "none" });
    const coming = registration.installing ?? registration.waiting;
    if (registration.active === null && coming !== null) await activated(coming);
    return registration.active === null ? undefined : registration;
  } catch {
    return undefined;
  }
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((done) => {
    const look = (): void => { if (worker.state === "activated" || worker.state === "redundant") done(); };
    worker.addEventListener("statechange", look);
    look();
  });
}
