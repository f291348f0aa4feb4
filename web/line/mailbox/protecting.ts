/** The standing offer: whoever is harmed for reporting can say so here; what else helps comes with a bundle of its own. */
import { hold, make } from "../../elements/make";
import { t } from "../../elements/words";
import { ASKED, type AskedFor } from "../../seal/bodies";
import { b64 } from "../../seal/primitives";
import { delivered } from "../bundles";
import { button } from "../frame";
import { officeDay } from "../office";
import type { Load } from "../handover";
import type { help } from "../help/help";
import { openingOf } from "./opened";
import type { Opened } from "./proving";

/** Of who is named in a report nothing of this is: they are heard, and protected by that. */
export function mayAsk({ thread }: Pick<Opened, "thread">): boolean {
  const purpose = openingOf(thread)?.purpose;
  return purpose === undefined ? thread.report !== undefined : purpose !== "hearing";
}

/** @param choose - begins a message that says so; null where nothing may be written */
export function protecting(load: Load, opened: Opened, choose: ((about: AskedFor) => void) | null): HTMLElement {
  const may = mayAsk(opened);
  const more = make("div", { class: "stack tight" });
  // A page without it is worth more than none: what it holds stands on the first page too, or with the desk.
  void moreHelp(load, opened, may).then((found) => { hold(more, found); }, () => undefined);
  return !may ? more : make("section", { class: "stack tight", id: "protecting", "aria-labelledby": "protecting-head" },
    make("h2", { id: "protecting-head" }, t("If somebody harms you for it")),
    make("p", {}, t("Nobody may be made to suffer for having reported, or for having helped somebody who did: not by dismissal, worse work, threats, a bad name or in any other way. If it happens to you, to your family or to your colleagues, tell us here. You need give no name.")),
    make("p", {}, t("In immediate danger ring the emergency number first: nobody watches this page all the time.")),
    more,
    choose === null ? null : make("p", { class: "actions" }, ASKED.map((about) => button(aboutWord(about), () => { choose(about); }, "button secondary"))));
}

async function moreHelp(load: Load, { office, raw, thread }: Opened, may: boolean): Promise<HTMLElement[]> {
  const desk = office.desk(b64(raw.desk));
  if (desk === undefined) return [];
  const [make, profile] = await Promise.all([delivered<(...given: Parameters<typeof help>) => Promise<HTMLElement[]>>(load, "help"), office.profile(desk)]);
  const purpose = openingOf(thread)?.purpose;
  return make(profile, may, purpose === undefined ? "reporter" : purpose === "hearing" ? "concerned" : null, raw.status === "closed", officeDay(office));
}

/** What a message is about, in the words of who writes it. */
export function aboutWord(about: AskedFor | ""): string {
  switch (about) {
    case "": return t("The matter itself, or anything else");
    case "measures": return t("I ask for protection");
    case "retaliation": return t("Something was done to me for reporting");
    case "compensation": return t("I ask that a loss be made good");
  }
}
