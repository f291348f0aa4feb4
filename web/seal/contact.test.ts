import { expect, test } from "vitest";

import { contactLines, contactParts, contactText } from "./contact.js";

test("what was left out keeps its line, so that the parts are found again", () => {
  const reach = { way: "555 0142", when: "", language: "中文" };
  expect(contactText(reach)).toBe("555 0142\n\n中文");
  expect(contactParts(contactText(reach))).toEqual(reach);
  expect(contactLines(contactText(reach))).toEqual(["555 0142", "中文"]);
});

test("without a way there is no contact, whatever else was typed", () => {
  expect(contactText({ way: "  ", when: "in the evening", language: "English" })).toBe("");
});

test("a line break that was pasted into a field does not move the parts", () => {
  expect(contactText({ way: "555\n0142", when: "", language: "" })).toBe("555 0142");
});

test("a contact from elsewhere loses no line", () => {
  const text = "Mrs B. at the shop\nring twice\nask for me\nnot on Fridays";
  expect(contactParts(text)).toEqual({ way: "Mrs B. at the shop", when: "ring twice", language: "ask for me not on Fridays" });
  expect(contactLines(text)).toEqual(["Mrs B. at the shop", "ring twice", "ask for me", "not on Fridays"]);
});
