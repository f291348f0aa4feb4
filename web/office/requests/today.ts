/** By when those who asked what the office holds about them are answered: for who has something to do for it, and for who watches over it. */
import { make } from "../../elements/make.js";
import { day, t, tn } from "../../elements/words.js";

export interface OwedRequests {
  readonly today: string;
  readonly owed: readonly { readonly id: string; readonly recorded: string; readonly due: string; readonly approved: boolean; readonly stranded: boolean; readonly mine: boolean }[];
}

export interface LateRequests {
  readonly late: { readonly count: number; readonly oldest: string } | null;
  /** Ended in the last weeks because nobody was left to search. */
  readonly ended: number;
}

/** Nothing where nothing is owed. Whom a request is about is sealed, and stands on its own page alone. */
export function owedRequests({ owed, today }: OwedRequests): HTMLElement | null {
  if (owed.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "owed-requests" },
    make("h2", { id: "owed-requests" }, t("Requests for access")),
    make("ul", { class: "duelist", role: "list" }, owed.map((one) => make("li", { class: "row apart" },
      make("span", {}, make("a", { href: "#/requests" }, t("Request of {day}", { day: day(one.recorded) })), make("span", { class: "muted" }, " · ",
        one.stranded ? t("nobody is left to search: two people end it") : one.mine ? t("you recorded it: see that it is answered") : one.approved ? t("search your cases") : t("needs the approval of two others"))),
      make("span", { class: `chip ${one.due < today ? "late" : "due"}` }, one.due < today ? t("answer late since {day}", { day: day(one.due) }) : t("answer by {day}", { day: day(one.due) }))))));
}

/** For leads and oversight: how many, and since when. */
export function lateRequests({ late, ended }: LateRequests): HTMLElement | null {
  if (late === null && ended === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "late-requests" },
    make("h2", { id: "late-requests" }, t("Requests for access, not answered in their month")),
    late === null ? null : make("ul", { class: "duelist", role: "list" }, make("li", { class: "row apart" },
      make("span", {}, tn("{n} request", "{n} requests", late.count)),
      make("span", { class: "chip late" }, t("late since {day}", { day: day(late.oldest) })))),
    ended === 0 ? null : make("p", {}, tn("{n} request was ended by two people because nobody was left to search.", "{n} requests were ended by two people because nobody was left to search.", ended)),
    make("p", { class: "muted small" }, t("Nothing but the answer takes it off this list, or its end, which two people sign.")));
}
