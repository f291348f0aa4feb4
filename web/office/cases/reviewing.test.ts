import { describe, expect, it } from "vitest";

import type { Doing } from "../arrivals/types.js";
import { decider } from "./reviewing.js";

const did = (what: Doing["what"], member: string): Doing => ({ what, member, chain: "", at: "2026-03-02T12:00:00Z", blob: "", generation: -1 });

describe("who decided the last time", () => {
  it("is nobody where nothing was decided", () => {
    expect(decider({ doings: [did("declared", "ben"), did("aside", "ben"), did("wrote", "lea")] })).toBeUndefined();
  });

  it("is whoever closed it last, whoever took it up again", () => {
    const doings = [did("closed", "ben"), did("reopened", "ben"), did("closed", "lea"), did("reopened", "ben")];
    expect(decider({ doings })).toBe("lea");
  });

  it("is whoever set it aside, read or judged by its likeness, also once it is a case", () => {
    expect(decider({ doings: [did("set-aside", "lea"), did("set-alike", "ben"), did("reopened", "lea"), did("triaged", "lea")] })).toBe("ben");
  });
});
