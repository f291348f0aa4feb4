import { afterEach, beforeEach, expect, test, vi } from "vitest";

import {
  attachmentHash, attachmentShape, beginAttachment, openHead, openPart, PART_BYTES, partHash, partSpan, sealPart, type Upload,
} from "../../seal/attachment";
import { readParcel } from "../../seal/parcel";
import { b64, random, same } from "../../seal/primitives";
import type { Work } from "../../seal/work";
import type { Door } from "../attaching";
import { post } from "../wire";
import type { SealedPart } from "../../workers/sealing-protocol";
import type { Sealers } from "./sealers";
import { Transfer, type Pause } from "./transfer";

const DESK = b64(random(16));
const OFFICE = b64(random(16));

/** A server that keeps parts, and may be told to fail. */
class Server {
  readonly parts = new Map<number, Uint8Array>();
  readonly sent: number[] = [];
  readonly work: unknown[] = [];
  answers: (() => Response | undefined)[] = [];
  /** The connection: rejects as fetch does. */
  broken = 0;

  async fetch(address: string, how: RequestInit): Promise<Response> {
    if (this.broken > 0) {
      this.broken -= 1;
      throw new TypeError("Failed to fetch");
    }
    const body = new Uint8Array(await (how.body as Blob).arrayBuffer());
    if (address.endsWith("/blobs/state")) {
      if (this.parts.size === 0) return refusal(404, "no-blob");
      const hashes = await Promise.all(Array.from({ length: this.count }, async (_, part) => {
        const held = this.parts.get(part);
        return held === undefined ? "" : b64(await partHash(held as Uint8Array<ArrayBuffer>));
      }));
      return Response.json({ v: 1, parts: hashes.length, hashes });
    }
    const { head, files } = readParcel(body);
    this.sent.push(head["part"] as number);
    if (head["work"] !== undefined) this.work.push(head["work"]);
    const other = this.answers.shift()?.();
    if (other !== undefined) return other;
    this.count = head["parts"] as number;
    expect(head["desk"]).toBe(DESK);
    this.parts.set(head["part"] as number, files[0]?.bytes ?? new Uint8Array());
    return Response.json({ v: 1, held: this.parts.size });
  }

  count = 0;
}

const refusal = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ error: code, message: "A sentence." }), { status, headers });

/** Seals in this thread, and counts how many sealed parts are about at once. */
class Bench {
  readonly most = 2;
  sealed = 0;

  async part(upload: Upload, part: number, file: Blob): Promise<SealedPart> {
    const { start, stop } = partSpan(attachmentShape(upload.size), part);
    const bytes = sealPart(upload, part, new Uint8Array(await file.slice(start, stop).arrayBuffer()));
    this.sealed += 1;
    return { bytes, hash: await partHash(bytes) };
  }

  whole(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
    return Promise.resolve(attachmentHash(hashes));
  }
}

let server: Server;
let bench: Bench;
let pauses: Pause[];
let progress: number[];

beforeEach(() => {
  server = new Server();
  bench = new Bench();
  pauses = [];
  progress = [];
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("removeEventListener", () => undefined);
  vi.stubGlobal("fetch", (address: string, how: RequestInit) => server.fetch(address, how));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function picked(size: number): Promise<{ file: Blob; upload: Upload; content: Uint8Array }> {
  const content = new Uint8Array(size);
  for (let at = 0; at < size; at += 997) content[at] = at % 251;
  return { file: new Blob([content]), upload: await beginAttachment(size), content };
}

const door: Door = (what, body, manner) => post(`/at/${OFFICE}/blobs/${what}`, body, what === "part" ? "bytes" : "json", manner);

function transfer(file: Blob, upload: Upload, resumed = false): Transfer {
  return new Transfer(bench as unknown as Sealers, { door, desk: DESK, file, upload, resumed, work }, {
    sent: (bytes) => { progress.push(bytes); }, paused: (why) => { if (pauses.at(-1) !== why) pauses.push(why); },
  });
}

/** The arithmetic, which costs nothing here; a counter says for which of the door's demands it was done. */
const asked: unknown[] = [];
const work = (_blob: Uint8Array, more?: unknown): Promise<Work> => {
  if (more !== undefined) asked.push(more);
  return Promise.resolve({ span: 1, counter: asked.length });
};

const going = (): AbortSignal => new AbortController().signal;

/** What lies on the server, opened as a handler does. */
async function opened(upload: Upload, size: number): Promise<Uint8Array> {
  const head = await openHead({ seed: upload.seed, size }, server.parts.get(0) ?? new Uint8Array());
  const out = new Uint8Array(size);
  for (const [part, bytes] of server.parts) out.set(openPart(head, part, bytes), part * PART_BYTES);
  return out;
}

test("every part arrives once, opens to the file, and the hash is that of the parts", async () => {
  const size = 3 * PART_BYTES + 77;
  const { file, upload, content } = await picked(size);
  const hash = await transfer(file, upload).run(going());
  expect([...server.sent].sort()).toEqual([0, 1, 2, 3]);
  expect(same(await opened(upload, size), content)).toBe(true);
  const held = await Promise.all([0, 1, 2, 3].map((part) => partHash(server.parts.get(part) as Uint8Array<ArrayBuffer>)));
  expect(hash).toEqual(attachmentHash(held));
  expect(progress.at(-1)).toBe(size);
});

test("an empty file arrives as well", async () => {
  const { file, upload } = await picked(0);
  await transfer(file, upload).run(going());
  expect(server.sent).toEqual([0]);
});

test("the connection comes and goes: it goes on by itself, and says so meanwhile", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { file, upload, content } = await picked(PART_BYTES);
  server.broken = 5;
  const state = { done: false };
  const run = transfer(file, upload).run(going()).finally(() => { state.done = true; });
  while (!state.done) {
    await new Promise((next) => { setImmediate(next); });
    await vi.advanceTimersByTimeAsync(1000);
  }
  await run;
  expect(pauses).toEqual(["offline", null]);
  expect(same(await opened(upload, content.length), content)).toBe(true);
});

test("a full server is asked again no sooner than it said", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { file, upload } = await picked(100);
  server.answers = [() => refusal(503, "busy", { "Retry-After": "7" })];
  const run = transfer(file, upload).run(going());
  await vi.waitFor(() => { expect(pauses).toEqual(["busy"]); });
  await vi.advanceTimersByTimeAsync(6_900);
  expect(server.sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  await run;
  expect(pauses).toEqual(["busy", null]);
  expect(server.sent).toHaveLength(2);
});

test("a door that asks for more arithmetic gets it, and the part comes again", async () => {
  const { file, upload } = await picked(100);
  server.answers = [() => new Response(JSON.stringify({ error: "work", message: "More.", work: { v: 1 } }), { status: 409 })];
  await transfer(file, upload).run(going());
  expect(asked).toEqual([{ v: 1 }]);
  expect(server.work).toEqual([{ span: 1, counter: 0 }, { span: 1, counter: 1 }]);
});

test("no room is said at once, and nothing more is sent", async () => {
  const { file, upload } = await picked(6 * PART_BYTES);
  server.answers = Array.from({ length: 9 }, () => () => refusal(409, "no-room"));
  await expect(transfer(file, upload).run(going())).rejects.toMatchObject({ reason: "no-room" });
  expect(server.sent).toHaveLength(1);
});

test("after a killed page only what is missing is sent", async () => {
  const { file, upload, content } = await picked(3 * PART_BYTES);
  await transfer(file, upload).run(going());
  server.parts.delete(0);
  server.parts.delete(2);
  server.sent.length = 0;
  await transfer(file, upload, true).run(going());
  expect([...server.sent].sort()).toEqual([0, 2]);
  expect(same(await opened(upload, content.length), content)).toBe(true);
});

test("of another file nothing is sent", async () => {
  const { file, upload, content } = await picked(3 * PART_BYTES);
  await transfer(file, upload).run(going());
  server.parts.delete(2);
  server.sent.length = 0;
  content[5] = 9;
  await expect(transfer(new Blob([content as Uint8Array<ArrayBuffer>]), upload, true).run(going())).rejects.toMatchObject({ reason: "other-file" });
  expect(server.sent).toEqual([]);
});

test("what the server has forgotten is sent from the beginning", async () => {
  const { file, upload, content } = await picked(2 * PART_BYTES);
  await transfer(file, upload, true).run(going());
  expect([...server.sent].sort()).toEqual([0, 1]);
  expect(same(await opened(upload, content.length), content)).toBe(true);
});

test("taken out, it ends, and no further part is sealed or sent", async () => {
  const { file, upload } = await picked(20 * PART_BYTES);
  const stop = new AbortController();
  server.answers = [() => undefined, () => {
    stop.abort(new Error("taken out"));
    return undefined;
  }];
  await expect(transfer(file, upload).run(stop.signal)).rejects.toThrow("taken out");
  expect(server.sent.length).toBeLessThanOrEqual(2);
});

test("never more than a few parts are about, however slow the line", async () => {
  const { file, upload } = await picked(12 * PART_BYTES);
  let free: () => void = () => undefined;
  const line = new Promise<void>((go) => { free = go; });
  vi.stubGlobal("fetch", async (address: string, how: RequestInit) => {
    await line;
    return server.fetch(address, how);
  });
  const run = transfer(file, upload).run(going());
  for (let turn = 0; turn < 50; turn += 1) await new Promise((next) => { setImmediate(next); });
  expect(bench.sealed).toBeLessThanOrEqual(4);
  free();
  await run;
  expect(server.parts.size).toBe(12);
});
