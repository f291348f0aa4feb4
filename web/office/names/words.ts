/** Names under seal in words: grounds, why nothing is handed over, what does not hold. */
import { t } from "../../elements/words.js";
import type { Ground } from "../../seal/opening.js";
import type { Proving, RefusalReason } from "./types.js";

export function groundWord(ground: Ground): string {
  switch (ground) {
    case "consent": return t("The reporting person agreed");
    case "authority": return t("A law obliges us, in an authority's investigation");
    case "court": return t("A law obliges us, in proceedings before a court");
  }
}

export function refusalWord(reason: RefusalReason): string {
  switch (reason) {
    case "ground": return t("The ground does not bear it");
    case "told": return t("The reporting person should be told first");
    case "proof": return t("Something about the request does not hold");
    case "other": return t("For a reason that I tell the asker myself");
  }
}

/** What a custodian reads where nothing may be handed over yet, or ever; empty where all was proven. */
export function doubtWord(proof: Proving): string {
  switch (proof) {
    case "proven": return "";
    case "waits": return t("It can be answered once the published record shows it: come back tomorrow.");
    case "name-giver": return t("Who gave this case to its people has left the office, so nothing proves that it is the asker's. They can give it new keys, and ask again.");
    case "name-assigned": return t("The record does not name the asker among those who work on this case.");
    case "name-oversight": return t("The reporting person is not told, and oversight cannot read why. Nothing is handed over for that.");
    case "same-person": return t("You work on this case yourself, or you are the one who asks. Then you hand nothing over.");
    case "not-mine": return t("It was not sealed for your keys.");
    case "record-unreachable": return t("The record could not be fetched. Please try again.");
    case "name-record": return t("The published record lacks what was said to be in it. Hand nothing over, and tell oversight another way.");
    default: return t("It does not prove to be what it says. Hand nothing over, and tell oversight another way.");
  }
}
