/** What is known of a row of a law, in words. */
import { t } from "../../elements/words.js";

export type Status = "verified" | "unverified" | "own";

export function statusWord(status: Status): string {
  switch (status) {
    case "verified": return t("the law, verified");
    case "unverified": return t("not verified: the office's own commitment");
    case "own": return t("the office's own commitment");
  }
}
