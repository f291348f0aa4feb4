import { afterEach, describe, expect, it, vi } from "vitest";

import { readParcel, writeParcel } from "../seal/parcel";
import { b64, random } from "../seal/primitives";
import { challengeFields, readWork, solve, workKey, workSalt, zeros, type Challenge } from "../seal/work";
import type { Task } from "../workers/work";
import { Refused, Unreachable } from "./wire";
import { Working, type Waits } from "./working";

const OFFICE = b64(random(16));
const SUBJECT = random(16);
const SALT = workSalt("report", SUBJECT);
const PARCEL = writeParcel({ v: 1, id: b64(SUBJECT) }, [{ as: "office", bytes: new Uint8Array(9).fill(7) }]);
const asked = (bits: number): Challenge => ({ span: 9, nonce: random(16), cost: 5, bits });

type Kind = "works" | "dies" | "silent" | "cannot" | "refuses";

/** A worker that solves as the real one does, or one of the ways in which it does not. */
class FakeWorker extends EventTarget {
  static solved = 0;

  constructor(private readonly kind: Kind) {
    super();
  }

  postMessage({ id, challenge, salt }: Task): void {
    if (this.kind === "dies") setTimeout(() => this.dispatchEvent(new Event("error")));
    if (this.kind === "cannot") this.tell({ id, work: null });
    if (this.kind !== "works") return;
    void solve(challenge, salt).then((work) => {
      FakeWorker.solved += 1;
      this.tell({ id, work });
    });
  }

  private tell(data: unknown): void {
    setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }
}

function working(kind: Kind, challenge?: Challenge): Working {
  FakeWorker.solved = 0;
  const startWorker = (): Promise<Worker> => kind === "refuses" ? Promise.reject(new Error("no"))
    : Promise.resolve(new FakeWorker(kind) as unknown as Worker);
  const work = challenge === undefined ? {} : { work: challengeFields(challenge) };
  return new Working({ startWorker, place: { office: OFFICE, others: [], ...work } });
}

/** A door that asks for each of `hurdles` in turn, and then takes what it gets. */
function door(...hurdles: Challenge[]): { readonly bodies: Uint8Array[]; readonly asks: string[] } {
  const bodies: Uint8Array[] = [];
  const asks: string[] = [];
  vi.stubGlobal("location", { pathname: `/at/${OFFICE}/` });
  vi.stubGlobal("fetch", async (address: string, how: RequestInit) => {
    asks.push(`${how.method ?? ""} ${address}`);
    if (how.method === "GET") return Response.json(challengeFields(hurdles.shift() ?? asked(0)));
    bodies.push(new Uint8Array(await new Response(how.body).arrayBuffer()));
    const next = hurdles.shift();
    return next === undefined ? new Response("{}")
      : Response.json({ error: "work", message: "Please work.", work: challengeFields(next) }, { status: 409 });
  });
  return { bodies, asks };
}

const send = (one: Working, waits?: (what: Waits) => void): Promise<Uint8Array> =>
  one.send({ office: OFFICE, what: "drop", parcel: PARCEL, purpose: "report", subject: SUBJECT, waits });

async function zerosOf(body: Uint8Array | undefined, { nonce, cost }: Challenge): Promise<number> {
  const { head, files } = readParcel(body ?? new Uint8Array());
  expect(files).toEqual(readParcel(PARCEL).files);
  const { counter } = readWork(head["work"] ?? null);
  return zeros(await workKey(nonce, counter, SALT, cost));
}

/** Lets time that stands still pass until something is done: the page rests between two slices, oftener on a busy machine. */
async function passing<Of>(wanted: Promise<Of>): Promise<Of> {
  const state = { over: false };
  const end = (): void => { state.over = true; };
  void wanted.then(end, end);
  while (!state.over) await vi.advanceTimersByTimeAsync(1);
  return wanted;
}

describe("the arithmetic before something is sent", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("is done in the worker, once, from the challenge that the page came with", async () => {
    const challenge = asked(6);
    const { bodies, asks } = door();
    const one = working("works", challenge);
    one.begin(OFFICE, "report", SUBJECT);
    await send(one);
    await send(one);
    expect(FakeWorker.solved).toBe(1);
    expect(asks).toHaveLength(2);
    expect(await zerosOf(bodies[0], challenge)).toBeGreaterThanOrEqual(6);
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it.each(["dies", "cannot", "refuses"] as const)("goes on in the page where the worker %s", async (kind) => {
    const challenge = asked(6);
    const { bodies } = door();
    await send(working(kind, challenge));
    expect(await zerosOf(bodies[0], challenge)).toBeGreaterThanOrEqual(6);
  });

  it("goes on in the page where a worker says nothing any more, and tells who waits", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    // A machine so slow that the page rests after each try.
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (now += 1000));
    const challenge = asked(3);
    const { bodies } = door();
    const told = vi.fn();
    const sent = send(working("silent", challenge), told);
    await vi.advanceTimersByTimeAsync(700);
    expect(told).toHaveBeenCalledOnce();
    expect(bodies).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10_000);
    await passing(sent);
    expect(await zerosOf(bodies[0], challenge)).toBeGreaterThanOrEqual(3);
  });

  it("is done again where the door asks for more, and the same parcel sent again", async () => {
    const [first, harder] = [asked(2), asked(7)];
    const { bodies } = door(harder);
    await send(working("works", first));
    expect(bodies).toHaveLength(2);
    expect(await zerosOf(bodies[1], harder)).toBeGreaterThanOrEqual(7);
  });

  it("asks the door where the page came with no challenge", async () => {
    const challenge = asked(4);
    const { bodies, asks } = door(challenge);
    await send(working("works"));
    expect(asks).toEqual([`GET /at/${OFFICE}/work`, `POST /at/${OFFICE}/drop`]);
    expect(await zerosOf(bodies[0], challenge)).toBeGreaterThanOrEqual(4);
  });

  it("is sent again by itself where too much comes in and somebody waits, and is left to its owner where nobody does", async () => {
    vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });
    vi.stubGlobal("location", { pathname: `/at/${OFFICE}/` });
    const bodies: Uint8Array[] = [];
    vi.stubGlobal("fetch", async (_address: string, how: RequestInit) => {
      bodies.push(new Uint8Array(await new Response(how.body).arrayBuffer()));
      return bodies.length < 3 ? new Response("{}", { status: 503, headers: { "Retry-After": "0" } }) : new Response("{}");
    });
    const told = vi.fn();
    await send(working("refuses", asked(0)), told);
    expect(told.mock.calls).toEqual([["turn"], ["turn"]]);
    expect(bodies).toHaveLength(3);
    expect(bodies[2]).toEqual(bodies[0]);
    bodies.length = 0;
    await expect(send(working("refuses", asked(0)))).rejects.toBeInstanceOf(Unreachable);
    expect(bodies).toHaveLength(1);
  });

  it("gives up where a door asks for more and more, and does nothing that no door may ask", async () => {
    door(...Array.from({ length: 9 }, () => asked(1)));
    await expect(send(working("works", asked(0)))).rejects.toBeInstanceOf(Refused);
    door({ ...asked(0), cost: 5000, bits: 20 });
    await expect(send(working("works", asked(0)))).rejects.toMatchObject({ code: "work-hard" });
  });
});
