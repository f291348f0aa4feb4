/** Names that were asked for: what waits for an answer of this member's, and what of theirs was answered. */
import { make } from "../../elements/make.js";
import { day, t, tn } from "../../elements/words.js";

export interface OwedNames {
  readonly asked: readonly { readonly thread: string; readonly asked: string; readonly until: string; readonly released: number; readonly answers: number }[];
}

/** Nothing where nothing was answered yet. */
export function answeredNames({ asked }: OwedNames): HTMLElement | null {
  const answered = asked.filter(({ answers }) => answers > 0);
  if (answered.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "owed-names" },
    make("h2", { id: "owed-names" }, t("Names under seal")),
    make("ul", { class: "duelist", role: "list" }, answered.map((one) => make("li", { class: "row apart" },
      make("span", {}, make("a", { href: `#/arrivals/${one.thread}` }, t("Your request of {day}", { day: day(one.asked) })), make("span", { class: "muted" }, " · ",
        tn("{n} custodian has answered", "{n} custodians have answered", one.answers))),
      make("span", { class: "chip due" }, t("until {day}", { day: day(one.until) }))))));
}
