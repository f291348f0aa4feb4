import { expect, test } from "vitest";

import { utf8 } from "../../seal/primitives.js";
import { faultsOf, readProfile, writeProfile } from "./profile.js";

const WHOLE = {
  v: 1, kind: "profile", acknowledge: { days: 3 }, feedback: { months: 2 },
  emergency: { "en": "Call 112.", "zh-Hans": "请拨打 112。" }, complaints: { en: "The ombudsperson." }, ways: { letter: { "en": "Quay 1", "zh-Hans": "码头 1 号" } },
  disclosure: { en: "A court may ask." }, children: { en: "The listening line, 555 0161." }, leave: "https://example.org/weather",
};

const doc = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

test("what nobody changes is written as it was, clocks that are quicker than the floor too", () => {
  expect(JSON.parse(new TextDecoder().decode(writeProfile(readProfile(doc(WHOLE)))))).toEqual(WHOLE);
});

test("a way that was one text for all languages is read as the English one", () => {
  const profile = readProfile(doc({ ...WHOLE, ways: { letter: "Quay 1" } }));
  expect(profile.ways.letter).toEqual({ en: "Quay 1" });
  expect(faultsOf(profile)).toEqual([]);
});

test("the shipped questions are offered and not written until somebody changes one", () => {
  const profile = readProfile(doc(WHOLE));
  expect(profile.questions).toHaveLength(10);
  profile.questions.splice(0, 9);
  const written = JSON.parse(new TextDecoder().decode(writeProfile(profile))) as { questions: { id: string }[] };
  expect(written.questions.map(({ id }) => id)).toEqual(["safe"]);
  expect(readProfile(doc(written)).questions.map(({ id }) => id)).toEqual(["safe"]);
});

test("a question that has no English text is named, and an emptied list stays empty", () => {
  const profile = readProfile(doc({ ...WHOLE, questions: [] }));
  expect(profile.questions).toEqual([]);
  profile.questions.push({ id: "own-1", texts: { ar: "متى؟" } });
  expect(faultsOf(profile)).toEqual(["question-own-1"]);
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
