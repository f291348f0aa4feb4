/** How a case ends, in the words that its reporting person and its handlers both read. */
import type { Outcome } from "../seal/closing";
import { t } from "./words";

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
