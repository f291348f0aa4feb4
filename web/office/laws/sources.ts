/**
 * Where a row of a law stands, as its profile says it. What is cited is a name and stays as it is; what is remarked on it is
 * written in English alone, and is left out of a page in another language, which says so once.
 */
import { language, t } from "../../elements/words.js";

const OWN = "The office's own commitment";

/** @param own - nothing beside it says yet that a row is the office's own */
export function sourceWords(source: string, own = false): string {
  return source.split("; ").map((part) => {
    if (part.startsWith(OWN)) return own ? t("the office's own commitment") : "";
    return part.startsWith("compare ") ? t("compare {source}", { source: cited(part.slice("compare ".length)) }) : cited(part);
  }).filter((part) => part !== "").join("; ");
}

/** Said once on a page that leaves remarks out; empty in English. */
export function remarksLeftOut(): string {
  return inEnglish() ? "" : t("Remarks on where a row stands are written in English only, and are left out here.");
}

function cited(part: string): string {
  if (inEnglish()) return part;
  // A remark follows a colon, in brackets or not; a part that begins with a small letter cites nothing.
  const name = part.replace(/ \([^()]*: [^()]*\)/, "").split(": ", 1)[0] ?? "";
  return /^[a-z]/.test(name) ? "" : name;
}

function inEnglish(): boolean {
  return /^en\b/i.test(language());
}
