import { describe, expect, it } from "vitest";

import type { Doing } from "../arrivals/types.js";
import { decider } from "./reviewing.js";

const did = (what: Doing["what"], member: string): Doing => ({ what, member, chain: "", at: "2026-03-02T12:00:00Z", blob: "", generation: -1 });

const none = { last: "", alike: [] };

describe("who decided the last time", () => {
  it("is nobody where nothing was decided", () => {
    expect(decider({ doings: [did("declared", "ben"), did("aside", "ben"), did("wrote", "lea")], closings: none })).toBeUndefined();
  });

  it("is whoever closed it last, whoever took it up again", () => {
    const doings = [did("closed", "ben"), did("reopened", "ben"), did("closed", "lea"), did("reopened", "ben")];
    expect(decider({ doings, closings: none })).toBe("lea");
  });

  it("is whoever set it aside, read or judged by its likeness, also once it is a case", () => {
    expect(decider({ doings: [did("set-aside", "lea"), did("set-alike", "ben"), did("reopened", "lea"), did("triaged", "lea")], closings: none })).toBe("ben");
  });

  it("is whoever signed the newest closing, whatever the server says", () => {
    const doings = [did("set-aside", "lea"), did("closed", "ben"), did("reopened", "lea")];
    expect(decider({ doings, closings: { last: "noor", alike: [] } })).toBe("noor");
    expect(decider({ doings: [], closings: { last: "noor", alike: [] } })).toBe("noor");
  });
});
