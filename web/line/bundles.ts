/** Bundles that load when they are first wanted. They share no code with the page's, so what they hold comes through the document. */
import type { Load } from "./handover";

const EVENT = "fairline-bundle";
const loaded = new Map<string, Promise<unknown>>();

interface Delivery {
  readonly bundle: string;
  readonly held: unknown;
}

/** Called by a bundle for whoever loaded it. */
export function deliver(bundle: string, held: unknown): void {
  document.dispatchEvent(new CustomEvent<Delivery>(EVENT, { detail: { bundle, held } }));
}

/**
 * What the bundle delivers; it is loaded once, since a module runs once however often it is asked for. Rejects if it cannot be had;
 * the next call tries again.
 */
export function delivered<Held>(load: Load, bundle: string): Promise<Held> {
  let waiting = loaded.get(bundle);
  if (waiting === undefined) {
    waiting = fetched(load, bundle);
    waiting.catch(() => { loaded.delete(bundle); });
    loaded.set(bundle, waiting);
  }
  return waiting as Promise<Held>;
}

async function fetched(load: Load, bundle: string): Promise<unknown> {
  let found: Delivery | undefined;
  const hear = (event: Event): void => {
    const { detail } = event as CustomEvent<Delivery>;
    if (detail.bundle === bundle) found = detail;
  };
  document.addEventListener(EVENT, hear);
  try {
    await load(bundle);
  } finally {
    document.removeEventListener(EVENT, hear);
  }
  if (found === undefined) throw new Error(`The bundle ${bundle} came without what it holds.`);
  return found.held;
}
