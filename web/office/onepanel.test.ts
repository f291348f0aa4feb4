import { expect, it } from "vitest";
import type { Story } from "./arrivals/types.js";
import { OnePanel } from "./onepanel.js";

const story = (thread: string): Story => ({ thread }) as Story;

function watched(): { readonly panels: OnePanel<{ readonly element: HTMLElement; show(one: Story): void; leave(): void }>; readonly said: string[] } {
  const said: string[] = [];
  const panels = new OnePanel(({ thread }) => {
    said.push(`begin ${thread}`);
    return {
      element: { id: thread } as HTMLElement, show: (one: Story) => { said.push(`show ${one.thread}`); }, leave: () => { said.push(`leave ${thread}`); },
    };
  });
  return { panels, said };
}

it("is made once for a report and told each time that it is drawn anew", () => {
  const { panels, said } = watched();
  const first = panels.of(story("a"));
  expect(panels.of(story("a"))).toBe(first);
  expect(said).toEqual(["begin a", "show a"]);
});

it("is left before another report's is made, and never comes back", () => {
  const { panels, said } = watched();
  const first = panels.of(story("a"));
  panels.of(story("b"));
  expect(panels.of(story("a"))).not.toBe(first);
  expect(said).toEqual(["begin a", "leave a", "begin b", "leave b", "begin a"]);
  expect(panels.now?.element.id).toBe("a");
});

it("is left once, and nothing stands there then", () => {
  const { panels, said } = watched();
  panels.leave();
  panels.of(story("a"));
  panels.leave();
  panels.leave();
  expect(said).toEqual(["begin a", "leave a"]);
  expect(panels.now).toBeUndefined();
});
