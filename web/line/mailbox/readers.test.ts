import { beforeEach, expect, test, vi } from "vitest";

import { random } from "../../seal/primitives.js";
import type { Post, Thread } from "../../seal/thread";
import { assigned, assignedWords } from "./readers";

const [anna, bert, cleo] = [random(16), random(16), random(16)] as const;

function wrote(id: Uint8Array, alias: string): Post {
  return { chain: "o", kind: "message", member: { id, alias } } as unknown as Post;
}

/** A thread whose newest handover names `people`, with what the reporting person and members wrote. */
function thread(people: readonly Uint8Array[] | undefined, ...posts: readonly Post[]): Pick<Thread, "handover" | "posts"> {
  const mine = { chain: "r", kind: "report", member: undefined } as unknown as Post;
  return { posts: [mine, ...posts], handover: people && ({ people, generation: 1 } as unknown as NonNullable<Thread["handover"]>) };
}

beforeEach(() => { vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });

test("before a handover nobody is assigned", () => {
  expect(assigned(thread(undefined, wrote(anna, "Anna")))).toBeUndefined();
});

test("names those who wrote and are assigned, each once, under their newest alias", () => {
  const people = assigned(thread([anna, bert], wrote(anna, "A."), wrote(cleo, "Cleo"), wrote(anna, "Anna")));
  expect(people).toEqual({ people: 2, aliases: ["Anna"] });
  expect(people && assignedWords(people).join(" ")).toBe("2 people who are assigned to the case. "
    + "Of them have written to you: Anna. Of the others this page knows the number and not the names.");
});

test("where all have written all are named", () => {
  const people = assigned(thread([anna, bert], wrote(bert, "Bert"), wrote(anna, "Anna")));
  expect(people && assignedWords(people)[1]).toBe("They have written to you as: Bert · Anna");
});

test("where nobody has written it says that only the number is known", () => {
  const people = assigned(thread([bert], wrote(cleo, "Cleo")));
  expect(people).toEqual({ people: 1, aliases: [] });
  expect(people && assignedWords(people)[1]).toContain("not their names");
});
