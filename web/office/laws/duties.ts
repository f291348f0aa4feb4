/** What a law has organisations do, and in which languages its notices and forms are there: to read and to confirm, for whoever answers for the office. */
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { inLanguage } from "../page.js";
import { knownRow } from "./confirming.js";
import type { Around } from "./periods.js";
import { sourceLine, type Known } from "./status.js";

export interface LawDuty extends Known {
  readonly id: string;
  readonly who: "all" | "key" | "receiver" | "supervisor";
  readonly cycle: "continuous" | "on-change" | "per-event" | "half-yearly" | "yearly" | "three-yearly";
  readonly text: Readonly<Record<string, string>>;
  readonly evidence: Readonly<Record<string, string>>;
}

export interface LawLanguage extends Known {
  readonly tag: string;
}

export function dutiesOf(law: string, duties: readonly LawDuty[], languages: readonly LawLanguage[], around: Around): HTMLElement | null {
  if (duties.length === 0 && languages.length === 0) return null;
  return make("details", { class: "stack tight", "data-part": "duties" }, make("summary", {}, t("What it asks of organisations, and in which languages")),
    make("ul", { class: "duelist", role: "list" },
      duties.map((one) => knownRow({ law, row: `duty/${one.id}`, label: inLanguage(one.text, language()) }, one, around,
        make("p", { class: "muted small" }, whoWord(one.who), " · ", cycleWord(one.cycle), " · ", inLanguage(one.evidence, language())), sourceLine(one))),
      languages.map((one) => knownRow({ law, row: `language/${one.tag}`, label: t("Notices and forms in {language}", { language: languageWord(one.tag) }) }, one, around,
        sourceLine(one)))));
}

function languageWord(tag: string): string {
  return new Intl.DisplayNames([language()], { type: "language" }).of(tag) ?? tag;
}

function whoWord(who: LawDuty["who"]): string {
  switch (who) {
    case "all": return t("every organisation");
    case "key": return t("key units and critical entities");
    case "receiver": return t("the office that receives reports");
    case "supervisor": return t("the supervising authority");
  }
}

function cycleWord(cycle: LawDuty["cycle"]): string {
  switch (cycle) {
    case "continuous": return t("always");
    case "on-change": return t("whenever it changes");
    case "per-event": return t("each time");
    case "half-yearly": return t("every half year");
    case "yearly": return t("every year");
    case "three-yearly": return t("every three years");
  }
}
