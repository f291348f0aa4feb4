import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { writeManifest } from "../seal/manifest.js";
import { b64 } from "../seal/primitives.js";
import { makeOffice, TODAY } from "../seal/testing/office.js";
import { Office } from "./office";
import { sentence } from "./problems";

const made = makeOffice();
let files = made.files;

beforeEach(() => {
  files = made.files;
  vi.stubGlobal("location", { pathname: "/" });
  vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(writeManifest(files) as Uint8Array<ArrayBuffer>)));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function on(day: string): Promise<Office> {
  vi.useFakeTimers({ now: Date.parse(`${day}T12:00:00Z`), toFake: ["Date"] });
  return Office.load(b64(made.id), b64(made.manifest.F));
}

async function refusal(day: string): Promise<string> {
  return on(day).then(() => "", sentence);
}

test("an office whose root has one key is known as such", async () => {
  expect((await on(TODAY)).alone).toBe(true);
});

test("after the charter's last day the device's day and that day are both said", async () => {
  const said = await refusal("2026-06-02");
  expect(said).toContain("June 2, 2026");
  expect(said).toContain("June 1, 2026");
});

test("before the charter begins the device's day and the first day are both said", async () => {
  const said = await refusal("2026-01-31");
  expect(said).toContain("January 31, 2026");
  expect(said).toContain("February 1, 2026");
});

test("dates that nobody has signed are not told", async () => {
  files = { ...files, charter: { ...files.charter, signatures: [] } };
  const said = await refusal("2026-06-02");
  expect(said).not.toContain("June");
  expect(said).toContain("charter-signature");
});
