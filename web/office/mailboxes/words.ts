/** Mailboxes that a member opened for somebody, in words. */
import { t } from "../../elements/words.js";

/** What a mailbox may be for. The word stands sealed in its first file, and in no row. */
export const PURPOSES = ["hearing", "protection", "helper"] as const;
export type Purpose = (typeof PURPOSES)[number];

export function purposeWord(purpose: string): string {
  switch (purpose) {
    case "hearing": return t("A person concerned is heard");
    case "protection": return t("Somebody is protected");
    case "helper": return t("Somebody outside helps");
    case OWN: return t("A matter of the organisation's own");
    case TAKEN_IN: return t("A case that was taken in");
    default: return t("Another purpose");
  }
}

/** Purpose of a matter of the organisation's own: no mailbox for anybody, and nobody has its code. */
export const OWN = "own";

/** Purpose of a case that was taken in of an exported one: nobody has its code either. */
export const TAKEN_IN = "taken in";

/** Whether a mailbox is nobody's: there is a case, and no other side that reads or writes in it. */
export function isNobodys(opened: { readonly purpose: string } | null): boolean {
  return opened?.purpose === OWN || opened?.purpose === TAKEN_IN;
}

/** Whether it is a case, of a report or taken in: there a person concerned is heard, and duties are noted. */
export function isCase(opened: { readonly purpose: string } | null): boolean {
  return opened === null || opened.purpose === TAKEN_IN;
}

/** What the person at the other side of a thread is called. */
export function otherSide(opened: { readonly purpose: string } | null): string {
  switch (opened?.purpose) {
    case undefined: return t("The reporting person");
    case "hearing": return t("The person concerned");
    case "protection": return t("The person to be protected");
    case "helper": return t("The helper");
    default: return t("The holder of the mailbox");
  }
}
