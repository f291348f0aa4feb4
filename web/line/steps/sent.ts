/** It arrived: the proof, and when the person hears from the office. Nothing of what was written is kept. */
import { busy } from "../../elements/busy";
import { contactElement } from "../../elements/contact";
import { make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { day, fill, t } from "../../elements/words";
import type { Promised } from "../../ledger/promises";
import { MAILBOX_AFTER_DAYS } from "../../seal/limits.gen";
import { plusDays, plusMonths } from "../../elements/days";
import { actions, button, notice, stack, type Frame } from "../frame";
import type { Office } from "../office";
import { keepPromise } from "../promise";
import { openMailbox } from "../returning";

export function sent(frame: Frame, office: Office, promise: Promised): Draw {
  const { draft, first } = frame;
  const declined = draft.kept === "declined";
  const { contact } = draft;
  const bytes = declined ? undefined : draft.receipt;
  const chosen = office.desk(draft.desk ?? "");
  forget(frame);
  return (host) => {
    const when = make("div", { class: "stack" });
    if (chosen !== undefined) {
      office.profile(chosen).then(({ acknowledge, feedback }) => {
        when.replaceChildren(make("dl", { class: "facts beside" },
          fact(t("That somebody has read it"), t("by {day}", { day: day(plusDays(promise.day, acknowledge)) })),
          fact(t("What we do about it, and why"), t("by {day}", { day: day(plusMonths(promise.day, feedback)) })),
        ));
      }, () => undefined);
    }
    const said = make("div", {});
    host.append(stack(
      make("h1", {}, t("It has arrived")),
      notice("good", null, t("Your report arrived on {day}, sealed and whole. This is your acknowledgement, signed by the office.", { day: day(promise.day) })),
      make("h2", {}, t("When you hear from us")),
      when,
      declined ? make("p", {}, contact === ""
        ? t("You chose to keep no receipt, so no answer can reach you. The words for this report are forgotten now.")
        : fill(t("You chose to keep no receipt. If they have a question they can reach you: {contact}. Nothing can be read or added here any more."), { contact: contactElement(contact) }))
        : make("p", {}, t("Come back with your receipt. We write into your mailbox; we can reach you another way only if you left one, and we never call or write to ask for your words.")),
      declined ? null : make("p", {}, t("Once it is over, the office keeps your report for as long as its law says, and then deletes it. Your mailbox stays {days} days longer, without files.", { days: MAILBOX_AFTER_DAYS })),
      keepPromise(first.load, promise),
      said,
      bytes === undefined ? null : actions(
        button(t("Open my mailbox"), (pressed) => { void busy(pressed, () => openMailbox(frame, bytes, said)); }),
      ),
      make("p", { class: "hint" }, t("You may want to remove this page from your browser's history. Its title there names no office and no purpose.")),
    ));
    first.box.value = "";
    return undefined;
  };
}

function fact(what: string, when: string): HTMLElement {
  return make("div", {}, make("dt", {}, what), make("dd", {}, when));
}

/** Nothing that was written outlives its arrival in this page. */
function forget({ draft, first, attaching, keeping }: Frame): void {
  attaching.forget();
  keeping.end();
  draft.answers.clear();
  draft.contact = draft.name = draft.lockedContact = draft.mustNotSee = draft.continues = "";
  draft.naming = "none";
  draft.errand = "";
  draft.receipt = draft.kept = draft.concerned = draft.concernsUs = undefined;
  first.box.value = "";
}
