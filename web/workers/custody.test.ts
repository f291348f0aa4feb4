import { expect, test } from "vitest";

import { custodyOf } from "./custody.js";

const custodian = (name: string): { recipient: string; roles: string[] } => ({ recipient: name, roles: ["custodian"] });
const handler = { recipient: "h", roles: ["handler@desk"] };
const many = (n: number): ReturnType<typeof custodian>[] => Array.from({ length: n }, (_, at) => custodian(`c${at}`));

test("one custodian keeps no name: nobody holds one alone", () => {
  expect(custodyOf([custodian("a"), handler], undefined)).toBeUndefined();
});

test.each([[2, 2], [3, 2], [4, 3], [5, 3], [9, 5]])("of %i custodians %i must agree if nobody says how many", (n, k) => {
  expect(custodyOf([handler, ...many(n)], undefined)?.k).toBe(k);
});

test("an administrator says how many must agree, from two to all of them", () => {
  expect(custodyOf(many(5), undefined, { k: 2 })?.k).toBe(2);
  expect(custodyOf(many(5), undefined, { k: 5 })?.k).toBe(5);
  for (const k of [0, 1, 6]) expect(() => custodyOf(many(5), undefined, { k })).toThrow("custody-size");
  expect(() => custodyOf(many(1), undefined, { k: 2 })).toThrow("custody-size");
});

test("what was said stays until it is not possible any more", () => {
  const before = { k: 4, custodians: ["c0", "c1", "c2", "c3"] };
  expect(custodyOf(many(5), before)?.k).toBe(4);
  expect(custodyOf(many(3), before)?.k).toBe(2);
});

test("the order of the list stays, so that a charter about something else changes no custody", () => {
  const before = { k: 2, custodians: ["c2", "c0"] };
  expect(custodyOf(many(4), before)).toEqual({ k: 2, custodians: ["c2", "c0", "c1", "c3"] });
});

test("who handles reports keeps no names, and ten are too many", () => {
  expect(() => custodyOf([custodian("a"), { recipient: "b", roles: ["custodian", "lead@desk"] }], undefined)).toThrow("custodian-handles");
  expect(() => custodyOf(many(10), undefined)).toThrow("custody-many");
});
