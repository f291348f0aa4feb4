import { beforeEach, describe, expect, it } from "vitest";

import type { ProvenOffice } from "../line/door.js";
import { readCharter, writeCharter, type Charter } from "../seal/charter.js";
import { writeFile } from "../seal/document.js";
import { asProven } from "../seal/proven.js";
import { makeOffice, type TestOffice } from "../seal/testing/office.js";
import { standingThen } from "./standing.js";

const DAY = "2026-03-10";
let office: TestOffice;
let asked: string[];

beforeEach(() => { office = makeOffice(); asked = []; });

/** The office's charters: number 0, and one more for each of these first days. */
function charters(...from: readonly string[]): Charter[] {
  const chain: Charter[] = [office.manifest.charter];
  for (const first of from) {
    const before = chain.at(-1) ?? office.manifest.charter;
    chain.push(readCharter(writeCharter({ ...before, number: before.number + 1, prev: before.hash, from: first })));
  }
  return chain;
}

/** An office that shows these charters, the last of them in force. */
function showing(chain: readonly Charter[]): ProvenOffice {
  const newest = chain.at(-1) ?? office.manifest.charter;
  return {
    office: office.id, manifest: { ...office.manifest, charter: asProven(newest) },
    door: {
      get: (what) => {
        asked.push(what);
        const found = chain.find(({ number }) => what === `charter/${number}`);
        return found === undefined ? Promise.reject(new Error("not there")) : Promise.resolve(writeFile({ doc: found.doc, signatures: [], by: [] }));
      },
      post: () => Promise.reject(new Error("nothing is sent")),
    },
  };
}

describe("the charter by which another office's member signed", () => {
  it("is in force where that office has no newer one, and nothing more is asked for", async () => {
    const chain = charters();
    expect(await standingThen(showing(chain), office.manifest.charter, DAY)).toBe("in force");
    expect(asked).toEqual([]);
  });

  it("was in force where newer ones came later, or on that day", async () => {
    const chain = charters(DAY, "2026-03-20");
    expect(await standingThen(showing(chain), office.manifest.charter, DAY)).toBe("in force");
    expect(asked).toEqual(["charter/1", "charter/0"]);
  });

  it("was replaced where another was in force the day before: who left signs by it no more", async () => {
    const chain = charters("2026-03-09", "2026-03-20");
    expect(await standingThen(showing(chain), office.manifest.charter, DAY)).toBe("replaced");
  });

  it("is another's where that office has one of its number that differs, or none so new", async () => {
    const chain = charters("2026-03-20"), [first] = chain;
    const forked = readCharter(writeCharter({ ...office.manifest.charter, zone: "Europe/Lisbon" }));
    expect(await standingThen(showing(chain), forked, DAY)).toBe("another");
    expect(await standingThen(showing(first === undefined ? [] : [first]), chain[1] ?? forked, DAY)).toBe("another");
  });

  it("is not taken from a chain that does not hold", async () => {
    const chain = charters("2026-03-09", "2026-03-20"), other = charters("2026-03-12")[1];
    const broken = chain.map((one) => (one.number === 1 && other !== undefined ? other : one));
    await expect(standingThen(showing(broken), office.manifest.charter, DAY)).rejects.toMatchObject({ code: "charter-chain" });
  });

  it("is not looked for through any number of charters", async () => {
    const far = { ...office.manifest.charter, number: 101 };
    await expect(standingThen(showing([far]), office.manifest.charter, DAY)).rejects.toMatchObject({ code: "charter-far" });
    expect(asked).toEqual([]);
  });
});
