import { describe, expect, it, vi } from "vitest";

import { b64, random } from "../../seal/primitives.js";
import type { Stood } from "../../seal/stood.js";
import type { CopyShown } from "../../workers/reports/copies.js";
import type { Desk } from "../arrivals/desk.js";
import type { PanelState } from "../deciding/types.js";
import type { Duties } from "../duty/types.js";
import type { Facts } from "../facts.js";
import { stoodOf, stoodParagraphs } from "./stood.js";

vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });

const ANNA = b64(random(16)), BEN = b64(random(16));
// As far as a name is asked for.
const FACTS = { people: [{ id: ANNA, name: "Anna Berg", alias: "" }, { id: BEN, name: "Ben Holt", alias: "" }], me: { id: "" } } as unknown as Facts;
const LABEL = { en: "Early warning" };
const PANEL: PanelState = {
  until: "2026-05-01", heard: true, ended: false, size: 2,
  seats: [
    { copy: "one", member: ANNA, until: "2026-06-01", declared: true, voted: true, gone: false },
    { copy: "two", member: BEN, until: "2026-06-01", declared: true, voted: true, gone: true },
  ],
};
const answered = (copy: string, vote: "yes" | "no", text: string): CopyShown => ({ copy, text: "What to decide on.", answers: [{ vote, text }] }) as unknown as CopyShown;
const DUTIES: Duties = {
  laws: [{ id: "eu-nis2", names: { en: "NIS 2" }, parts: [], notes: [] }, { id: "other", names: { en: "Another law" }, parts: [], notes: [] }],
  begun: [{ law: "eu-nis2", version: 1, rows: [
    { row: "early-warning", label: LABEL, source: "23(4)", law_itself: true, contents: [], owner: "organisation", starts: "aware", state: "done", in_time: true, began: "2026-03-27T22:30Z", due: "2026-03-28T22:30Z", day: null, done: "2026-03-28T08:00Z" },
  ] }],
};

/** A desk of whose case the server says this. */
function desk(panel: PanelState | null, duties: Duties): Pick<Desk, "hearings" | "duty" | "deciding"> {
  return {
    hearings: { steps: () => Promise.resolve([{ step: "given", reason: "", day: "2026-03-10", until: "2026-03-31" }, { step: "heard", reason: "written", day: "2026-03-20", until: undefined }]) },
    duty: { of: () => Promise.resolve(duties) },
    deciding: { panel: () => Promise.resolve(panel), givenAway: () => Promise.resolve([answered("one", "yes", "Because of the receipt."), answered("two", "no", "An answer of somebody who left.")]) },
  } as unknown as Pick<Desk, "hearings" | "duty" | "deciding">;
}

const said = (stood: Stood | undefined): string => stoodParagraphs(stood, "2026-04-01", FACTS).map(({ text }) => text).join("\n");

describe("what stands beside a case that is taken out", () => {
  it("is every step, the panel with what its members sent back, and the laws that were begun", async () => {
    const stood = await stoodOf(desk(PANEL, DUTIES), "thread");
    expect(stood.hearing.map(({ step }) => step)).toEqual(["given", "heard"]);
    expect(stood.panel).toMatchObject({ document: "What to decide on.", seats: [{ says: "yes", text: "Because of the receipt." }, { says: "none", text: "" }] });
    expect(stood.duties.map(({ law, rows }) => [law, rows.length])).toEqual([["eu-nis2", 1]]);
    const words = said(stood);
    for (const one of ["as it stood on", "It is their word", "the notice went; they might answer until", "they wrote in their mailbox", "Anna Berg: yes", "Because of the receipt.", "Ben Holt: no answer", "NIS 2", "Early warning: done on"]) {
      expect(words).toContain(one);
    }
    // Whose place was empty answered for nobody.
    expect(words).not.toContain("somebody who left");
    expect(words).not.toContain("Another law");
  });

  it("is said to be nothing where there was nothing, and to be missing in a file of before", async () => {
    const none = await stoodOf({ ...desk(null, { laws: DUTIES.laws, begun: [] }), hearings: { steps: () => Promise.resolve([]) } } as unknown as Parameters<typeof stoodOf>[0], "thread");
    expect(none).toEqual({ hearing: [], panel: undefined, duties: [] });
    expect(said(none)).toContain("There was nothing");
    expect(said(undefined)).toContain("made before such things went along");
  });

  it("shows a word that it does not know as it stands", () => {
    expect(said({ hearing: [{ step: "delayed", reason: "weather", day: "2026-03-10", until: undefined }], panel: undefined, duties: [] })).toContain("put off: weather");
  });
});
