/** Whom this member's cases have to inform, and what persons concerned wait for; by days, and without a word of any case. */
import { make } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";
import { actLink } from "../today/titles.js";
import { requestWord, type Asked, type HearingState } from "./state.js";

export interface Hearings {
  readonly cases: readonly (HearingState & { readonly thread: string; readonly began: string })[];
  readonly requests: readonly (Asked & { readonly thread: string })[];
}

const SHOWN = 10;

/** Nothing where nobody waits. */
export function toBeHeard({ cases, requests }: Hearings, today: string): HTMLElement | null {
  const rows = [
    ...cases.map(({ thread, began, due }) => ({ thread, what: t("Inform the person concerned"), of: began, due: due ?? "" })),
    ...requests.map(({ thread, kind, asked, due }) => ({ thread, what: requestWord(kind), of: asked, due })),
  ].sort((a, b) => (a.due < b.due ? -1 : 1));
  if (rows.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "concerned" },
    make("h2", { id: "concerned" }, t("Persons concerned")),
    make("ul", { class: "duelist", role: "list" }, rows.slice(0, SHOWN).map(({ thread, what, of, due }) => make("li", { class: "row apart" },
      make("span", {}, actLink(thread, of, what)),
      make("span", { class: `chip ${due < today ? "late" : "due"}` }, due < today ? t("late since {day}", { day: day(due) }) : t("by {day}", { day: day(due) }))))),
    rows.length > SHOWN ? make("p", { class: "muted small" }, tn("The soonest {shown} of {n} are shown.", "The soonest {shown} of {n} are shown.", rows.length, { shown: count(SHOWN) })) : null);
}
