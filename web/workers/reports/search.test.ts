import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Entry, Story } from "../../office/arrivals/types.js";
import { cutBytes, place, searchable, wanted } from "./search.js";

const FUEL = "The keys to the fuel store are copied every week. Somebody comes at night.";

describe("the place of a word", () => {
  it("is shown as it was written", () => {
    const hit = place(FUEL, wanted("Fuel"));
    expect(hit.found).toBe("fuel");
    expect(`${hit.before}${hit.found}${hit.after}`.replaceAll("…", "")).toContain("keys to the fuel store");
  });

  it("is shown whatever surrounds it", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
      expect(place(`${before} needle ${after}`, ["needle"]).found.toLowerCase()).toBe("needle");
    }));
  });

  it("fits where lower case is longer than what was written", () => {
    expect(place("İstanbul'da bir depo, ve bir anahtar", wanted("ANAHTAR")).found).toBe("anahtar");
  });
});

describe("a text for the index", () => {
  const placed = { day: "2026-03-02", at: "", unread: false };
  const text = (kind: "message" | "note", said: string, n: number): Entry => ({
    kind, chain: kind === "note" ? "i" : "o", n, ...placed, ours: true, author: "", mine: false, text: said, language: "en", beside: [], closing: null, correction: null, files: [],
  });
  const story = (entries: Entry[]): Story => ({
    thread: "", desk: "", day: "", status: "", entries, doings: [], language: "en", contact: "box  12", withdrawn: "", name: "Noor Example", sealedNames: [], mustNotSee: [],
    answerable: true, opened: null, ends: null, purpose: "", continues: "", filer: null, unproven: false, referred: null, complaint: false, case: null, work: { tasks: [], events: [], evidence: [], letters: [], standIns: [], told: [], shown: [], submissions: [] }, labels: [], closings: { last: "", alike: [] }, promised: "",
    protection: { asks: [], situation: null, measures: [], ended: [], retaliation: [], claims: [], review: "", answered: -1 },
    panel: null,
  });

  it("begins with the answers, and then has the newest message first, because what is last may be cut; a name and a contact are not in it", () => {
    const report: Entry = {
      kind: "report", chain: "r", n: 0, ...placed, answers: [{ question: "what", label: "What?", text: "First\n\nline" }], files: [], language: "en",
    };
    const said = searchable(story([report, text("message", "old", 0), text("note", "between us", 0), text("message", "new", 1)]));
    expect(said).toBe("First line ⏎ new ⏎ old ⏎ between us");
  });

  it("is cut before a character, never within one", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (written, most) => {
      const bytes = cutBytes(written, most);
      expect(bytes.length).toBeLessThanOrEqual(most);
      expect(written.startsWith(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes))).toBe(true);
    }));
  });
});
