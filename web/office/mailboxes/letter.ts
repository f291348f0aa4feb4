/** The letter with the code of a mailbox: shown once, printed, and kept nowhere. */
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { printSheet } from "../../elements/print.js";
import { qr } from "../../elements/qr.js";
import { t } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import type { PrintedCode } from "../../workers/mailboxes.js";
import { button } from "../fields.js";
import { letterTexts } from "./texts.js";

export interface LetterFacts {
  readonly code: PrintedCode;
  /** Language of who gets it. */
  readonly language: string;
  /** Origin of the report door. */
  readonly origin: string;
  readonly office: string;
  /** F in base64url: pins the office for who scans the code. */
  readonly fingerprint: string;
}

export function letter({ code, language, origin, office, fingerprint }: LetterFacts): HTMLElement {
  const texts = letterTexts(language);
  const address = `${origin}${texts.path}/at/${office}/`;
  return make("article", { class: "paper letter stack", lang: language, dir: texts.dir },
    make("h2", {}, texts.head), make("p", { class: "lede" }, texts.lede),
    make("h3", {}, texts.how), make("ol", {}, texts.steps.map((step) => make("li", {}, step))),
    make("p", {}, make("b", {}, texts.link)),
    qr(`${address}#k=${fingerprint}`, texts.scan),
    make("p", { class: "code", dir: "ltr" }, address.replace(/^https?:\/\//, "")),
    make("p", { class: "small" }, texts.fingerprint),
    make("p", { class: "fingerprint", lang: code.tag, dir: "ltr" }, code.office.join(" ")),
    make("h3", {}, texts.words), wordsGrid(code.words, code.tag),
    make("h3", {}, texts.digits), wordsGrid(code.digits, "en", "digits"),
    make("ul", { class: "small" }, texts.notes.map((note) => make("li", {}, note))));
}

/** Shows the letter until it is printed or written down; afterwards nobody can show it again. */
export async function showLetter(facts: LetterFacts): Promise<void> {
  await openDialog<true>(t("The letter"), (close) => {
    const sheet = letter(facts);
    const print = button(t("Print the letter"), () => { printSheet(sheet, t("Letter")); });
    print.autofocus = true;
    return [
      make("p", { class: "notice good" }, t("The mailbox is open. This is its letter: print it now and hand it over sealed. When you close this, nobody can show the code again; you would open another mailbox.")),
      make("p", { class: "hint" }, t("Hand it to the person alone, never through a colleague, a superior or a shared post box. You have seen the code: what is written before they make words of their own is marked in red.")),
      make("div", { class: "actions" }, print, button(t("Done"), () => { close(true); }, "button secondary")),
      sheet,
    ];
  }, "wide");
}
