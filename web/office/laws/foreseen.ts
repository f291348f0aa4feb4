/** What a change of terms changes, as the server reckoned it: rows, open clocks by day and number, what begins. No report is named. */
import { make, type Child } from "../../elements/make.js";
import { outcomeWord } from "../../elements/outcome.js";
import { periodWord, type Unit } from "../../elements/period.js";
import { day, fill, language, t, tn, wholeDay } from "../../elements/words.js";
import type { Outcome } from "../../seal/closing.js";
import type { Facts } from "../facts.js";
import { inLanguage } from "../page.js";

type Texts = Readonly<Record<string, string>>;

interface Length {
  readonly limit: number;
  readonly unit: Unit;
}

export interface Foreseen {
  readonly rows: readonly {
    readonly row: string; readonly label: Texts; readonly before: Length | null; readonly after: Length | null;
    readonly gone: boolean; readonly new: boolean; readonly open_cases: boolean;
  }[];
  readonly moved: readonly {
    readonly desk: string; readonly arrived: string; readonly label: Texts; readonly before: string; readonly after: string; readonly count: number;
  }[];
  readonly moved_in_all: number;
  readonly elsewhere: number;
  readonly kept: number;
  readonly begins: readonly { readonly action: string; readonly label: Texts; readonly before: string | null; readonly after: string | null }[];
}

const KEPT = "retention/";

export function foreseen(found: Foreseen, facts: Facts, starts: string): HTMLElement {
  return make("div", { class: "stack tight" },
    found.rows.length === 0 ? null : make("ul", { class: "plain" }, found.rows.map((one) => make("li", {}, said(make("b", {}, nameOf(one)), rowWord(one)),
      one.open_cases ? make("span", { class: "muted" }, " ", t("The law says that it holds for open cases, too.")) : null))),
    found.begins.length === 0 ? null : make("div", {}, make("p", {}, t("For a report that arrives on {day}:", { day: day(starts) })),
      make("ul", { class: "plain" }, found.begins.map((one) => make("li", {}, said(make("b", {}, inLanguage(one.label, language())), moveWord(one.before, one.after)))))),
    make("p", {}, found.moved_in_all === 0 ? t("No open clock moves: what has begun keeps its terms.") : tn("{n} open clock would end on another day:", "{n} open clocks would end on another day:", found.moved_in_all)),
    [...together(found.moved)].map(([label, rows]) => make("div", {}, make("p", {}, make("b", {}, label)),
      make("ul", { class: "plain" }, rows.map((one) => make("li", {}, said(
        tn("{n} report of {day}, {desk}", "{n} reports of {day}, {desk}", one.count, { day: wholeDay(one.arrived, "short"), desk: deskWord(one.desk, facts) }),
        moveWord(one.before, one.after, "short"))))))),
    found.elsewhere === 0 ? null : make("p", { class: "muted" }, tn("{n} of them at a desk where you do not work: its days are not told.", "{n} of them at desks where you do not work: their days are not told.", found.elsewhere)),
    make("p", {}, tn("{n} open clock keeps the terms under which it began.", "{n} open clocks keep the terms under which they began.", found.kept)));
}

/** What is said of something, with the colon of the language. */
function said(name: Child, value: Child): Child[] {
  return fill<Child>(t("{name}: {value}"), { name, value });
}

/** Clocks of one kind stand together, so that its name is read once. */
function together(moved: Foreseen["moved"]): Map<string, Foreseen["moved"][number][]> {
  const found = new Map<string, Foreseen["moved"][number][]>();
  for (const one of moved) {
    const label = inLanguage(one.label, language());
    found.set(label, [...found.get(label) ?? [], one]);
  }
  return found;
}

function rowWord({ before, after, gone, new: fresh }: Foreseen["rows"][number]): Child {
  if (gone) return t("is no longer there");
  if (fresh) return after === null ? t("is new, without a number") : t("is new: {period}", { period: periodWord(after.limit, after.unit) });
  const [from, to] = [lengthWord(before), lengthWord(after)];
  return from === to ? t("{period}, as before; something else about it is new", { period: to }) : t("so far {before}, then {after}", { before: from, after: to });
}

function lengthWord(one: Length | null): string {
  return one === null ? t("no number") : periodWord(one.limit, one.unit);
}

function moveWord(before: string | null, after: string | null, style: "long" | "short" = "long"): string {
  const [was, will] = [before, after].map((one) => one === null ? t("no day") : wholeDay(one, style));
  return was === will ? t("{day}, as before", { day: was ?? "" }) : t("so far {before}, then {after}", { before: was ?? "", after: will ?? "" });
}

function nameOf({ row, label }: { readonly row: string; readonly label: Texts }): string {
  return row.startsWith(KEPT) ? t("Keep a case that ended as: {outcome}", { outcome: outcomeWord(row.slice(KEPT.length) as Outcome) }) : inLanguage(label, language());
}

function deskWord(id: string, { desks }: Facts): string {
  const desk = desks.find((one) => one.id === id);
  return desk === undefined ? t("a desk of before") : inLanguage(desk.names, language());
}
