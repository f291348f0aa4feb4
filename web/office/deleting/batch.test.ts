import { expect, test } from "vitest";

import { Refusal } from "../api.js";
import { inParts } from "./batch.js";

const ALL = ["a", "b", "c", "d", "e", "f", "g"];

test("what the server takes goes in one request", async () => {
  const asked: string[][] = [];
  const { done, refused } = await inParts(ALL, async (some) => { await Promise.resolve(asked.push([...some])); });
  expect(asked).toEqual([ALL]);
  expect([done, refused.size]).toEqual([ALL, 0]);
});

test("one that is refused leaves the others, and says why", async () => {
  let requests = 0;
  const { done, refused } = await inParts(ALL, async (some) => {
    requests += 1;
    await Promise.resolve();
    if (some.includes("c")) throw new Refusal(409, "protected", "Somebody is protected in it.");
  });
  expect(done).toEqual(ALL.filter((one) => one !== "c"));
  expect([...refused]).toEqual([["c", "Somebody is protected in it."]]);
  expect(requests).toBeLessThan(8);
});

test("where no answer came nobody guesses what was done", async () => {
  await expect(inParts(ALL, () => Promise.reject(new Refusal(0, "offline", "")))).rejects.toThrow("offline");
});
