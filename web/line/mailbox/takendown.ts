/** A report that a member took down for the person: the words are not theirs alone yet, and the minutes are to be checked. */
import { t } from "../../elements/words";
import type { Thread } from "../../seal/thread";
import { actions, button, notice } from "../frame";

/** Whether a member says, inside the report, that they took it down; so they have seen its words. */
export function takenDown({ report }: Thread): boolean {
  return report?.statement?.purpose === "intake";
}

/** First of all the words are replaced; then the person reads what stands there in their name. */
export function minutes(own: boolean, renew: () => void): HTMLElement {
  return own
    ? notice("plain", t("Is it written down as you said it?"),
      t("A member of the office took this down for you. Please read it below. What is missing or wrong, write as a message: it stands beside the report, and everyone who reads the one reads the other."))
    : notice("warning", t("This receipt was made by the office: replace it now"),
      t("Whoever wrote your report down has seen these words, and could read and write here as you. Make new words that only you know; the old ones then open nothing. Before that nothing can be written here."),
      actions(button(t("Make new words"), renew, "button large")));
}
