/** The states in which a report can be, in the order in which it goes through them. They stand in clear: the mailbox shows them. */

import { t } from "../../elements/words.js";

export const STATUSES = ["arrived", "aside", "held", "case", "closed"] as const;

/** A state as a filter names it; one that this page does not know yet stands as it is. */
export function statusName(status: string): string {
  switch (status) {
    case "arrived": return t("With the desk");
    case "aside": return t("Set aside");
    case "held": return t("Waiting to be confirmed");
    case "case": return t("Case");
    case "closed": return t("Closed");
    default: return status;
  }
}
