/** What is printed: a member's own sheet, and the poster. Neither names a person, an office or a purpose beyond need. */
import { busy } from "../elements/busy.js";
import { make, type Child } from "../elements/make.js";
import { printSheet } from "../elements/print.js";
import { qr } from "../elements/qr.js";
import { language, t } from "../elements/words.js";
import { wordsGrid } from "../elements/words-grid.js";
import type { PrintedSheet } from "../workers/ways.js";
import { button, field, form, submit, type Field } from "./fields.js";
import { tell } from "./telling.js";

function listLanguage(): string {
  return language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
}

/** A member's own sheet: way back, root key if any, and the office's eight words. */
export function ownSheet(sheet: PrintedSheet): HTMLElement {
  const words = listLanguage();
  return make("article", { class: "paper stack" },
    make("h2", {}, t("Own sheet")),
    make("p", {}, t("Keep this sheet where you keep a passport. Whoever holds it and knows your sign-in name or your telephone can become you.")),
    make("h3", {}, t("Way back: twelve words")),
    make("p", { class: "small" }, t("They unlock your keys when the passphrase or the telephone is lost.")),
    wordsGrid(sheet.wayBack, words),
    sheet.root !== undefined && [
      make("h3", {}, t("Root key: twenty-four words")),
      make("p", { class: "small" }, t("They are your vote as an administrator. Never type them anywhere but into this office's own page.")),
      wordsGrid(sheet.root, words),
    ],
    make("h3", {}, t("This office: eight words")),
    make("p", { class: "small" }, t("The posters show the same words. If a page ever shows others, it is not this office.")),
    make("p", { class: "fingerprint", lang: words }, sheet.office.join(" ")));
}

/** The poster: where to report, with the office's fingerprint in the code, so that nobody can put another office there. */
export function poster(name: string, address: string, words: readonly string[]): HTMLElement {
  const shown = address.replace(/^https?:\/\//, "").replace(/#.*$/, "");
  return make("article", { class: "paper stack" },
    make("h2", {}, t("Have you seen or heard something that worries you?")),
    make("p", { class: "lede" }, t("You can tell {name} without giving your name. Only the people whose duty it is can read it.", { name })),
    qr(address, t("Address of the report page")),
    make("p", {}, t("Scan the code with a device of your own, or type:")),
    make("p", { class: "code" }, shown),
    make("p", { class: "small" }, t("The page shows these eight words if it is the right one:")),
    make("p", { class: "fingerprint", lang: listLanguage() }, words.join(" ")),
    make("p", { class: "small" }, t("Do not use a device or network of your employer. In immediate danger call the emergency number.")));
}

/** A button that prints `sheet` alone, under a title that says nothing. */
export function printButton(sheet: () => Node, label = t("Print")): HTMLButtonElement {
  return button(label, () => { printSheet(sheet(), t("Sheet")); }, "button secondary");
}

/** The form in which the asked words of a printed sheet are typed back. `act` gets them and may refuse. */
export function typeBackForm(
  sheet: PrintedSheet, label: string, act: (typed: readonly string[]) => Promise<void>, ...more: readonly Child[]
): HTMLFormElement {
  const fields: Field[] = sheet.asked.map(({ part, place }) => field({
    label: part === "wayBack" ? t("Way back, word {place}", { place: place + 1 }) : t("Root key, word {place}", { place: place + 1 }),
    classes: "medium",
  }));
  const send = submit(label);
  const shown = form(() => {
    void busy(send, () => act(fields.map((one) => one.value()))
      .catch((error: unknown) => { tell(shown, fields[0]?.id ?? "", error); }));
  }, make("p", {}, t("Please type these words from your sheet, so that we both know it can be read.")),
  fields.map((one) => one.element), make("div", { class: "actions" }, send, ...more));
  return shown;
}
