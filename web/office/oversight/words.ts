/** Acts of the record and the headings under which an auditor reads them, in words. */
import { t } from "../../elements/words.js";

export const KINDS = ["keys", "openings", "deletions", "closings", "terms", "other"] as const;
export type Kind = (typeof KINDS)[number];

export function kindWord(kind: Kind): string {
  switch (kind) {
    case "keys": return t("Keys and who reads");
    case "openings": return t("Openings");
    case "deletions": return t("Deletions");
    case "closings": return t("Ends of cases");
    case "terms": return t("Clocks and laws");
    case "other": return t("Everything else");
  }
}

/** Later rooms bring acts of their own: what has no word here stands as the record has it. */
export function actWord(act: string): string | null {
  switch (act) {
    case "found": return t("The office was founded");
    case "sign charter": return t("A charter was signed");
    case "sheet": return t("A desk's sheet was signed");
    case "triage": return t("A report was given to people");
    case "confirm triage": return t("A second person confirmed it");
    case "refuse triage": return t("A second person gave it back");
    case "triage lapsed": return t("Nobody confirmed it in time");
    case "rekey": return t("A case got new keys");
    case "request erasure": return t("A deletion was asked for");
    case "erase": return t("A second person agreed to a deletion");
    case "delete unfinished files": return t("Unfinished files were deleted");
    case "close": return t("A case was closed");
    case "reopen": return t("A case was reopened");
    case "set aside": return t("Reports were set aside");
    case "take up": return t("A report was taken up again");
    case "propose request end": return t("A person who asked for access was told that nobody is left to search");
    case "end request": return t("A request for access was ended because nobody was left to search");
    case "request name": return t("A name under seal was asked for");
    case "release name": return t("A custodian handed over a share of a name");
    case "decline name": return t("A custodian handed no share of a name over");
    case "withdraw name request": return t("A request for a name was taken back");
    case "pass shares": return t("A custodian passed shares of names on");
    case "gather shares": return t("A custodian asked for shares, to make lost ones again");
    case "decline gathering": return t("A custodian handed no shares of names over");
    case "end gathering": return t("Gathering shares was ended");
    case "adopt law": return t("A newer version of a law was adopted");
    case "confirm row": return t("A row of a law was confirmed");
    case "propose law row": return t("A shorter period of the office's own was asked for");
    case "law row": return t("A shorter period of the office's own was agreed to");
    case "feedback clock": return t("An answer was said to be the feedback");
    case "extended clock": return t("More time was taken");
    case "paused clock": return t("A clock was paused");
    case "resumed clock": return t("A clock goes on");
    case "stopped clock": return t("A clock was stopped");
    case "aware duty": return t("The organisation became aware of an incident");
    case "requested duty": return t("An authority asked how it stands");
    case "investigation-ended duty": return t("The organisation's own enquiry was over");
    case "done duty": return t("A duty towards an authority was done");
    case "not-owed duty": return t("A duty towards an authority was said not to bind");
    case "refer": return t("Something was passed on to another office");
    case "refer own name": return t("The organisation reported to another office in its own name");
    case "withdraw referral": return t("What had not arrived at another office was taken back");
    default: return null;
  }
}

export function clockWord(action: string): string {
  switch (action) {
    case "acknowledge": return t("Acknowledgement");
    case "read": return t("Read by a person");
    case "request": return t("Answer to a request for access");
    case "duty": return t("Duty towards an authority");
    default: return t("Feedback");
  }
}
