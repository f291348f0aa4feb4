import { beforeAll, expect, it } from "vitest";

import type { Charter } from "../../seal/charter.js";
import { b64, random } from "../../seal/primitives.js";
import type { Proven } from "../../seal/proven.js";
import type { Sheet } from "../../seal/sheet.js";
import { makeOffice, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import { openThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { storyOf } from "./story.js";
import { TestThread, unlocked, WORDS } from "./testing/desk.js";

interface View { readonly charter?: Proven<Charter>; readonly sheet?: Proven<Sheet> }

let office: TestOffice;
let charter: Proven<Charter>;
let sheet: Proven<Sheet>;

beforeAll(() => {
  office = makeOffice();
  ({ charter } = office.manifest);
  const [first] = office.manifest.sheets.values();
  if (first === undefined) throw new Error("the office has one desk");
  sheet = first;
});

/** The red lines and other entries of a report whose author was shown `shown`. */
async function lines(shown: View, keys: Keyring = unlocked(office, office.handler)): Promise<string[]> {
  const thread = await TestThread.filed(office, { what: WORDS }, { shown });
  const opened = await openThread(readThread(thread.parcel()), keys);
  return storyOf(opened, keys, undefined, "en").entries
    .map((one) => one.kind === "fault" ? `${one.chain}${one.n} ${one.code}` : one.kind);
}

/** The handler after `more` further charters, of which all or none before the newest were fetched. */
function after(more: number, fetched: boolean): Keyring {
  const keys = unlocked(office, office.handler);
  const charters = [charter];
  for (let i = 0; i < more; i += 1) {
    const [last = charter] = charters;
    charters.unshift({ ...last, number: last.number + 1, prev: last.hash, hash: random(32) });
  }
  const [newest = charter, ...earlier] = charters;
  keys.settle({ ...office.manifest, charter: newest }, [], fetched ? earlier : []);
  return keys;
}

it("says nothing where both saw the same", async () => {
  expect(await lines({})).toEqual(["report"]);
});

it("names a charter that the office did not sign, and leaves the report readable", async () => {
  expect(await lines({ charter: { ...charter, hash: random(32) } })).toEqual(["r0 shown-other", "report"]);
});

it("names a sheet that the office did not sign", async () => {
  expect(await lines({ sheet: { ...sheet, hash: random(32) } })).toEqual(["r0 shown-other", "report"]);
});

it("names a doubled charter also after others have followed it", async () => {
  const other = { charter: { ...charter, hash: random(32) } };
  expect(await lines(other, after(2, true))).toEqual(["r0 shown-other", "report"]);
  expect(await lines({}, after(2, true))).toEqual(["report"]);
});

it("knows the charter before the newest from the newest alone", async () => {
  const other = { charter: { ...charter, hash: random(32) } };
  expect(await lines(other, after(1, false))).toEqual(["r0 shown-other", "report"]);
});

it("accuses nobody where the charter is too old to be compared", async () => {
  expect(await lines({ charter: { ...charter, hash: random(32) } }, after(2, false))).toEqual(["report"]);
});

it("names documents that are newer than the office's own: a fork may carry the next number", async () => {
  expect(await lines({ charter: { ...charter, number: charter.number + 1, hash: random(32) } }))
    .toEqual(["r0 shown-newer", "report"]);
  expect(await lines({ sheet: { ...sheet, number: sheet.number + 1, hash: random(32) } }))
    .toEqual(["r0 shown-newer", "report"]);
});

it("knows a sheet that a charter at hand named as the least, after the manifest begins with a later one", async () => {
  const keys = unlocked(office, office.handler);
  const later = { ...sheet, number: sheet.number + 2, prev: random(32), hash: random(32) };
  const id = b64(office.desk);
  keys.settle({
    ...office.manifest, sheets: new Map([[id, later]]), sheetNames: new Map([[id, [later]]]),
  }, [], []);
  expect(await lines({}, keys)).toEqual(["report"]);
  expect(await lines({ sheet: { ...sheet, hash: random(32) } }, keys)).toEqual(["r0 shown-other", "report"]);
});
