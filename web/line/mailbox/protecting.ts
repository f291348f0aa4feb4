/** The standing offer: what the office can do for who is harmed for reporting, where else to turn, and how to say it here. */
import { hold, make } from "../../elements/make";
import { t } from "../../elements/words";
import { ASKED, type AskedFor } from "../../seal/bodies";
import { b64 } from "../../seal/primitives";
import { inLanguage, languageOf } from "../forms";
import { button } from "../frame";
import { openingOf } from "./opened";
import type { Opened } from "./proving";

/** Of who is named in a report nothing of this is: they are heard, and protected by that. */
export function mayAsk({ thread }: Pick<Opened, "thread">): boolean {
  const purpose = openingOf(thread)?.purpose;
  return purpose === undefined ? thread.report !== undefined : purpose !== "hearing";
}

/** @param choose - begins a message that says so; null where nothing may be written */
export function protecting(opened: Opened, choose: ((about: AskedFor) => void) | null): HTMLElement | null {
  if (!mayAsk(opened)) return null;
  return make("section", { class: "stack tight", id: "protecting", "aria-labelledby": "protecting-head" },
    make("h2", { id: "protecting-head" }, t("If somebody harms you for it")),
    make("p", {}, t("Nobody may be made to suffer for having reported, or for having helped somebody who did: not by dismissal, worse work, threats, a bad name or in any other way. If it happens to you, to your family or to your colleagues, tell us here. You need give no name.")),
    make("p", {}, t("In immediate danger ring the emergency number first: nobody watches this page all the time.")),
    make("details", {}, make("summary", {}, t("What the office can do, and what it cannot")),
      make("ul", {}, [
        t("keep your name apart from the case, and reach you another way"),
        t("hear you where nobody sees you"),
        t("speak with your employer, or ask that you work elsewhere for a time, if you want that"),
        t("ask a court or an authority to stop what is done to you until it is decided"),
        t("name people who advise and support you"),
        t("ask the police to protect you, or find a safe place"),
        t("keep what was done to you day by day, for whoever decides about it"),
        t("ask that a loss be made good"),
      ].map((text) => make("li", {}, text))),
      make("p", {}, t("A person of the office decides with you what fits, and looks again by a set day. They cannot promise that nothing happens to you. What the law of your country gives you is not for this page to say: ask them, or somebody outside.")),
      make("p", { class: "muted" }, t("The server does not know that you ask. Once the office protects somebody, it knows that much, and the day on which a person looks again."))),
    elsewhere(opened),
    choose === null ? null : make("p", { class: "actions" }, ASKED.map((about) => button(aboutWord(about), () => { choose(about); }, "button secondary"))));
}

/** What the profile names outside the office: whoever does not trust us needs it most. */
function elsewhere({ office, raw }: Opened): HTMLElement {
  const text = make("p", { class: "written" });
  const element = make("details", { hidden: true }, make("summary", {}, t("Where else you can turn")), text);
  const desk = office.desk(b64(raw.desk));
  if (desk !== undefined) {
    office.profile(desk).then(({ complaints }) => {
      text.lang = languageOf(complaints);
      hold(text, inLanguage(complaints));
      element.hidden = false;
    }, () => undefined);
  }
  return element;
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
