/** The fields by which somebody says how to be reached: on the way to the report, and in the mailbox. */
import { language, t } from "../elements/words";
import type { Reach } from "../seal/contact";
import { textField } from "./writing";

/** A card under seal has one size for everybody: two fields of so many letters always fit, in any script. */
export const MOST = 120;

/** @param changed - told of every key */
export function reachFields(reach: Reach, changed: (change: Partial<Reach>) => void): HTMLElement[] {
  return [
    textField({ label: t("Your telephone number"), help: t("Or another way to reach you.") }, "line", reach.way, (way) => { changed({ way }); }, "reach-way", MOST),
    textField({ label: t("When is it good to ring?"), optional: true, help: t("For example: weekdays after six, not at work.") }, "line", reach.when, (when) => { changed({ when }); }, "reach-when", MOST),
    textField({ label: t("Which language would you like to speak?"), optional: true }, "line", reach.language, (spoken) => { changed({ language: spoken }); }, "reach-language", MOST),
  ];
}

/** People are rung in the language they read the page in, unless they say another. */
export function ownLanguage(): string {
  return new Intl.DisplayNames([language()], { type: "language" }).of(language()) ?? "";
}
