/**
 * What the mailbox's bundle takes from the report's instead of bringing it once more: sealing, readers of documents, the
 * page's parts. `web/lending.mjs` finds out what that is and writes both ends. Integrity can be given to whole files
 * only, so that browsers share nothing between them by themselves.
 */
const EVENT = "fairline-lend";

interface Asked {
  held?: readonly unknown[];
}

/** Called by the bundle that has them, in the order in which the other one was built to take them. */
export function lend(held: readonly unknown[]): void {
  document.addEventListener(EVENT, (event) => { (event as CustomEvent<Asked>).detail.held = held; });
}

/** Called by the bundle that takes them. */
export function borrow(): readonly unknown[] {
  const asked: Asked = {};
  document.dispatchEvent(new CustomEvent(EVENT, { detail: asked }));
  if (asked.held === undefined) throw new Error("The bundle that this one stands on is not there.");
  return asked.held;
}
