import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Publisher } from "../../ledger/testing/publisher.js";
import { seal } from "../../seal/age.js";
import { writeEnvelope } from "../../seal/envelope.js";
import { publicKey } from "../../seal/ed25519.js";
import { pinsOf, type VerifiedManifest } from "../../seal/manifest.js";
import { readOwn, writeOwn, type Own } from "../../seal/own.js";
import { writeParcel } from "../../seal/parcel.js";
import type { Pins } from "../../seal/pins.js";
import { b64, random } from "../../seal/primitives.js";
import { derive, newReceipt, type Mailbox } from "../../seal/receipt.js";
import { recipientHash } from "../../seal/recipients.js";
import { makeOffice } from "../../seal/testing/office.js";
import { contradictions, lastVisit, pinsToKeep, type LastVisit } from "./pins";
import type { Opened } from "./proving";
import { actsContinue, checkpointsOf, remember, statesOf } from "./record";
import type { Office } from "../office";
import { doorOf } from "../wire";

const made = makeOffice();
const { manifest } = made;
const desk = b64(made.desk);
const name = (number: number): { number: number; hash: Uint8Array } => ({ number, hash: random(32) });
const proven: Pins = { F: manifest.F, root: pinsOf(manifest).root, charter: pinsOf(manifest).charter, sheets: pinsOf(manifest).sheets ?? new Map(), checkpoints: {} };

/** The mailbox on a day on which the office shows `shown`; the report in it names what its author saw. */
function opened(shown: Partial<VerifiedManifest> = {}, report?: object): Opened {
  return {
    office: { id: b64(made.id), office: made.id, manifest: { ...manifest, ...shown } },
    mailbox: mine, thread: { report }, raw: { desk: made.desk },
  } as unknown as Opened;
}

const saw = (change: Partial<Pins>): LastVisit => ({ own: { pins: { ...proven, ...change } }, read: true, foreign: false });
const nothing: LastVisit = { own: null, read: true, foreign: false };
const codes = (one: Opened, before: LastVisit): string[] => contradictions(one, before).map(({ code }) => code);

const mine: Mailbox = derive(newReceipt(), made.id);
let answers: (address: string) => Response = () => new Response("", { status: 500 });

beforeEach(() => {
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });
  vi.stubGlobal("fetch", (address: string) => Promise.resolve(answers(address)));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("what was seen on the last visit", () => {
  test("is the same today: nothing is said", () => {
    expect(codes(opened(), saw({}))).toEqual([]);
    expect(codes(opened(), nothing)).toEqual([]);
  });

  test("is followed by newer documents that name it", () => {
    const { charter } = manifest;
    expect(codes(opened({ charter: { ...charter, number: 1, prev: charter.hash, hash: random(32) } }), saw({}))).toEqual([]);
  });

  test("was another first root key: another office, whatever else it shows", () => {
    expect(codes(opened(), saw({ F: random(32), charter: name(9) }))).toEqual(["root-fork"]);
  });

  test("was a newer root document, or another one of its number", () => {
    expect(contradictions(opened(), saw({ root: name(2) }))).toEqual([{ code: "root-chain", numbers: { before: 2, now: 0 } }]);
    expect(codes(opened(), saw({ root: name(0) }))).toEqual(["root-chain"]);
  });

  test("was a newer charter", () => {
    expect(contradictions(opened(), saw({ charter: name(4) }))).toEqual([{ code: "charter-older", numbers: { before: 4, now: 0 } }]);
  });

  test("was another charter of this number, or one that today's does not follow", () => {
    const { charter } = manifest;
    expect(codes(opened(), saw({ charter: name(0) }))).toEqual(["document-fork"]);
    expect(codes(opened({ charter: { ...charter, number: 1, prev: random(32), hash: random(32) } }), saw({}))).toEqual(["document-fork"]);
  });

  test("was a newer sheet of a desk, or another one of its number; a desk that is gone is nothing", () => {
    expect(codes(opened(), saw({ sheets: new Map([[desk, name(3)]]) }))).toEqual(["sheet-old"]);
    expect(codes(opened(), saw({ sheets: new Map([[desk, name(0)]]) }))).toEqual(["document-fork"]);
    expect(codes(opened(), saw({ sheets: new Map([[b64(random(16)), name(0)]]) }))).toEqual([]);
  });

  test("stands in the report too, which no server can put back to an earlier day", () => {
    const { charter } = manifest;
    const sheet = manifest.sheets.get(desk);
    expect(codes(opened({}, { charter, sheet }), nothing)).toEqual([]);
    expect(codes(opened({}, { charter: name(1), sheet: name(2) }), nothing)).toEqual(["charter-older", "sheet-old"]);
  });
});

describe("for the next visit", () => {
  test("what is proven now is kept", () => {
    const kept = pinsToKeep(opened(), nothing, []);
    expect(readOwn(writeOwn({ pins: kept }))).toEqual({ pins: { ...proven, checkpoints: { arrivals: undefined, acts: undefined } } });
  });

  test("what was seen before stays where something contradicts it, so that nobody is told but once", () => {
    const before = saw({ charter: name(4) });
    expect(pinsToKeep(opened(), before, contradictions(opened(), before))).toBe(before.own?.pins);
  });
});

describe("the notes of the last visit", () => {
  const file = async (own: Own, by: Uint8Array): Promise<Response> => {
    const { bytes } = writeEnvelope({
      office: made.id, desk: made.desk, thread: mine.id, kind: "own", to: [recipientHash(mine.box.recipient)],
      by: { key: publicKey(by) },
    }, writeOwn(own), by);
    return new Response(writeParcel({ v: 1 }, [{ as: "own", bytes: await seal(bytes, [mine.box.recipient]) }]) as Uint8Array<ArrayBuffer>);
  };

  test("are read where the person has signed them", async () => {
    const answer = await file({ pins: { ...proven, charter: name(4) } }, mine.sign);
    answers = () => answer;
    const before = await lastVisit(opened());
    expect(before).toMatchObject({ read: true, foreign: false });
    expect(codes(opened(), before)).toEqual(["charter-older"]);
  });

  test("count as nothing where somebody else wrote them, and that is said", async () => {
    const answer = await file({ pins: { ...proven, charter: name(4) } }, random(32));
    answers = () => answer;
    expect(await lastVisit(opened())).toEqual({ own: null, read: true, foreign: true });
    answers = () => new Response(new Uint8Array(70_000));
    expect(await lastVisit(opened())).toEqual({ own: null, read: true, foreign: true });
  });

  test("cannot be told from none where the server keeps them back: that is the limit", async () => {
    answers = () => new Response('{"error":"no-own","message":"There is nothing."}', { status: 404 });
    expect(await lastVisit(opened())).toEqual(nothing);
  });

  test("are not written over where the server did not answer", async () => {
    answers = () => new Response("", { status: 503 });
    expect(await lastVisit(opened())).toEqual({ own: null, read: false, foreign: false });
  });
});

describe("the record", () => {
  const DAYS = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"] as const;
  let arrivals: Publisher;
  let acts: Publisher;

  /** The office's page on another visit: nothing is in memory but what was kept. */
  function visit(notes: Pins["checkpoints"]): Office {
    const record = { host: arrivals.host, promise: publicKey(arrivals.promiseSeed), checkpoint: publicKey(arrivals.checkpointSeed) };
    const office = { id: b64(arrivals.id), office: arrivals.id, manifest: { charter: { record, zone: "Etc/UTC", from: DAYS[0] } }, door: doorOf(b64(arrivals.id)) } as unknown as Office;
    remember(office, notes);
    return office;
  }

  const promise = () => arrivals.promise(random(96), DAYS[0]);

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse("2026-03-03T12:00:00Z"), toFake: ["Date"] });
    arrivals = new Publisher();
    acts = arrivals.twin("acts");
    for (const day of DAYS.slice(0, 3)) { arrivals.publish(day); acts.publish(day); }
    answers = (address) => {
      const path = address.split("/record/")[1] ?? "";
      const found = arrivals.files.get(path) ?? acts.files.get(path);
      return found === undefined ? new Response('{"error":"no-record","message":"Nothing."}', { status: 404 }) : new Response(found as Uint8Array<ArrayBuffer>);
    };
  });

  async function looked(office: Office): Promise<Pins["checkpoints"]> {
    await statesOf(office, [promise()]);
    await actsContinue(office);
    return checkpointsOf(office);
  }

  test("goes on where it was, and what was seen newest is kept", async () => {
    const first = await looked(visit({}));
    expect([first.arrivals, first.acts].every((note) => note?.includes(`day ${DAYS[2]}`))).toBe(true);
    for (const log of [arrivals, acts]) log.publish(DAYS[3]);
    const second = await looked(visit(first));
    expect([second.arrivals, second.acts].every((note) => note?.includes(`day ${DAYS[3]}`))).toBe(true);
  });

  test.each(["arrivals", "acts"] as const)("of %s does not continue the one of the last visit: it is refused, and the old note stays", async (log) => {
    const first = await looked(visit({}));
    const twin = log === "arrivals" ? arrivals.twin() : acts.twin();
    for (const day of DAYS) twin.publish(day);
    if (log === "arrivals") arrivals = twin;
    else acts = twin;
    const office = visit(first);
    await expect(looked(office)).rejects.toThrow("proof-consistency");
    expect(checkpointsOf(office)[log]).toBe(first[log]);
  });

  test.each(["arrivals", "acts"] as const)("of %s is shorter than on the last visit, or gone", async (log) => {
    const first = await looked(visit({}));
    const kept = log === "arrivals" ? arrivals.twin() : acts.twin();
    kept.publish(DAYS[0]);
    if (log === "arrivals") arrivals = kept;
    else acts = kept;
    await expect(looked(visit(first))).rejects.toThrow("record-rollback");
    kept.files.clear();
    await expect(looked(visit(first))).rejects.toThrow("record-rollback");
  });

  test("cannot be talked out of what was seen by a note that the office has not signed", async () => {
    const note = (await looked(visit({}))).arrivals ?? "";
    await expect(looked(visit({ arrivals: note.replace("day 2026-03-01", "day 2026-03-02") }))).rejects.toThrow("note-");
  });
});
