/** The kinds of concern that the law of a report names, in triage: which they are, and what suffices for the tier of each. */
import { hold, make, newId } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { CONCERNS, type Concern } from "../../seal/closing.js";
import { inLanguage } from "../page.js";
import { knownChip, type Known } from "../laws/status.js";
import { concernWord } from "./words.js";

type Texts = Readonly<Record<string, string>>;

export interface Kind extends Known {
  readonly id: Concern;
  /** 1: unlawful as such; 2: often lawful. */
  readonly tier: 1 | 2;
  readonly label: Texts;
}

export interface Kinds {
  /** Its names; null where no law is known here: no report stands in a mailbox that was opened for somebody. */
  readonly law: Texts | null;
  readonly classes: readonly Kind[];
}

export const NO_KINDS: Kinds = { law: null, classes: [] };

export interface KindChoice {
  readonly element: HTMLElement;
  /** What suffices for what is chosen; it changes with it. */
  readonly suffices: HTMLElement;
  value(): Concern;
}

/** The kinds in groups: those that the law names, in its order, and all others. */
export function grouped({ classes }: Kinds): { readonly named: readonly Concern[]; readonly others: readonly Concern[] } {
  const named = classes.map(({ id }) => id);
  return { named, others: CONCERNS.filter((one) => !named.includes(one)) };
}

export function kindChoice(kinds: Kinds, chosen: Concern): KindChoice {
  const id = newId(), about = newId();
  const { named, others } = grouped(kinds);
  const options = (of: readonly Concern[]): HTMLElement[] => of.map((value) => make("option", { value, selected: value === chosen }, concernWord(value)));
  const select = make("select", { id, "aria-describedby": about }, named.length === 0 ? options(others) : [
    make("optgroup", { label: t("Named by {law}", { law: nameOf(kinds) }) }, options(named)),
    make("optgroup", { label: t("Not named by it") }, options(others)),
  ]);
  const value = (): Concern => CONCERNS.find((one) => one === select.value) ?? chosen;
  const suffices = make("div", { class: "hint stack tight", id: about, role: "status" });
  const tell = (): void => { hold(suffices, said(kinds, value())); };
  select.addEventListener("change", tell);
  tell();
  return { element: make("div", { class: "field" }, make("label", { for: id }, t("What does it describe?")), select), suffices, value };
}

function said(kinds: Kinds, chosen: Concern): HTMLElement[] {
  const kind = kinds.classes.find(({ id }) => id === chosen);
  return [
    ...kind === undefined ? [] : [make("p", {}, make("b", {}, inLanguage(kind.label, language())), " ",
      knownChip(kind), kind.status === "own" ? null : [" ", make("bdi", { class: "small", lang: "en" }, kind.confirmed?.source ?? kind.source)])],
    make("p", {}, sufficesWord(kinds, kind)),
    make("p", {}, t("What others told is a lead, however many tell it.")),
  ];
}

/** What has to be there before a concern of this kind counts. */
export function sufficesWord(kinds: Kinds, kind: Kind | undefined): string {
  const rule = t("An act that is unlawful as such counts when somebody observed it. What is often lawful, such as a question, an approach or a picture, counts only with a fact that can be stated, and is passed on only with it.");
  if (kind === undefined) return kinds.classes.length === 0 ? rule : `${t("{law} does not name this kind.", { law: nameOf(kinds) })} ${rule}`;
  return kind.tier === 1
    ? t("Unlawful as such: it counts when somebody observed it.")
    : t("Often lawful: it counts only with a fact that can be stated, and is passed on only with it.");
}

function nameOf({ law }: Kinds): string {
  return law === null ? "" : inLanguage(law, language());
}
