import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { publicKey } from "../seal/ed25519.js";
import { random } from "../seal/primitives.js";
import { identity } from "../seal/recipients.js";
import { makeOffice, type TestOffice } from "../seal/testing/office.js";
import { Publisher } from "../ledger/testing/publisher.js";
import { forget, hold, type Keyring } from "./keyring.js";
import type { Reply } from "./protocol.js";
import { handle } from "./registry.js";
import { unlocked } from "./reports/testing/desk.js";
import "./watching.js";

const DAYS = ["2026-03-01", "2026-03-02", "2026-03-03"] as const;

let office: TestOffice;
let publisher: Publisher;
let keys: Keyring;

/** Everything proven anew, as at each unlock. */
function prove(change: { readonly custodian?: boolean; readonly listed?: boolean } = {}): void {
  const { charter } = office.manifest;
  const record = { ...charter.record, host: publisher.host, checkpoint: publicKey(publisher.checkpointSeed) };
  const own = office.handler.seal.recipient;
  const custodians = [identity(random(32)).recipient, change.listed === true ? own : identity(random(32)).recipient];
  const people = [...keys.people.values()].map((place) => ({
    ...place,
    entry: { ...place.entry, roles: change.custodian === true ? ["custodian"] : place.entry.roles },
  }));
  const next = { ...charter, record, custody: { k: 2, custodians } };
  keys.settle({ ...office.manifest, charter: next }, people, []);
}

async function watched(): Promise<unknown> {
  return new Promise((done) => {
    void handle({ id: 1, act: "watch", ask: null }, (reply) => { done((reply as Extract<Reply, { ok: true }>).answer); });
  });
}

beforeEach(() => {
  office = makeOffice();
  publisher = new Publisher(office.id, office.promise);
  for (const day of DAYS) publisher.publish(day);
  keys = unlocked(office, office.handler);
  hold(keys);
  prove();
  vi.stubGlobal("location", { origin: "https://office.example.org" });
  vi.stubGlobal("fetch", (address: string) => {
    const file = publisher.files.get(address.split("/record/")[1] ?? "");
    return Promise.resolve(new Response((file ?? "") as Uint8Array<ArrayBuffer>, { status: file === undefined ? 404 : 200 }));
  });
});

afterEach(() => {
  forget();
  vi.unstubAllGlobals();
});

describe("the record at each unlock", () => {
  test("may grow, and its newest checkpoint goes into the vault", async () => {
    expect(await watched()).toEqual([]);
    expect(keys.vault.pins.checkpoints.arrivals).toContain(`day ${DAYS[2]}`);
    expect(keys.moved).toBe(true);
    publisher.publish("2026-03-04");
    prove();
    expect(await watched()).toEqual([]);
    expect(keys.vault.pins.checkpoints.arrivals).toContain("day 2026-03-04");
  });

  test("may not have another past than the one that was seen", async () => {
    await watched();
    const seen = keys.vault.pins.checkpoints.arrivals;
    publisher = publisher.twin();
    for (const day of [...DAYS, "2026-03-04"]) publisher.publish(day);
    prove();
    expect(await watched()).toEqual(["proof-consistency"]);
    expect(keys.vault.pins.checkpoints.arrivals).toBe(seen);
  });

  test("may not vanish", async () => {
    await watched();
    publisher.files.clear();
    prove();
    expect(await watched()).toEqual(["record-rollback"]);
  });

  test("is no alarm after a copy was restored, which brings back what was remembered of it", async () => {
    await watched();
    const copy = new Map(publisher.files);
    const { pins } = keys.vault;
    publisher.publish("2026-03-04");
    prove();
    expect(await watched()).toEqual([]);
    publisher.files.clear();
    for (const [path, file] of copy) publisher.files.set(path, file);
    // A page that stayed open remembers more than the copy holds, until it is signed in anew.
    prove();
    expect(await watched()).toEqual(["record-rollback"]);
    keys = unlocked(office, office.handler);
    hold(keys);
    keys.saw("arrivals", pins.checkpoints.arrivals ?? "");
    prove();
    expect(await watched()).toEqual([]);
  });

  test("is said to be out of reach where it is", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no connection")));
    expect(await watched()).toEqual(["record-unreachable"]);
    vi.stubGlobal("fetch", () => Promise.resolve({ status: 200, ok: true, arrayBuffer: () => Promise.reject(new Error("cut off")) }));
    prove();
    expect(await watched()).toEqual(["record-unreachable"]);
    expect(keys.vault.pins.checkpoints.arrivals).toBeUndefined();
  });
});

describe("a custodian at each unlock", () => {
  test("finds their own key among those that names are sealed to", async () => {
    prove({ custodian: true, listed: true });
    expect(await watched()).toEqual([]);
  });

  test("is told where it is not there", async () => {
    prove({ custodian: true });
    expect(await watched()).toEqual(["custody"]);
  });

  test("is told also who never was one", async () => {
    prove({ listed: true });
    expect(await watched()).toEqual(["custody"]);
  });
});
