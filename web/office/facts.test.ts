import { afterEach, expect, it, vi } from "vitest";
import { living, type Facts } from "./facts.js";

afterEach(() => { vi.useRealTimers(); });

it("the day goes on in a workbench that is left open, where the office is", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-28T21:59:00Z") });
  const facts = living({ office: "x", zone: "Europe/Helsinki", today: "2026-11-20" } as Facts);
  expect(facts.today).toBe("2026-11-28");
  vi.setSystemTime(Date.parse("2026-11-28T22:00:00Z"));
  expect(facts.today).toBe("2026-11-29");
  expect(structuredClone({ ...facts })).toEqual({ office: "x", zone: "Europe/Helsinki", today: "2026-11-29" });
});
