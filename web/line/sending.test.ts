import { afterEach, beforeEach, expect, test, vi } from "vitest";

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

/** A page before sending, and an office of one desk that is independent of the desks `of`. */
function page(change: Partial<Draft>, of: readonly string[] = []): Frame {
  const draft = Object.assign(emptyDraft(), { desk, concernsUs: false, receipt: newReceipt(), kept: "words" as const }, change);
  draft.answers.set("what", "A word.");
  const one = { id: desk, name: "Desk", sheet: made.manifest.sheets.get(desk) } as OpenDesk;
  const office = {
    id: b64(made.id), office: made.id, manifest: made.manifest,
    desk: (id: string) => (id === desk ? one : undefined),
    independentOf: (id: string) => ({ here: of.includes(id) ? [one] : [], elsewhere: [] }),
  } as unknown as Office;
  const load = (): Promise<void> => Promise.reject(new Error("no list"));
  const work = { v: 1, span: 1, nonce: b64(random(16)), cost: 1, bits: 0 };
  const working = new Working({ place: { office: office.id, others: [], work }, startWorker: () => Promise.reject(new Error("none")) });
  return { draft, office: () => Promise.resolve(office), first: { load, ticket: null }, working } as unknown as Frame;
}

beforeEach(() => {
  posted = [];
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", (address: string) => {
    posted.push(address);
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
