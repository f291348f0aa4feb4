import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { publicKey } from "../../seal/ed25519.js";
import { arrivalEntry, searchTag } from "../../ledger/leaves.js";
import type { Promised } from "../../ledger/promises.js";
import { Publisher } from "../../ledger/testing/publisher.js";
import { b64, random } from "../../seal/primitives.js";
import type { Office } from "../office";
import { requirePlausible } from "../plausible";
import { doorOf } from "../wire";
import { search, statesOf } from "./record";

const DAYS = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"] as const;

let shown: Publisher;
let office: Office;
let tag: Uint8Array;
let promise: Promised;

function proven(publisher: Publisher): Office {
  const record = {
    host: publisher.host, promise: publicKey(publisher.promiseSeed), checkpoint: publicKey(publisher.checkpointSeed),
  };
  const charter = { record, zone: "Etc/UTC", from: DAYS[0] };
  return { id: b64(publisher.id), office: publisher.id, manifest: { charter }, door: doorOf(b64(publisher.id)) } as unknown as Office;
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-03T12:00:00Z"), toFake: ["Date"] });
  shown = new Publisher();
  tag = random(32);
  const leaf = arrivalEntry({ tag: searchTag(tag, "r", 0), content: random(32), files: random(32) });
  promise = shown.promise(leaf, DAYS[1]);
  for (const day of DAYS) shown.publish(day, day === DAYS[1] ? [leaf] : []);
  office = proven(shown);
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("fetch", (address: string) => {
    const file = shown.files.get(address.split("/record/")[1] ?? "");
    return Promise.resolve(file === undefined
      ? new Response('{"error":"no-record","message":"Nothing."}', { status: 404 })
      : new Response(file as Uint8Array<ArrayBuffer>));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const sought = (key: Uint8Array): ReturnType<typeof search> => search(office, key, () => undefined, () => true);

describe("the promises of a mailbox", () => {
  test("are kept by the record that everybody sees", async () => {
    expect((await statesOf(office, [promise])).map((one) => one?.state)).toEqual(["kept"]);
  });

  test("are looked for whatever junk lies beside them", async () => {
    const junk = { ...promise, signature: random(64) };
    expect((await statesOf(office, [junk, promise])).map((one) => one?.state)).toEqual([undefined, "kept"]);
  });

  test("are not kept by a day that was made for one visitor", async () => {
    const twin = shown.twin();
    for (const day of DAYS) twin.publish(day, day === DAYS[1] ? [promise.leaf] : []);
    for (const path of [`arrivals/${DAYS[1]}`, `arrivals/${DAYS[1]}/head`]) shown.files.set(path, twin.files.get(path) ?? random(1));
    await expect(statesOf(office, [promise])).rejects.toThrow("proof-consistency");
  });

  test("are checked by a record that continues what this page saw before", async () => {
    await statesOf(office, [promise]);
    const twin = shown.twin();
    for (const day of [...DAYS, "2026-03-03"]) twin.publish(day, day === DAYS[1] ? [promise.leaf] : []);
    shown = twin;
    await expect(statesOf(office, [promise])).rejects.toThrow("proof-consistency");
  });
});

describe("a mailbox that is not there", () => {
  test("is found by its words", async () => {
    expect(await sought(tag)).toEqual([{ day: DAYS[1], chain: "r", n: 0 }]);
    expect(await sought(random(32))).toEqual([]);
  });

  test("is not called absent where its day is withheld", async () => {
    shown.files.delete(`arrivals/${DAYS[1]}`);
    await expect(sought(tag)).rejects.toThrow("day-missing");
  });

  test("is not called absent where the record stands still, or is not shown at all", async () => {
    vi.setSystemTime(Date.parse("2026-03-20T12:00:00Z"));
    await expect(sought(tag)).rejects.toThrow("day-missing");
    vi.setSystemTime(Date.parse("2026-03-03T12:00:00Z"));
    shown.files.clear();
    await expect(sought(tag)).rejects.toThrow("day-missing");
  });

  test("is looked for on an office's first day, when nothing is out", async () => {
    shown.files.clear();
    vi.setSystemTime(Date.parse("2026-02-27T12:00:00Z"));
    expect(await sought(tag)).toEqual([]);
  });
});

test("a promise for a day far ahead, which would never be due, is none", () => {
  expect(() => { requirePlausible(shown.promise(promise.leaf, "2026-03-04"), office); }).not.toThrow();
  expect(() => { requirePlausible(shown.promise(promise.leaf, "2026-03-05"), office); }).toThrow("promise-day");
});
