import { expect, it } from "vitest";
import { Newest } from "./newest.js";

interface Pending {
  readonly came: (answer: string) => Promise<void>;
  readonly broke: (why: string) => Promise<void>;
}

function asking(newest: Newest): { readonly said: string[]; readonly ask: () => Pending } {
  const said: string[] = [];
  return {
    said,
    ask: () => {
      const kept: { came?: (answer: string) => void; broke?: (why: Error) => void } = {};
      const done = newest.ask(() => new Promise<string>((came, broke) => { Object.assign(kept, { came, broke }); }),
        (answer) => { said.push(answer); }, (error) => { said.push(String(error)); });
      return {
        came: (answer) => { kept.came?.(answer); return done; },
        broke: (why) => { kept.broke?.(new Error(why)); return done; },
      };
    },
  };
}

it("hands on what came, and what went wrong", async () => {
  const { said, ask } = asking(new Newest());
  await ask().came("one");
  await ask().broke("two");
  expect(said).toEqual(["one", "Error: two"]);
});

it("lets no older answer and no older failure undo a newer one", async () => {
  const { said, ask } = asking(new Newest());
  const [first, second, third] = [ask(), ask(), ask()];
  await third.came("three");
  await first.came("one");
  await second.broke("two");
  expect(said).toEqual(["three"]);
});

it("hands nothing on once something newer is known by another way", async () => {
  const newest = new Newest();
  const { said, ask } = asking(newest);
  const first = ask();
  newest.begin();
  await first.came("one");
  expect(said).toEqual([]);
});

it("says what went wrong in showing an answer", async () => {
  const said: unknown[] = [];
  await new Newest().ask(() => Promise.resolve(1), () => { throw new Error("not shown"); }, (error) => { said.push(String(error)); });
  expect(said).toEqual(["Error: not shown"]);
});
