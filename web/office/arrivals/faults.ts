/** What is said of a file that failed a check: which check, in words, and what a handler does then. */

import { t } from "../../elements/words.js";

/** Whether the fault is not in the file itself, which is proven and shown. */
export function isBeside(code: string): boolean {
  return code.startsWith("shown-") || code.startsWith("keys-") || code === "index-ahead" || code === "opened-unowned" || code === "handover-lead";
}

/** One sentence for the code of a refusal (docs/formats.md §6). */
export function faultWords(code: string): string {
  switch (code) {
    case "not-mine": return t("It was not sealed for any key that you hold. A colleague who has been on the desk longer may be able to open it.");
    case "age-header": case "age-mac": case "age-payload":
      return t("It was damaged or altered after it was sealed.");
    case "content": return t("It is not the file that the office acknowledged when it came.");
    case "envelope-signature": return t("Its signature does not fit what it says.");
    case "envelope-author": return t("Its author is not proven to be somebody who may write here.");
    case "envelope-audience": return t("It says that it was meant for other readers.");
    case "envelope-place": return t("It belongs to another report, desk or office.");
    case "chain-hole": return t("A message before it is missing.");
    case "chain-repeat": case "chain-fork": return t("It does not follow the message before it.");
    case "chain-seen": return t("It speaks of a message that is not here.");
    case "opened-unowned": return t("It was written before the holder of this mailbox made words of their own. Whoever made the code, or has seen the letter, could have written it. Ask again once they have words of their own.");
    case "handover-lead": return t("A lead of the desk gave this to other people than those who were assigned before. That is right after a triage that was refused. If none was, tell oversight.");
    case "keys-sealed": return t("They do not open, or nothing proves who made them. Nothing can be written here until new keys are made.");
    case "keys-act": return t("Nobody has signed for them in the record.");
    case "keys-seed": case "keys-people": return t("They do not fit what the reporting person was told: what is written to them could go to somebody else.");
    case "keys-barred": return t("The reporting person asked that one of the people assigned should not see it.");
    case "keys-report": return t("They were made for another report.");
    case "panel-few": case "panel-signature": case "panel-assigned":
      return t("It says that a panel decided, and not all of a panel have signed that. Nobody may be told so. Tell oversight.");
    case "shown-other": return t("The person was shown other documents than this office signed, perhaps with other people's keys. Tell oversight and the other administrators by another way, and keep this report as it is.");
    case "shown-newer": return t("The person was shown documents that are newer than those of this page. Lock and unlock this page. If this line is still here then, the person was shown documents that this office does not have: tell oversight by another way.");
    case "index-ahead": return t("This browser of yours has read more of this report than the server shows now, or something else at this place. Tell oversight and a lead by another way, and keep this report as it is.");
    default: return t("It is not in the form that messages have.");
  }
}
