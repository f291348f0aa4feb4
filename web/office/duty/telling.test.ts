import { expect, it } from "vitest";

import type { ShownSubmission } from "../cases/worktypes.js";
import { beginning, toldAt } from "./telling.js";

const content = (id: string): { readonly id: string; readonly text: Readonly<Record<string, string>>; readonly source: string } => ({ id, text: { en: id }, source: "Article 23" });
const told = (n: number, row: string, said: Readonly<Record<string, string>>, law = "eu-nis2"): ShownSubmission => ({
  kind: "submission", id: String(n), law, version: 1, row, title: row, answers: Object.entries(said).map(([key, words]) => ({ content: key, asked: key, said: words })),
  text: "", language: "en", by: "bao", at: "2026-11-02", n,
});
const WARNING = told(3, "early-warning", { unlawful: "Not known.", "cross-border": "No." });
const NOTIFICATION = { contents: [content("unlawful"), content("assessment"), content("indicators")] };

it("begins with what the same law was told of the same thing last, and with nothing of another law", () => {
  const later = told(7, "intermediate", { unlawful: "A stolen pass." });
  const other = told(9, "early-warning", { assessment: "Of another law." }, "us-nispom");
  expect([...beginning("eu-nis2", NOTIFICATION, [later, other, WARNING])]).toEqual([["unlawful", "A stolen pass."]]);
  expect([...beginning("eu-nis2", NOTIFICATION, [])]).toEqual([]);
});

it("changes what stands there, and mixes in nothing else", () => {
  const before = told(4, "notification", { assessment: "Grave." });
  expect([...beginning("eu-nis2", NOTIFICATION, [WARNING, before], before)]).toEqual([["assessment", "Grave."]]);
});

it("keeps each row's apart", () => {
  expect(toldAt("eu-nis2", { row: "early-warning" }, [WARNING, told(5, "notification", {}), told(6, "early-warning", {}, "us-nispom")]).map(({ n }) => n)).toEqual([3]);
});
