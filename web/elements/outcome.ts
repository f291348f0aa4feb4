/** How a case ends, in the words that its reporting person and its handlers both read. */
import type { Outcome, Slip } from "../seal/closing";
import { t } from "./words";

/** With what a panel found, where it found something. */
export function slipWord({ outcome, panel }: Slip): string {
  return panel === undefined ? outcomeWord(outcome) : t("Unfounded, and knowingly false, as all of a panel decided");
}

export function outcomeWord(one: Outcome): string {
  switch (one) {
    case "not-competent": return t("Not for this office to decide");
    case "insufficient": return t("Too little is known");
    case "unfounded": return t("Unfounded");
    case "unsubstantiated": return t("Could not be substantiated");
    case "substantiated": return t("Substantiated");
    case "referred": return t("Referred to another office");
    case "resolved": return t("Resolved");
  }
}
