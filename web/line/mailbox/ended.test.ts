import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Refused } from "../wire";
import { endedWords } from "./ended";

beforeEach(() => { vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });
afterEach(() => { vi.unstubAllGlobals(); });

it("says the last day as its reader writes days", () => {
  const said = endedWords(new Refused(410, "ended", "This mailbox ended on 2026-12-01.", { day: "2026-12-01" }));
  expect(said).toContain("December 1, 2026");
  expect(said).not.toContain("2026-12-01");
});

it("leaves the server's own sentence where it names no day", () => {
  for (const more of [{}, { day: "soon" }, { day: 3 }]) {
    expect(endedWords(new Refused(410, "ended", "This mailbox ended on 2026-12-01.", more))).toBe("This mailbox ended on 2026-12-01.");
  }
});
