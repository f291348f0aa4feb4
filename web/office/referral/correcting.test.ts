import { describe, expect, it } from "vitest";

import type { Story } from "../arrivals/types.js";
import type { ShownTold } from "../cases/worktypes.js";
import type { Asked } from "../hearing/state.js";
import { owedTo } from "./correcting.js";
import { waitingFor } from "./owing.js";
import type { ReferralRow } from "./types.js";

const ROWS: readonly ReferralRow[] = [
  { id: "harbour", c: "", peer: "", host: "", member: "", filed: "2026-03-01T09:00:00+00:00", state: "promised", fault: "", tries: 1 },
  { id: "customs", c: "", peer: "", host: "", member: "", filed: "2026-03-20T09:00:00+00:00", state: "promised", fault: "", tries: 1 },
  { id: "waits", c: "", peer: "", host: "", member: "", filed: "2026-03-01T09:00:00+00:00", state: "waiting", fault: "", tries: 1 },
];

const closing = { kind: "message", closing: { outcome: "unfounded", concern: "other" }, at: "2026-04-02T10:00:00+00:00", day: "2026-04-02" };

function told(referral: string, why: ShownTold["why"], sent = true, at = "2026-04-02T11:00:00+00:00", outcome: ShownTold["outcome"] = why === "ended" ? "unfounded" : ""): ShownTold {
  return { kind: "told", id: referral + why, referral, why, outcome, day: at.slice(0, 10), sent, text: "", language: "en", by: "", at, n: 0, names: {} };
}

/** A story of which only its end and what was told matter here. */
function story(status: string, ...said: readonly ShownTold[]): Story {
  return { status, entries: status === "closed" ? [closing] : [], work: { told: said } } as unknown as Story;
}

function asked(answered: string | null, decision: Asked["decision"]): Asked {
  return { kind: "correction", asked: "2026-03-02", due: "2026-04-02", answered, decision };
}

describe("what offices that received a case are to be told", () => {
  it("is nothing while the case goes on and nothing was granted", () => {
    expect(owedTo(story("case"), ROWS, [asked(null, ""), asked("2026-03-25", "refused")])).toEqual([]);
  });

  it("is how it ended, for each office that has acknowledged it", () => {
    expect(owedTo(story("closed"), ROWS, [])).toEqual([{ referral: "harbour", why: "ended" }, { referral: "customs", why: "ended" }]);
  });

  it("is nothing new where it was begun: what is not acknowledged is sent again, and not told twice", () => {
    expect(owedTo(story("closed", told("harbour", "ended", false), told("customs", "ended")), ROWS, [])).toEqual([]);
  });

  it("is not settled by what was told before it ended, nor by an outcome from before", () => {
    expect(owedTo(story("closed", told("harbour", "ended", true, "2026-04-01T10:00:00+00:00"), told("customs", "ended")), ROWS, [])).toEqual([{ referral: "harbour", why: "ended" }]);
    expect(owedTo(story("closed", told("harbour", "ended", true, undefined, "resolved"), told("customs", "ended")), ROWS, [])).toEqual([{ referral: "harbour", why: "ended" }]);
  });

  it("is each request that was granted after the office received it, one by one", () => {
    const twice = [asked("2026-03-10", "granted"), asked("2026-03-25", "partly")];
    expect(owedTo(story("case"), ROWS, twice).map(({ referral }) => referral)).toEqual(["harbour", "customs"]);
    expect(owedTo(story("case", told("harbour", "correction"), told("customs", "correction")), ROWS, twice)).toEqual([{ referral: "harbour", why: "correction" }]);
  });
});

describe("what the page of the day says of a case", () => {
  it("counts each office once, also one that was not reached when it was told", () => {
    expect(waitingFor(story("closed"), ROWS, [asked("2026-03-25", "granted")])).toBe(2);
    expect(waitingFor(story("closed", told("harbour", "ended", false), told("customs", "ended")), ROWS, [])).toBe(1);
    expect(waitingFor(story("closed", told("harbour", "ended"), told("customs", "ended")), ROWS, [])).toBe(0);
  });
});
