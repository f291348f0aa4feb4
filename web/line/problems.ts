/** Sentences for people: what did not hold, in the page's language. The formats' own sentences are for programs. */
import { day, t } from "../elements/words";
import { SealError } from "../seal/errors";
import { OutOfDateError } from "./office";
import { Refused, Unreachable } from "./wire";

/** What to say about a failure; what was written is never part of it. */
export function sentence(error: unknown): string {
  if (error instanceof Unreachable) return t("There is no connection to the office's server at the moment. Nothing is lost; please try again.");
  if (error instanceof Refused) return error.message;
  if (error instanceof OutOfDateError) return outOfDate(error);
  if (error instanceof SealError) return ofCode(error.code);
  return t("Something did not work in this browser. What you wrote is still here.");
}

function outOfDate({ today, from, notAfter }: OutOfDateError): string {
  const days = { today: day(today), from: day(from), until: day(notAfter) };
  return today < from
    ? t("By your device's clock today is {today}, and the office's signed list of people and keys begins on {from}. Please check the date of your device. If it is right, please use one of the other ways to report. Nothing was sent.", days)
    : t("By your device's clock today is {today}, and the last day of the office's signed list of people and keys was {until}. Please check the date of your device. If it is right, the office must renew its list first; please use one of the other ways to report. Nothing was sent.", days);
}

function ofCode(code: string): string {
  if (code === "root-fork") {
    return t("This is not the office that your poster or letter names. Nothing was sent. Please use one of the other ways to report, and tell them about this.");
  }
  if (code === "desk-chosen") {
    return t("Please choose once more who shall read it: the office has changed its desks meanwhile. Nothing was sent.");
  }
  if (code === "desk-closed") {
    return t("This desk takes no reports at present. Please choose another one who shall read it, or use one of the other ways to report. Nothing was sent.");
  }
  if (code === "errand") {
    return t("The member's statement that came with the link does not hold here any more, so a test would arrive as a report. Please make a new link in your workbench. Nothing was sent.");
  }
  if (code === "answer-garbled") {
    return t("What came back is no answer of the office's server. A network that wants you to sign in first, in a hotel or a train, does this. Nobody knows yet whether it arrived.");
  }
  if (code === "answer-promise") {
    return t("What came back is not this office's promise for what you sent, so please do not count on it. If it stays like this, use one of the other ways to report and tell them about this.");
  }
  if (code === "custody-gone") {
    return t("The office has no custodians any more, so a name cannot be locked away. Please choose again what happens to your name. Nothing was sent.");
  }
  if (/^(root|charter|sheet|roster|custody|document)-/.test(code)) {
    return t("The office's signed documents do not hold ({code}). This page seals nothing to keys that it cannot prove. Nothing was sent. Please use one of the other ways to report.", { code });
  }
  if (code === "day-missing" || code === "tile-missing") {
    return t("A part of the public record that should be there is not shown. Please try again later; if it is still missing, tell somebody outside this office.");
  }
  if (/^(record|proof|note|checkpoint|batch|frontier|head)-/.test(code)) {
    return t("The public record contradicts itself, or what it showed before ({code}). Please tell somebody outside this office.", { code });
  }
  return ofText(code);
}

/** What is wrong with one text of a thread, named where its place is shown. */
export function ofText(code: string): string {
  switch (code) {
    case "receipt-word": return t("There is a word that is in none of the lists. Please compare the words with your note.");
    case "receipt-length": return t("These are not twelve words, nor forty-two digits. Please compare them with your note.");
    case "receipt-check": return t("These words or digits do not belong together: one of them is mistyped or in the wrong place.");
    case "not-mine": return t("It was sealed for somebody else.");
    case "age-mac": case "age-payload": case "attachment-hash": case "attachment-size": return t("It was cut off or altered after sealing.");
    case "envelope-signature": return t("Its signature does not fit.");
    case "envelope-author": case "roster-proof": return t("Its author is not proven to work at this desk.");
    case "envelope-audience": return t("It was also sealed for somebody whom nothing proves.");
    case "envelope-place": return t("It was written for another place.");
    case "promise-day": return t("The server promised it for a day that is still to come. Please check the date of your device.");
    case "chain-hole": return t("Something before this is missing.");
    case "handover-lead": return t("A lead of the desk gave your report to other people than those named before. That happens when those named before could not take it. If you do not trust this, tell somebody outside this office.");
    case "chain-seen": return t("It answers something that is not here.");
    case "chain-fork": case "chain-repeat": return t("Something else claims the same place.");
    default: return t("It does not have the form that it must have ({code}).", { code });
  }
}
