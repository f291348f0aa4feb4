import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { Asked, Given } from "./files/asking.js";

const OFFICE = "AAAAAAAAAAAAAAAAAAAAAA";
const TOKEN = "BBBBBBBBBBBBBBBBBBBBBA";
const HERE = "https://office.example";
const CONTENT = Uint8Array.from({ length: 2500 }, (_, at) => at & 0xff);
const PIECE = 1000;

type Answering = (asked: Asked) => Given | undefined;
interface Fetched {
  readonly request: { readonly url: string; readonly method: string; readonly headers: Headers };
  respondWith(answer: Promise<Response>): void;
}

const hears = new Map<string, (event: Fetched) => void>();
let pages: Answering[] = [];

/** A browser's service worker, as far as ours uses it. */
beforeAll(async () => {
  Object.assign(globalThis, {
    location: { origin: HERE },
    addEventListener: (name: string, hear: (event: Fetched) => void) => { hears.set(name, hear); },
    clients: {
      matchAll: () => Promise.resolve(pages.map((answering) => ({
        url: `${HERE}/at/${OFFICE}/${answering === player ? "file/player" : ""}`,
        postMessage: (asked: Asked, [port]: [MessagePort]) => {
          const given = answering(asked);
          if (given !== undefined) port.postMessage(given);
        },
      }))),
    },
  });
  await import("./file-helper.js");
});

beforeEach(() => { pages = []; });

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> | undefined {
  let answered: Promise<Response> | undefined;
  hears.get("fetch")?.({
    request: { url: `${HERE}${path}`, method, headers: new Headers(headers) }, respondWith: (answer) => { answered = answer; },
  });
  return answered;
}

const address = (act: string): string => `/at/${OFFICE}/file/${act}/${TOKEN}`;

/** A page that has the file open. */
const holds = (name = "film.mp4", type = "video/mp4"): Answering => ({ token, range }) => {
  if (token !== TOKEN) return { gives: "nothing" };
  const start = Number(/^bytes=(\d+)-/.exec(range ?? "bytes=0-")?.[1]);
  if (start >= CONTENT.length) return { gives: "outside", size: CONTENT.length };
  return { gives: "piece", start, bytes: CONTENT.slice(start, start + PIECE), size: CONTENT.length, type, name };
};
/** The scriptless frame, which is a page of the office too and answers nobody. */
const player: Answering = () => undefined;
const knowsNothing: Answering = () => ({ gives: "nothing" });
const wentAway: Answering = () => ({ gives: "gone" });

describe("a player", () => {
  it("gets the piece that it asks for, with its place in the file", async () => {
    pages = [knowsNothing, holds()];
    const answer = await ask(address("play"), { Range: "bytes=1500-" });
    expect(answer?.status).toBe(206);
    expect(answer?.headers.get("Content-Range")).toBe("bytes 1500-2499/2500");
    expect(answer?.headers.get("Content-Type")).toBe("video/mp4");
    expect(answer?.headers.get("Cache-Control")).toBe("no-store");
    expect(new Uint8Array(await answer?.arrayBuffer() ?? [])).toEqual(CONTENT.slice(1500));
  });

  it("is told where nothing lies", async () => {
    pages = [holds()];
    const answer = await ask(address("play"), { Range: "bytes=9999-" });
    expect(answer?.status).toBe(416);
    expect(answer?.headers.get("Content-Range")).toBe("bytes */2500");
  });

  it.each([
    ["no page is there", []], ["only the player is there", [player]], ["no page knows it", [player, knowsNothing]],
    ["the page is locked", [wentAway]],
  ])(
    "gets 410 and not a byte where %s", async (_, there) => {
      pages = there;
      const answer = await ask(address("play"));
      expect(answer?.status).toBe(410);
      expect(await answer?.text()).toBe("");
    });
});

describe("a download", () => {
  it("is the whole file, under its name, as no type that anything would run", async () => {
    pages = [holds("Bericht “Tor” 你好.pdf\r\nX: 1", "video/mp4")];
    const answer = await ask(address("save"));
    expect(answer?.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(answer?.headers.get("X-Content-Type-Options")).toBe("nosniff");
    const disposition = answer?.headers.get("Content-Disposition") ?? "";
    expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w.%~!-]+$/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? "")).toContain("你好");
    expect(new Uint8Array(await answer?.arrayBuffer() ?? [])).toEqual(CONTENT);
  });

  it("fails in the middle when the keys are locked, and never ends as if it were whole", async () => {
    let given = 0;
    const page = holds();
    pages = [(asked) => { given += 1; return given === 1 ? page(asked) : { gives: "nothing" }; }];
    const answer = await ask(address("save"));
    await expect(answer?.arrayBuffer()).rejects.toThrow();
  });

  it("is known to run, or to be given up, to the page that asks; to a service worker that was started anew it is not", async () => {
    const asked = (saving: string): Promise<unknown> => new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => { port1.close(); done(data); };
      hears.get("message")?.({ data: { saving }, ports: [port2] } as unknown as Fetched);
    });
    pages = [holds()];
    const answer = await ask(address("save"));
    expect(await asked(TOKEN)).toBe("yes");
    await answer?.body?.cancel();
    expect(await asked(TOKEN)).toBe("given up");
    expect(await asked("CCCCCCCCCCCCCCCCCCCCCA")).toBe("unknown");
  });

  it("of an empty file is empty", async () => {
    pages = [() => ({ gives: "piece", start: 0, bytes: new Uint8Array(0), size: 0, type: "", name: "nothing.txt" })];
    const answer = await ask(address("save"));
    expect(await answer?.text()).toBe("");
  });
});

it("leaves alone whatever is not an attachment that a page has opened", () => {
  pages = [holds()];
  for (const path of ["/", `/at/${OFFICE}/`, `/at/${OFFICE}/file/player`, `/at/${OFFICE}/file/play/x`, `${address("play")}/more`, `/api/at/${OFFICE}/me`]) {
    expect(ask(path)).toBeUndefined();
  }
  expect(ask(address("play"), {}, "POST")).toBeUndefined();
});
