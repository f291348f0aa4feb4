/** The lawful end of a request that nobody is left to search: the person is told honestly, and two people sign. */
import { openDialog } from "../../elements/dialog.js";
import { make, type Child } from "../../elements/make.js";
import { day, t, tn } from "../../elements/words.js";
import { amongOthers, personName } from "../arrivals/names.js";
import type { Facts } from "../facts.js";
import { cancel, form, submit } from "../fields.js";
import type { RequestShown } from "./types.js";

/** What is said to the person, in the words of the page; it goes to them outside this program. */
export function letter({ recorded, searched }: RequestShown): string[] {
  return [
    t("On {day} you asked what this office holds about you.", { day: day(recorded) }),
    searched === 0
      ? t("Nobody who holds a case is left here to look for you in it, so nothing was searched. We cannot say that nothing is held.")
      : tn("{n} person has searched the cases that they held then. Cases that changed hands since, or that nobody holds any more, may not have been searched. We cannot say that nothing more is held.", "{n} people have searched the cases that they held then. Cases that changed hands since, or that nobody holds any more, may not have been searched. We cannot say that nothing more is held.", searched),
    t("You may ask again at any time, and complain to the authority for data protection or to a court."),
  ];
}

/** Whether this member has told the person, and says so; or, as the second, ends it. */
export async function asksForEnd(one: RequestShown, second: boolean): Promise<boolean> {
  return await openDialog<boolean>(t("End a request that nobody is left to search"), (close) => form(() => { close(true); },
    second
      ? make("p", {}, t("A colleague has signed that the person was told this. Once you sign, the request ends and the names are deleted. Both acts stand in the record, where oversight reads them."))
      : make("p", {}, t("Whoever holds cases now may search once more before that. Otherwise tell the person this, in the way in which they asked, and then sign that you did. Somebody else ends it.")),
    make("blockquote", { class: "notice plain", id: "request-letter" }, letter(one).map((line) => make("p", {}, line))),
    make("div", { class: "actions" }, submit(second ? t("End it") : t("They were told so")), cancel()))) === true;
}

export function endingLine(one: RequestShown, facts: Facts): Child {
  if (one.unsearched) return make("p", { class: "notice plain" }, t("It was ended because nobody was left to search. The person was told so by {name}.", { name: amongOthers(facts, [one.ending?.member ?? ""]) }));
  if (one.ending !== null) {
    return make("p", { class: "notice plain" }, one.ending.member === facts.me.id
      ? t("You have told the person that nobody is left to search. Somebody else ends it.")
      : t("{name} has told the person that nobody is left to search. Somebody else ends it.", { name: personName(facts, one.ending.member) }));
  }
  return one.stranded ? make("p", { class: "notice warning" }, t("Nobody is left who holds a case and has not searched, and still no search has closed it. Two people end it, after the person was told.")) : null;
}
