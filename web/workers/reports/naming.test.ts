import { expect, test } from "vitest";

import { b64 } from "../../seal/primitives.js";
import { agreed, packed, type Named } from "./naming.js";

const id = (n: number): string => b64(new Uint8Array(16).fill(n));
const hash = (n: number): string => b64(new Uint8Array(32).fill(n));
/** Ids and hashes whose base64url stands in another order than their bytes. */
const [A, B, C] = [id(2), id(0xf8), id(0xfc)];
const PROVEN = new Map([[C, [hash(1)]], [A, [hash(9), hash(0xfb)]], [B, [hash(3)]]]);

test("reports go in the order of their ids, and an act takes as many as fit into it", () => {
  expect(packed(PROVEN)).toEqual([{ threads: [A, B, C], erased: [hash(1), hash(3), hash(9), hash(0xfb)] }]);
  expect(packed(PROVEN, 3)).toEqual([{ threads: [A, B], erased: [hash(3), hash(9), hash(0xfb)] }, { threads: [C], erased: [hash(1)] }]);
});

test("a long report takes acts of its own, which name it each", () => {
  expect(packed(new Map([[A, [hash(1), hash(2), hash(3)]]]), 2)).toEqual([
    { threads: [A], erased: [hash(1), hash(2)] }, { threads: [A], erased: [hash(3)] },
  ]);
});

test("all of what was asked is agreed to as it was asked", () => {
  const asked = packed(PROVEN, 3);
  expect(agreed(asked, PROVEN)).toEqual(asked);
});

test("of what was not proven here nothing is agreed to, and the rest is", () => {
  const some = new Map([...PROVEN].filter(([thread]) => thread !== B));
  expect(agreed(packed(PROVEN), some)).toEqual([{ threads: [A, C], erased: [hash(1), hash(9), hash(0xfb)] }]);
  expect(agreed(packed(PROVEN, 3), some)).toEqual([{ threads: [A], erased: [hash(9), hash(0xfb)] }, { threads: [C], erased: [hash(1)] }]);
  expect(agreed(packed(PROVEN, 3), new Map([[C, [hash(1)]]]))).toEqual([null, { threads: [C], erased: [hash(1)] }]);
});

test.each<[string, readonly Named[]]>([
  ["an entry that is not this report's", [{ threads: [C], erased: [hash(1), hash(7)] }]],
  ["another entry in place of its own", [{ threads: [C], erased: [hash(7)] }]],
  ["less than what the report holds", [{ threads: [A], erased: [hash(9)] }]],
  ["nothing of it", []],
])("nothing is agreed to where somebody asks for %s", (_what, asked) => {
  const [first] = asked;
  const thread = first?.threads[0] ?? C;
  expect(agreed(asked, new Map([[thread, PROVEN.get(thread) ?? []]]))).toBeNull();
});
