/**
 * The page's end of the service worker: it answers for the files that are open here, out of the worker that holds the
 * keys, as long as that worker lives. The service worker itself remembers nothing.
 */
import { startHelper } from "../../workers/load.js";
import type { Asked, Given } from "../../workers/files/asking.js";

/** Gives a piece of one open file. */
export type Giver = (range: string | null) => Promise<Given>;

const open = new Map<string, Giver>();
let listening = false;

/** Start the service worker of an office; undefined where the browser has none. */
export function helperOf(office: string): Promise<ServiceWorkerRegistration | undefined> {
  listen();
  return startHelper(`${folderOf(office)}helper.js`);
}

/** The address below which files are played and saved. */
export function folderOf(office: string): string {
  return `/at/${office}/file/`;
}

/** Answer for the file `token` until the function that this returns is called. */
export function give(token: string, giver: Giver): () => void {
  open.set(token, giver);
  return () => { open.delete(token); };
}

function listen(): void {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (listening || workers === undefined) return;
  listening = true;
  workers.addEventListener("message", (event: MessageEvent<Asked>) => {
    const [port] = event.ports;
    if (port !== undefined) void answer(event.data, port);
  });
  workers.startMessages();
}

async function answer({ token, range }: Asked, port: MessagePort): Promise<void> {
  const giver = open.get(token);
  const given: Given = giver === undefined ? { gives: "nothing" } : await giver(range).catch((): Given => ({ gives: "gone" }));
  port.postMessage(given, given.gives === "piece" ? [given.bytes.buffer] : []);
}
