import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { unseal } from "../seal/age.js";
import { readReport, type Report } from "../seal/bodies.js";
import { readEnvelope } from "../seal/envelope.js";
import { readForm } from "../seal/form.js";
import { write } from "../seal/jsontext.js";
import { readParcel } from "../seal/parcel.js";
import { b64, random } from "../seal/primitives.js";
import { newReceipt } from "../seal/receipt.js";
import { makeOffice } from "../seal/testing/office.js";
import { emptyDraft, type Draft } from "./draft";
import type { Frame } from "./frame";
import type { OpenDesk, Office } from "./office";
import { Sending } from "./sending";
import { Working } from "./working";

const made = makeOffice();
const desk = b64(made.desk);
let posted: string[] = [];
let bodies: Uint8Array[] = [];
const form = readForm(write({
  v: 1, kind: "form", sections: [{ id: "report", title: { en: "R" }, questions: [
    { id: "what", kind: "long", label: { en: "What?" } },
    { id: "known", kind: "choices", label: { en: "How?" }, options: [{ id: "seen", label: { en: "Seen" } }, { id: "told", label: { en: "Told" } }] },
    { id: "who-told", kind: "text", label: { en: "Who told you?" }, if: { known: "told" } },
  ] }],
}));

/** A page before sending, and an office of one desk that is independent of the desks `of`. */
function page(change: Partial<Draft>, of: readonly string[] = []): Frame {
  const draft = Object.assign(emptyDraft(), { desk, concernsUs: false, receipt: newReceipt(), kept: "words" as const }, change);
  draft.answers.set("what", "A word.");
  const one = { id: desk, name: "Desk", sheet: made.manifest.sheets.get(desk) } as OpenDesk;
  const office = {
    id: b64(made.id), office: made.id, manifest: made.manifest,
    desk: (id: string) => (id === desk ? one : undefined),
    form: () => Promise.resolve(form),
    independentOf: (id: string) => ({ here: of.includes(id) ? [one] : [], elsewhere: [] }),
  } as unknown as Office;
  const load = (): Promise<void> => Promise.reject(new Error("no list"));
  const work = { v: 1, span: 1, nonce: b64(random(16)), cost: 1, bits: 0 };
  const working = new Working({ place: { office: office.id, others: [], work }, startWorker: () => Promise.reject(new Error("none")) });
  return {
    draft, office: () => Promise.resolve(office), first: { load, ticket: null }, attaching: { there: null }, working,
    keeping: { rest: () => Promise.resolve() },
  } as unknown as Frame;
}

beforeEach(() => {
  posted = [];
  bodies = [];
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (address: string, how: { body: Blob }) => {
    posted.push(address);
    bodies.push(new Uint8Array(await how.body.arrayBuffer()));
    return Promise.resolve(new Response('{"error":"taken","message":"There."}', { status: 409 }));
  });
});

afterEach(() => { vi.unstubAllGlobals(); });

const THEIRS = b64(random(16));

test("what concerns nobody of the office goes to the desk that was chosen", async () => {
  expect(await new Sending(page({})).send()).toEqual({ state: "taken" });
  expect(posted).toHaveLength(1);
});

test("what concerns somebody of the office goes to a desk that is independent of theirs", async () => {
  const sent = await new Sending(page({ concernsUs: true, concerned: THEIRS }, [THEIRS])).send();
  expect(sent).toEqual({ state: "taken" });
});

test.each([
  ["the desk is not independent of theirs any more", { concernsUs: true, concerned: THEIRS }],
  ["nobody said whose desk it concerns", { concernsUs: true }],
  ["the question was never answered", { concernsUs: undefined }],
  ["the desk is gone", { desk: THEIRS }],
])("nothing is sealed where %s", async (_why, change) => {
  await expect(new Sending(page(change)).send()).rejects.toThrow("desk-chosen");
  expect(posted).toEqual([]);
});

/** What the desk reads of what was posted. */
async function read(): Promise<Report> {
  const [body] = bodies;
  if (body === undefined) throw new Error("nothing was posted");
  const file = readParcel(body).files.find(({ as }) => as === "office");
  return readReport(readEnvelope(await unseal(file?.bytes ?? new Uint8Array(0), [made.epoch])).body);
}

test("what hangs on a choice that was taken back is not sent, nor what another desk asked", async () => {
  const frame = page({});
  for (const [id, answer] of [["known", "seen"], ["who-told", "My neighbour"], ["bus", "number 4"]] as const) {
    frame.draft.answers.set(id, answer);
  }
  await new Sending(frame).send();
  expect([...(await read()).answers]).toEqual([["what", "A word."], ["known", "seen"]]);
});

test("it is sent as long as the choice stands", async () => {
  const frame = page({});
  frame.draft.answers.set("known", "seen told").set("who-told", "My neighbour");
  await new Sending(frame).send();
  expect((await read()).answers.get("who-told")).toBe("My neighbour");
});

test.each([
  ["none", undefined], ["locked", undefined], ["open", "Mira Solveig"],
] as const)("a name typed under the choice %s is read by the desk only where that was chosen", async (naming, name) => {
  await new Sending(page({ naming, name: " Mira Solveig " })).send();
  expect((await read()).name).toBe(name);
});

test("without a name and with one locked away look alike: as many files, each as long", async () => {
  const sizes = async (change: Partial<Draft>): Promise<number[]> => {
    bodies = [];
    await new Sending(page(change)).send();
    return readParcel(bodies[0] ?? new Uint8Array(0)).files.map(({ bytes }) => bytes.length);
  };
  const none = await sizes({});
  expect(none).toHaveLength(2 + 1 + made.custodians.length);
  expect(await sizes({ naming: "locked", name: "Mira Solveig", lockedContact: "555 0142" })).toEqual(none);
  expect(await sizes({ naming: "locked", name: "米".repeat(120), lockedContact: "米".repeat(120) })).toEqual(none);
});
