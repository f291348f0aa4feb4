import type { Api } from "./api.js";
import type { Facts } from "./facts.js";
import type { Session, Unheard } from "./session.js";
import type { OfficeWorker } from "./worker.js";

/** What a view may use. */
export interface Workbench {
  readonly worker: OfficeWorker;
  readonly api: Api;
  /** What is proven about the office and this member; changes after a document was signed or the keys reloaded. */
  readonly facts: Facts;
  /** Counters, root keys and what differs, for the views that sign documents. */
  readonly session: Session;
  /** Go to another view: `go("arrivals", "/<thread>")` is `#/arrivals/<thread>`. */
  go(name: string, path?: string): void;
  /** Put a number beside the view's tab; 0 takes it away. */
  badge(name: string, number: number): void;
  /** Somebody is here, though this page does not see it: they watch, or move in a frame, or wait for a long download. */
  awake(): void;
  /** An act failed whose page was left: said on every page until somebody has read it. */
  unheard(one: Unheard): void;
  /** Load and prove the documents again, after something was signed. */
  refresh(): Promise<void>;
}

/** A view that is on the screen. */
export interface Shown {
  /** Called when the address changes within the view. Without it the view is drawn anew. */
  route?(path: string): void;
  /** Called before another view is drawn, and on locking. */
  leave?(): void;
}

export interface View {
  /** Label of its tab. A function, because words are read when the page shows. */
  readonly title: () => string;
  /** Tabs stand in this order; 0 has no tab. */
  readonly order: number;
  /** What waits behind the tab, as it was at unlocking; the view itself may say another number later. */
  readonly waits?: (session: Session) => number;
  /** Whether this member has the tab; by default everybody. Hiding is courtesy, the server and the keys decide. */
  for?(facts: Facts): boolean;
  /** Whether its tab stands there now; without it, from the first day on. Its address leads there in any case. */
  now?(session: Session): boolean;
  /** Draw into `host`; `path` is what follows the view's name in the address, `""` or `"/…"` or `"?…"`. */
  render(host: HTMLElement, path: string, workbench: Workbench): Shown;
}

const all = new Map<string, View>();

/** Add a view to the workbench under `#/<name>`. */
export function view(name: string, one: View): void {
  if (all.has(name)) throw new Error(`The view ${name} is registered twice.`);
  all.set(name, one);
}

/** Every view by its name, in the order of their tabs. */
export function views(): ReadonlyMap<string, View> {
  return new Map([...all].sort(([, a], [, b]) => a.order - b.order));
}
