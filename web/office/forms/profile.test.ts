import { expect, test } from "vitest";

import { utf8 } from "../../seal/primitives.js";
import { faultsOf, readProfile, writeProfile } from "./profile.js";

const WHOLE = {
  v: 1, kind: "profile", acknowledge: { days: 3 }, feedback: { months: 2 },
  emergency: { "en": "Call 112.", "zh-Hans": "请拨打 112。" }, complaints: { en: "The ombudsperson." }, ways: { letter: "Quay 1" },
  disclosure: { en: "A court may ask." }, leave: "https://example.org/weather",
};

const doc = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

test("what nobody changes is written as it was, clocks that are quicker than the floor too", () => {
  expect(JSON.parse(new TextDecoder().decode(writeProfile(readProfile(doc(WHOLE)))))).toEqual(WHOLE);
});

test("where nothing is known yet the floor is offered, and all that is missing is named", () => {
  const profile = readProfile(new Uint8Array(0));
  expect([profile.acknowledge, profile.feedback]).toEqual([7, 3]);
  expect(faultsOf(profile)).toEqual(["emergency", "complaints", "ways"]);
});

test("a text in one language only is missing in English, which every reader can fall back to", () => {
  const profile = readProfile(doc(WHOLE));
  profile.texts.disclosure = { ar: "قد تسأل محكمة." };
  expect(faultsOf(profile)).toEqual(["disclosure"]);
});

test.each(["http://example.org/", "javascript:alert(1)", "somewhere"])("nobody leaves to %s", (leave) => {
  expect(faultsOf({ ...readProfile(doc(WHOLE)), leave })).toEqual(["leave"]);
});
