/** What the organisation owes an authority: by moments, for those assigned; for who answers for a desk as numbers. */
import { make } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";
import { actLink } from "../today/titles.js";
import { dutyChip, dutyLabel, dutyStanding, type DutyRow } from "./types.js";

export interface Owed {
  readonly owed: readonly (DutyRow & { readonly thread: string })[];
}

export interface LateDuties {
  readonly late: readonly { readonly desk: string; readonly count: number; readonly oldest: string }[];
}

const SHOWN = 10;

/** Nothing where nothing is owed. */
export function owedSection({ owed }: Owed): HTMLElement | null {
  if (owed.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "owed-authority" },
    make("h2", { id: "owed-authority" }, t("Owed to an authority")),
    make("ul", { class: "duelist", role: "list" }, owed.slice(0, SHOWN).map((one) => make("li", { class: "row apart" },
      make("span", {}, actLink(one.thread, (one.began ?? "").slice(0, 10), dutyLabel(one)), make("span", { class: "muted small" }, " · ", make("bdi", { lang: "en" }, one.source))),
      make("span", { class: dutyChip(one) }, dutyStanding(one))))),
    owed.length > SHOWN ? make("p", { class: "muted small" }, tn("The soonest {shown} of {n} are shown.", "The soonest {shown} of {n} are shown.", owed.length, { shown: count(SHOWN) })) : null);
}

/** For leads and oversight: a number and a day of each desk; no case is named. */
export function lateDuties({ late }: LateDuties, desk: (id: string) => string): HTMLElement | null {
  if (late.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "lateduties" },
    make("h2", { id: "lateduties" }, t("Owed to an authority, and late")),
    make("ul", { class: "duelist", role: "list" }, late.map((one) => make("li", { class: "row apart" },
      make("span", {}, tn("{desk}: {n} duty", "{desk}: {n} duties", one.count, { desk: desk(one.desk) })),
      make("span", { class: "chip late" }, t("late since {day}", { day: day(one.oldest) }))))));
}
