/** What is said of referrals: how far one has come, what another office's server answered, what did not hold. */
import { outcomeWord } from "../../elements/outcome.js";
import { t } from "../../elements/words.js";
import type { Outcome } from "../../seal/closing.js";
import type { Why } from "../../seal/correction.js";
import type { ReferralRow } from "./types.js";

/** How far it has come, in a few words. */
export function stateWord(state: ReferralRow["state"]): string {
  switch (state) {
    case "waiting": return t("On its way");
    case "promised": return t("Arrived there");
    case "stale": return t("To be sealed anew");
    case "refused": return t("Refused there");
    case "back": return t("Taken back");
  }
}

/** Why the newest try came to nothing, and what follows from it; empty where there is nothing to say. */
export function faultSentence(fault: string): string {
  switch (fault) {
    case "": return "";
    case "connection": case "name": case "silence": case "server": case "busy":
      return t("The other office's server cannot be reached at the moment. It is tried again by itself; nothing is lost.");
    case "certificate": return t("Nothing proves that the other office's server is the one that it says. It is tried again; tell that office by another way.");
    case "private": return t("That server lies in a private network, and the settings of ours do not allow that. Ask whoever operates it.");
    case "unnamed": return t("Our charter does not name that office any more, so nothing is sent there.");
    case "redirect": return t("That server sends us on to another address. We follow nobody; tell that office by another way.");
    case "long": case "protocol": case "promise":
      return t("That server answered something that is no promise of the office in our charter. It is tried again; tell that office by another way.");
    case "work": return t("That server asks for more arithmetic than any of ours. It is tried again; tell that office by another way.");
    case "full": case "no-room": case "blob": return t("There is no room there at the moment. It is tried again by itself.");
    case "closed": return t("The desk there takes no reports at the moment. It is tried again by itself; you can also choose another desk.");
    case "epoch": return t("The desk there has a new key since. Seal it anew: it stays the same report and cannot arrive twice.");
    case "no-desk": return t("The desk there is gone. Refer it to another one.");
    case "taken": return t("Something lies there under this number already: most likely this very report, sealed before. Look whether it has arrived.");
    default: return t("The other office's server refused it. Tell that office by another way.");
  }
}

/** Sentences for refusals by our server or by the worker on the way to another office; undefined where others know better. */
export function refusalSentence(code: string): string | undefined {
  switch (code) {
    case "peer-another": return t("Behind that host there is no office with the fingerprint in our charter. Nothing was sent there; tell an administrator.");
    case "peer-unnamed": case "no-peer": return t("The charter in force does not name that office.");
    case "root-fork": case "root-chain": case "root-threshold": case "root-unlogged": case "charter-signature": case "charter-root":
      return t("The documents that this office shows are not its own. Nothing was sent there; tell an administrator.");
    case "charter-older": case "document-fork": return t("This office shows an older charter than you have seen of it. Nothing was sent there; tell an administrator.");
    case "sheet-desk": case "desk-closed": return t("That desk takes no reports at the moment. Choose another one.");
    case "statement-role": case "officer": return t("Only who signs for the organisation reports in its name. Ask them to do it.");
    case "referral-identity": return t("The person gave their name or a way to be reached to this office alone. Pass on your own words instead, without them.");
    case "their-heads": case "their-audience": return t("Something new has come in there meanwhile. Please look again; what you wrote is still here.");
    case "file-unsealed": case "blob": return t("A file could not be sealed for that office as a whole. Nothing was passed on; please choose it again.");
    case "no-mailbox": return t("The other office has no such mailbox yet, or has deleted it.");
    default: return code.startsWith("peer-") ? faultSentence(code.slice("peer-".length)) : undefined;
  }
}

/** What an office is told of something that it had received. */
export function correctionWord({ why, outcome }: { readonly why: Why; readonly outcome: Outcome | "" }): string {
  switch (why) {
    case "ended": return t("The case has ended: {outcome}.", { outcome: outcome === "" ? "" : outcomeWord(outcome) });
    case "wrong": return t("What was passed on is wrong.");
    case "correction": return t("Something was corrected, as a person concerned asked.");
    case "objection": return t("An objection of a person concerned was granted.");
    case "deletion": return t("Something is to be deleted, as a person concerned asked.");
  }
}

/** What the state of a mailbox there means. */
export function theirStatus(status: string, people: number): string {
  switch (status) {
    case "arrived": return t("It lies before their desk.");
    case "held": return t("They are giving it to the people who will handle it.");
    case "case": return people > 0 ? t("They handle it as a case; {n} people are assigned.", { n: people }) : t("They handle it as a case.");
    case "closed": return t("They have closed it.");
    case "aside": return t("They have set it aside.");
    default: return status;
  }
}
