/** The kinds of concern that a law names, and what its reward measures provide for: to read, and to confirm. Nothing here promises or counts anything. */
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import type { Kind } from "../cases/kinds.js";
import { concernWord } from "../cases/words.js";
import { inLanguage } from "../page.js";
import { knownRow } from "./confirming.js";
import type { Around } from "./periods.js";
import { sourceLine, type Known } from "./status.js";

export interface Reward extends Known {
  readonly id: string;
  /** Whole units, from here on. */
  readonly least: number;
  /** Up to but without this; null: no ceiling is stated. */
  readonly below: number | null;
  readonly currency: string;
  readonly label: Readonly<Record<string, string>>;
}

export function kindsOf(law: string, kinds: readonly Kind[], around: Around): HTMLElement | null {
  return kinds.length === 0 ? null : make("details", { class: "stack tight", "data-part": "kinds" }, make("summary", {}, t("The kinds of concern that it names, and what suffices")),
    make("div", { class: "stack tight" },
      make("p", { class: "muted small" }, t("Triage shows these first. What suffices is the rule of this line, the same for every law; a profile may be stricter, never laxer.")),
      make("ul", { class: "duelist", role: "list" }, kinds.map((one) => knownRow(
        { law, row: `class/${one.id}`, label: inLanguage(one.label, language()) }, one, around,
        make("p", { class: "muted small" }, t("Counted as: {kind}", { kind: concernWord(one.id) }), " · ",
          one.tier === 1 ? t("Unlawful as such: it counts when somebody observed it.") : t("Often lawful: it counts only with a fact that can be stated, and is passed on only with it.")),
        sourceLine(one))))));
}

export function rewardsOf(law: string, rewards: readonly Reward[], around: Around): HTMLElement | null {
  return rewards.length === 0 ? null : make("details", { class: "stack tight", "data-part": "rewards" }, make("summary", {}, t("What its reward measures provide for")),
    make("div", { class: "stack tight" },
      make("p", { class: "muted small" }, t("To know the law, and no promise to anybody: this line pays nothing, announces nothing and counts nothing of it. Named people decide, after what was reported was verified and dealt with; never by what becomes of the person concerned, nor by who they are. Nobody loses anything because a report stayed unproven.")),
      make("ul", { class: "duelist", role: "list" }, rewards.map((one) => knownRow(
        { law, row: `reward/${one.id}`, label: inLanguage(one.label, language()) }, one, around,
        make("p", { class: "muted small" }, amountWord(one)), sourceLine(one))))));
}

/** The law's bounds touch each other; each amount stands in one step. */
export function amountWord({ least, below, currency }: Pick<Reward, "least" | "below" | "currency">): string {
  const money = (units: number): string => new Intl.NumberFormat(language(), { style: "currency", currency, currencyDisplay: "code", maximumFractionDigits: 0 }).format(units);
  if (below === null) return t("more than {least}; the law states no ceiling", { least: money(least - 1) });
  return least === 0 ? t("{most} at most", { most: money(below - 1) }) : t("more than {least}, {most} at most", { least: money(least - 1), most: money(below - 1) });
}
