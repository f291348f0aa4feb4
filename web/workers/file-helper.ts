/**
 * The service worker of the office door, for attachments only: it turns a player's requests and a download into
 * questions to the page that has the file open. It holds no key and no byte of a file longer than it takes to hand it
 * on, stores nothing, and fetches nothing: its policy forbids it. It reigns below its own address, where no page lies
 * but the scriptless player.
 */
import type { Asked, Given, Heard, Runs } from "./files/asking.js";

const here = globalThis as unknown as ServiceWorkerGlobalScope;
/** Milliseconds for one piece: a part of two megabytes over a slow line, and its unsealing. */
const PATIENCE = 120_000;
const FOLDER = /^\/at\/[\w-]{22}\/file\//;
const ADDRESS = /^\/at\/[\w-]{22}\/file\/(play|save)\/([\w-]{22})$/;

here.addEventListener("install", () => { void here.skipWaiting(); });
here.addEventListener("activate", (event) => { event.waitUntil(here.clients.claim()); });
here.addEventListener("message", ({ data, ports }: ExtendableMessageEvent) => {
  ports[0]?.postMessage(runs.get((data as Heard).saving) ?? ("unknown" satisfies Runs));
});
here.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const [, act, token] = ADDRESS.exec(pathname) ?? [];
  if (origin !== here.location.origin || token === undefined || event.request.method !== "GET") return;
  event.respondWith(act === "play" ? play(token, event.request) : save(token));
});

/** How downloads go, by their names. It is lost with the service worker, as they are: so a page learns of it. */
const runs = new Map<string, Runs>();

type Piece = Extract<Given, { gives: "piece" }>;

async function play(token: string, request: Request): Promise<Response> {
  const given = await ask(token, request.headers.get("Range"));
  if (given.gives === "outside") return refused(416, { "Content-Range": `bytes */${given.size}` });
  if (given.gives !== "piece") return refused(410);
  const { start, bytes, size, type } = given;
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    status: 206, headers: {
      ...PLAIN, "Content-Type": type, "Content-Length": String(bytes.length), "Accept-Ranges": "bytes",
      "Content-Range": `bytes ${start}-${start + bytes.length - 1}/${size}`,
    },
  });
}

async function save(token: string): Promise<Response> {
  runs.set(token, "yes");
  const first = await ask(token, "bytes=0-");
  return first.gives === "piece" ? download(token, first) : refused(410);
}

/** One piece after another, the next asked for when the browser has taken the last: nothing piles up. */
function download(token: string, first: Piece): Response {
  let waiting: Piece | undefined = first;
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      const given = waiting ?? await ask(token, `bytes=${at}-`);
      waiting = undefined;
      if (given.gives !== "piece" || given.start !== at) {
        // The browser tells the person that the download failed; the page tells them why.
        to.error(new TypeError("The file is not open any more."));
        return;
      }
      at += given.bytes.length;
      if (given.bytes.length > 0) to.enqueue(given.bytes);
      if (at >= given.size) to.close();
    },
    cancel() { runs.set(token, "given up"); },
  }, { highWaterMark: 1 });
  return new Response(body, {
    headers: {
      ...PLAIN, "Content-Type": "application/octet-stream", "Content-Length": String(first.size),
      "Content-Disposition": `attachment; filename*=UTF-8''${encoded(first.name)}`,
    },
  });
}

const PLAIN = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

function refused(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...PLAIN, ...headers } });
}

/** RFC 8187: what a header may not hold is written as bytes in hexadecimal. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The first page that knows the file answers; where none does, it is gone. */
async function ask(token: string, range: string | null): Promise<Given> {
  const all = await here.clients.matchAll({ type: "window", includeUncontrolled: true });
  // The player itself has no script, and would never answer.
  const pages = all.filter((page) => !FOLDER.test(new URL(page.url).pathname));
  const asked: Asked = { asks: "file", token, range };
  const answers = pages.map((page) => new Promise<Given>((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(() => { failed(new Error("no answer")); }, PATIENCE);
    port1.onmessage = ({ data }: MessageEvent<Given>) => {
      clearTimeout(late);
      port1.close();
      if (data.gives === "nothing") failed(new Error("another page's"));
      else done(data);
    };
    page.postMessage(asked, [port2]);
  }));
  return Promise.any(answers).catch(() => ({ gives: "gone" }) as const);
}

