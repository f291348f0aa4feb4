import { beforeEach, describe, expect, test } from "vitest";

import { questionsOf, readForm, type Form } from "../../seal/form.js";
import { utf8 } from "../../seal/primitives.js";
import { EditedForm, sameForm, type EditedQuestion, type EditedSection } from "./model.js";

const FORM = readForm(utf8(JSON.stringify({
  v: 1, kind: "form", sections: [
    { id: "report", title: { en: "Report" }, questions: [{ id: "what", kind: "long", label: { en: "What?", ar: "ماذا؟" } }] },
    { id: "more", title: { en: "More", ar: "المزيد" }, questions: [
      { id: "known", kind: "choices", label: { en: "How known?" }, options: [{ id: "seen", label: { en: "Seen" } }, { id: "told", label: { en: "Told" } }] },
      { id: "by-whom", kind: "text", label: { en: "By whom?" }, help: { en: "A name or a function." }, if: { known: "told" } },
    ] },
  ],
})));

let edited: EditedForm;
let more: EditedSection;

beforeEach(() => {
  edited = EditedForm.of(FORM);
  const [, second] = edited.sections;
  if (second === undefined) throw new Error("the form has two sections");
  more = second;
});

function signed(): Form {
  return readForm(edited.document().doc);
}

function question(id: string): EditedQuestion {
  const found = edited.questions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no question ${id}`);
  return found;
}

test("what nobody changes stays as it was", () => {
  expect(sameForm(signed(), FORM)).toBe(true);
});

describe("new parts", () => {
  test("get ids from their English texts, each its own", () => {
    const bus = edited.addQuestion(more);
    bus.label = { en: "Which bus was it?", ar: "أي حافلة؟" };
    const again = edited.addQuestion(more);
    again.label = { en: "Which bus was it?" };
    expect(questionsOf(signed()).map(({ id }) => id)).toEqual(["what", "known", "by-whom", "which-bus-was-it", "which-bus-was-it-2"]);
  });

  test("get an id also where the English text has no Latin letter, and never the first question's", () => {
    edited.addQuestion(more).label = { en: "何时？" };
    edited.addQuestion(more).label = { en: "What?" };
    expect(questionsOf(signed()).map(({ id }) => id).slice(3)).toEqual(["question", "what-2"]);
  });

  test("can be depended on at once", () => {
    const kind = edited.addQuestion(more);
    kind.label = { en: "Which kind?" };
    edited.turn(kind, "choice");
    const [option] = kind.options;
    if (option === undefined) throw new Error("a choice begins with one option");
    option.label = { en: "A lorry" };
    const load = edited.addQuestion(more);
    load.label = { en: "What did it carry?" };
    load.condition = { question: kind.id, option: option.id };
    expect(questionsOf(signed()).at(-1)?.condition).toEqual({ question: "which-kind", option: "a-lorry" });
  });
});

describe("a condition ends", () => {
  test("when its choice is taken out", () => {
    edited.removeQuestion(question("known"));
    expect(questionsOf(signed()).map(({ id, condition }) => [id, condition])).toEqual([["what", undefined], ["by-whom", undefined]]);
  });

  test("when its option is taken out", () => {
    const known = question("known");
    edited.removeOption(known, known.options[1] ?? { id: "", label: {}, help: {} });
    expect(question("by-whom").condition).toBeUndefined();
  });

  test("when the choice becomes a line", () => {
    edited.turn(question("known"), "text");
    expect(question("by-whom").condition).toBeUndefined();
    expect(questionsOf(signed())).toHaveLength(3);
  });

  test("when the question moves before its choice, and not before", () => {
    edited.move(question("by-whom"), -1);
    expect(questionsOf(signed()).map(({ id, condition }) => [id, condition])).toEqual([["what", undefined], ["by-whom", undefined], ["known", undefined]]);
  });
});

test("nothing moves before the first question", () => {
  edited.move(question("known"), -1);
  expect(edited.sections.map(({ questions }) => questions.map(({ id }) => id))).toEqual([["what", "known"], ["by-whom"]]);
  edited.move(question("known"), -1);
  expect(edited.questions.map(({ id }) => id)).toEqual(["what", "known", "by-whom"]);
});

test("what is missing is named by its part", () => {
  const fresh = edited.addQuestion(more);
  edited.turn(fresh, "choice");
  fresh.options = [];
  question("known").options[0] = { id: "seen", label: { en: " " }, help: {} };
  const section = edited.addSection();
  expect(edited.missing()).toEqual([
    { part: "seen", what: "text" }, { part: fresh.id, what: "text" }, { part: fresh.id, what: "options" }, { part: section.id, what: "text" },
  ]);
});

test("a language's missing texts are counted, and left out of the document where they are blank", () => {
  // Section "Report", "How known?" with two options, "By whom?" with its help.
  expect(edited.untranslated("ar")).toBe(6);
  question("known").label["ar"] = "  ";
  expect([...questionsOf(signed())[1]?.label.keys() ?? []]).toEqual(["en"]);
  question("known").label["ar"] = "كيف عرفت؟";
  expect(edited.untranslated("ar")).toBe(5);
  expect(questionsOf(signed())[1]?.label.get("ar")).toBe("كيف عرفت؟");
});
