import { openDialog } from "../elements/dialog.js";
import { showFaults } from "../elements/errors.js";
import { make } from "../elements/make.js";
import { t } from "../elements/words.js";
import { Refusal } from "./api.js";
import { button } from "./fields.js";
import { WorkerRefusal } from "./worker.js";

/** Sentences for refusals of the worker that people meet in ordinary work; the rest speak for themselves. */
function known(code: string): string | undefined {
  switch (code) {
    case "locked": return t("Your keys are locked. Please unlock them again; nothing was lost.");
    case "typed-back": return t("These are not the words that were printed. Please look at your sheet again.");
    case "way-back": return t("These words do not open your keys. They may be of an older sheet.");
    case "vault-wrap": return t("You are signed in, but what you typed does not open your keys.");
    case "receipt-word": return t("One of these words is in no list of words. Please check the spelling.");
    case "receipt-check": return t("These words do not belong together: one is mistyped or misplaced.");
    case "receipt-length": return t("The printed way back has twelve words.");
    case "root-length": return t("The printed root key has twenty-four words.");
    case "root-key-other": return t("These words are no root key of this office as its root stands now.");
    case "root-key-held": return t("You hold another root key already, and it would be lost.");
    case "charter-date": return t("The office's charter has run out, or your device's date is wrong.");
    case "custodian-handles": return t("A custodian of names cannot also handle reports or lead a desk.");
    case "custody-many": return t("There can be nine custodians of names at most.");
    case "custody-size": return t("Two custodians at least must agree, and not more than there are.");
    case "desk-shared":
      return t("Two desks that one person works at cannot be called independent of each other. Take the person from one of them, or say first that the desks are not independent.");
    case "no-administrator": return t("An office needs an administrator with a root key.");
    case "keys-people": return t("One person alone would hold the keys of an open desk.");
    case "joining-mac": return t("These keys were not made by who holds the invitation.");
    case "proposal-old": return t("This proposal does not follow the charter in force. Please propose it anew.");
    case "joining-missing": case "root-stranger":
      return t("This proposal names keys for which nobody has answered an invitation. Do not sign it, and tell your colleagues.");
    case "custody-people": case "oversight-people":
      return t("This proposal gives names or oversight to others than its list of people says. Do not sign it, and tell your colleagues.");
    case "proposal-unshown": case "desk-sheet":
      return t("This proposal changes something that this page cannot show. Do not sign it, and tell your colleagues.");
    case "proposal-sheet": return t("A desk has a newer sheet than this proposal names. Please propose it anew.");
    case "not-yours": return t("This is not the passphrase that opens your keys. Nothing was changed.");
    case "name-few": return t("Too few shares were handed over, so the name stays closed.");
    case "share-hash": return t("One of the shares that were handed over is not the one that was dealt. The name stays closed.");
    case "no-custodians": return t("This office has nobody who keeps names, so nobody can be asked.");
    case "no-custodian": return t("Only a custodian of the charter in force can keep shares of names.");
    case "name-unproven": return t("This request is not proven here, so nothing was handed over.");
    case "audience": return t("Other people read this now. What you wrote is still here; please see who they are, and send it again.");
    case "not-open": return t("This is not open here. Please open it anew and try again.");
    case "review": return t("You decided this the last time. After a second look somebody else decides. Nothing was signed.");
    case "entries-unproven":
      return t("Something of this report came without its entry in the record, so nothing was signed. Tell oversight and whoever looks after the server.");
    case "entries-many":
      return t("Nothing proves each of its entries to be its own. Open it: it can only be deleted singly, where two people sign that.");
    default: return undefined;
  }
}

/** What to say to a person about an error. A fault of our own is reported to the console, and said too. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.sentence;
  if (error instanceof WorkerRefusal) return known(error.code) ?? error.sentence;
  reportError(error);
  return t("Something failed inside this page. Nothing was lost; please load it again.");
}

/** Whether nobody knows what became of it: no answer came, or one that is not the office's own. */
export function isUnsure(error: unknown): boolean {
  return error instanceof Refusal && (error.status === 0 || error.status >= 500);
}

/** Says in a dialog why a signed act did not go through. Where nobody answered, nobody knows: it may have been done. */
export async function tellApart(error: unknown): Promise<void> {
  await openDialog(isUnsure(error) ? t("No answer came") : t("Nothing was changed"), (close: (answer: null) => void) => [
    make("p", { role: "alert" }, isUnsure(error) ? t("It may have been done all the same. Look at it anew before you do it once more.") : sentenceOf(error)),
    make("div", { class: "actions" }, button(t("Close"), () => { close(null); })),
  ]);
}

/** Shows at a field, and on top, what went wrong; nothing that was typed is lost. */
export function tell(form: HTMLElement, field: string, error: unknown): void {
  showFaults(form, [{ field, message: sentenceOf(error) }]);
}

/** Shows one fault of one field. */
export function tellFault(form: HTMLElement, fault: { readonly field: string; readonly sentence: string }): void {
  showFaults(form, [{ field: fault.field, message: fault.sentence }]);
}
