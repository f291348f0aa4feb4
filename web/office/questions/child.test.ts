import { expect, test } from "vitest";

import { utf8 } from "../../seal/primitives.js";
import { contactIn } from "./child.js";

const profile = (children?: unknown): Uint8Array => utf8(JSON.stringify({ v: 1, kind: "profile", ...children === undefined ? {} : { children } }));

test("the contact comes in the reporting person's language, else in English", () => {
  const named = profile({ "en": "The listening line, 555 0161", "zh-Hans": "倾听热线 555 0161" });
  expect(contactIn(named, "zh-hans")).toEqual({ text: "倾听热线 555 0161", tag: "zh-Hans" });
  expect(contactIn(named, "ar")).toEqual({ text: "The listening line, 555 0161", tag: "en" });
});

test("a profile that names nobody, or none that is proven, names nobody", () => {
  expect(contactIn(profile(), "en")).toBeNull();
  expect(contactIn(new Uint8Array(), "en")).toBeNull();
});
