import { describe, expect, it } from "vitest";

import type { Slip } from "./closing.js";
import { aboutText, signVote, undecided, type Decision, type PanelAnswer } from "./panel.js";
import { random } from "./primitives.js";
import { makeOffice, type Person } from "./testing/office.js";

const THREAD = random(16), ABOUT = aboutText("What the panel read.");
const office = makeOffice();
const { lead, handler, stranger } = office;

function decision(people: readonly Person[], says: PanelAnswer = "yes"): Decision {
  return {
    about: ABOUT,
    votes: people.map(({ by, seed }) => ({ entry: by.entry, proof: by.proof, signature: signVote(seed, says, THREAD, ABOUT).signature })),
  };
}

function refused(panel: Decision | undefined, held: readonly Person[] = [], at = 2): Promise<Map<number, string>> {
  const closing: Slip = { outcome: "unfounded", concern: "other", ...panel && { panel } };
  const posts = [
    { kind: "handover", chain: "o", n: at, body: { generation: 0, people: held.map(({ id }) => id) } },
    { kind: "message", chain: "o", n: 4, body: { text: "So it ends.", closing } }, { kind: "message", chain: "r", n: 1, body: { text: "Why?" } },
  ];
  return undecided({ posts }, THREAD, () => Promise.resolve([office.manifest.charter]));
}

describe("what a closing says of a panel", () => {
  it("is nothing in most, and then nothing is asked", async () => {
    expect(await refused(undefined)).toEqual(new Map());
  });

  it("holds where three people signed a yes who never held the case", async () => {
    expect(await refused(decision([lead, handler, stranger]))).toEqual(new Map());
  });

  it.each([
    ["a no", decision([lead, handler, stranger], "no"), [], "panel-signature"],
    ["somebody who held the case once", decision([lead, handler, stranger]), [handler], "panel-assigned"],
    ["one person thrice", decision([lead, lead, lead]), [], "panel-few"],
    ["another document", { ...decision([lead, handler, stranger]), about: random(32) }, [], "panel-signature"],
  ] as const)("does not hold with %s", async (_what, panel, held, code) => {
    expect(await refused(panel, held)).toEqual(new Map([[4, code]]));
  });

  it("holds when one of them works on the case later, once it is taken up again", async () => {
    expect(await refused(decision([lead, handler, stranger]), [handler], 5)).toEqual(new Map());
  });

  it("does not hold where no charter proves them", async () => {
    const posts = [{ kind: "message", chain: "o", n: 0, body: { closing: { panel: decision([lead, handler, stranger]) } } }];
    expect(await undecided({ posts }, THREAD, () => Promise.resolve([]))).toEqual(new Map([[0, "roster-proof"]]));
  });
});
