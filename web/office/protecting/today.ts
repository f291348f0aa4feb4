/** Which measures somebody has to look at again: by days and desks, and without a word of any case. */
import { make } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";

export interface Reviews {
  readonly reviews: readonly { readonly thread: string; readonly desk: string; readonly due: string }[];
}

export interface LateReviews {
  readonly late: readonly { readonly desk: string; readonly count: number; readonly oldest: string }[];
}

const SHOWN = 10;

/** Of the member's own cases; nothing where nobody is protected. */
export function toReview({ reviews }: Reviews, today: string, desk: (id: string) => string): HTMLElement | null {
  if (reviews.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "reviews" },
    make("h2", { id: "reviews" }, t("Protection")),
    make("ul", { class: "duelist", role: "list" }, reviews.slice(0, SHOWN).map((one) => make("li", { class: "row apart", "data-review": one.thread },
      make("span", {}, make("a", { href: `#/arrivals/${one.thread}` }, t("Look again at what protects somebody")), make("span", { class: "muted small" }, ` · ${desk(one.desk)}`)),
      make("span", { class: `chip ${one.due < today ? "late" : "due"}` }, one.due < today ? t("late since {day}", { day: day(one.due) }) : t("by {day}", { day: day(one.due) }))))),
    reviews.length > SHOWN ? make("p", { class: "muted small" }, t("The first {n} are shown.", { n: count(SHOWN) })) : null);
}

/** For leads and oversight: a number and a day of each desk. A list of cases would be a list of protected people. */
export function lateReviews({ late }: LateReviews, desk: (id: string) => string): HTMLElement | null {
  if (late.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "latereviews" },
    make("h2", { id: "latereviews" }, t("Protection: late reviews")),
    make("ul", { class: "duelist", role: "list" }, late.map((one) => make("li", { class: "row apart" },
      make("span", {}, tn("{desk}: {n} case", "{desk}: {n} cases", one.count, { desk: desk(one.desk) })),
      make("span", { class: "chip late" }, t("late since {day}", { day: day(one.oldest) }))))),
    make("p", { class: "muted small" }, t("Which cases these are stands nowhere but with those assigned: please ask the people of the desk.")));
}
