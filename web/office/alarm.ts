/** What is said in red when the server shows something that nobody of the office has signed, with a paper to carry to oversight. */
import { make } from "../elements/make.js";
import { printSheet } from "../elements/print.js";
import { day, t } from "../elements/words.js";
import { button } from "./fields.js";

/** The server's documents did not hold: `code` says which check (docs/formats.md §3). Nothing is done with them. */
export class Unproven extends Error {
  override readonly name = "Unproven";

  constructor(readonly code: string) {
    super(code);
  }
}

/** One sentence for a code of the documents or of a key file. */
export function unprovenSentence(code: string): string {
  switch (code) {
    case "charter-older": return t("The server shows an older list of people than this browser has seen before. Somebody who has left could read again.");
    case "sheet-old": return t("The server shows a desk's key that is not the one in force. Somebody who has left may have it.");
    case "sheet-signer": return t("The server shows a desk's key that no lead of the desk has signed.");
    case "roster-proof": case "roster-hidden": case "custody":
      return t("The list of people that the server shows is not the one that the administrators have signed.");
    case "charter-signature": return t("The server shows a charter that not enough administrators have signed.");
    case "document-fork": return t("The server shows two different documents under one number.");
    case "root-fork": case "root-chain": case "root-threshold": case "root-unlogged": case "charter-root":
      return t("The server shows root keys of the office that the old ones have not put in place.");
    default: return t("What the server shows of this office could not be proven: {code}.", { code });
  }
}

export interface Told {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly codes: readonly string[];
  /** Milliseconds: the day that stands on the paper. */
  readonly now: number;
  /** The words of the office's fingerprint, where they are proven. */
  readonly words?: readonly string[];
}

/** A button that prints what was seen: the paper goes to oversight on a way that the server does not see. */
export function printFinding(told: Told): HTMLButtonElement {
  const today = new Date(told.now).toISOString().slice(0, 10);
  const paper = (): HTMLElement => make("article", { class: "paper stack" },
    make("h2", {}, told.heading),
    make("ul", {}, told.sentences.map((sentence) => make("li", {}, sentence))),
    make("p", {}, t("Seen on {day}. Codes: {codes}.", { day: day(today), codes: told.codes.join(", ") })),
    told.words !== undefined && make("p", { class: "fingerprint" }, told.words.join(" ")));
  return button(t("Print"), () => { printSheet(paper(), t("Sheet")); }, "button secondary");
}

/** The whole page where the documents of the office do not hold: no keys are open, nothing can be signed or sealed. */
export function unprovenPage(code: string, again: () => void): HTMLElement {
  const heading = t("What the server shows is not what this office has signed");
  const sentences = [unprovenSentence(code)];
  return make("div", { class: "stack loose" },
    make("h1", {}, heading),
    make("div", { class: "notice danger stack", role: "alert", id: "unproven" },
      make("p", {}, make("strong", {}, sentences.join(" "))),
      make("p", {}, t("Your keys were locked again, and nothing was signed or sent. Tell oversight and the other administrators by another way, by telephone or in person, and give them this as a print.")),
      make("p", { class: "hint" }, t("Codes: {codes}.", { codes: code }))),
    make("div", { class: "actions" },
      printFinding({ heading, sentences, codes: [code], now: Date.now() }), button(t("Try again"), again, "button secondary")));
}
