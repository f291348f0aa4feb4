/** Small fields of the editor. Each writes into what is edited at every key and tells that something has changed. */
import { make, newId, type Child } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { EditedTexts } from "./model.js";

/** One text of one part in the language that is being edited; below it the English one, for who translates. */
export interface TextField {
  readonly id: string;
  readonly label: string;
  readonly texts: EditedTexts;
  readonly tag: string;
  readonly rows?: number;
  readonly optional?: boolean;
  readonly hint?: string;
  readonly changed: () => void;
}

export function textField({ id, label, texts, tag, rows, optional, hint, changed }: TextField): HTMLElement {
  const english = tag === "en" ? "" : texts["en"] ?? "";
  const help = [hint, english === "" ? undefined : t("In English: {text}", { text: english })].filter((one) => one !== undefined);
  const about = { id, dir: "auto", lang: tag, autocomplete: "off", spellcheck: "true", "aria-describedby": help.length === 0 ? null : `${id}-hint` };
  const input = rows === undefined ? make("input", { type: "text", ...about }) : make("textarea", { rows, ...about });
  input.value = texts[tag] ?? "";
  input.addEventListener("input", () => {
    texts[tag] = input.value;
    changed();
  });
  return make("div", { class: "field" }, make("label", { for: id }, label, optionally(optional)),
    help.length === 0 ? null : make("p", { class: "hint", id: `${id}-hint` }, help.join(" ")), input);
}

/** A line without a language: a telephone number, an address. */
export function lineField(
  { id, label, value, hint, rows }: { readonly id: string; readonly label: string; readonly value: string; readonly hint?: string; readonly rows?: number },
  changed: (value: string) => void,
): HTMLElement {
  const about = { id, dir: "auto", autocomplete: "off", spellcheck: "false", "aria-describedby": hint === undefined ? null : `${id}-hint` };
  const input = rows === undefined ? make("input", { type: "text", ...about }) : make("textarea", { rows, ...about });
  input.value = value;
  input.addEventListener("input", () => { changed(input.value); });
  return make("div", { class: "field" }, make("label", { for: id }, label),
    hint === undefined ? null : make("p", { class: "hint", id: `${id}-hint` }, hint), input);
}

/** A choice out of a few; `changed` gets the value. */
export function selectField(
  label: string, options: readonly { readonly value: string; readonly label: string }[], value: string, changed: (value: string) => void, id = newId(),
): HTMLElement {
  const select = make("select", { id }, options.map((one) => make("option", { value: one.value, selected: one.value === value }, one.label)));
  select.addEventListener("change", () => { changed(select.value); });
  return make("div", { class: "field" }, make("label", { for: id }, label), select);
}

function optionally(optional: boolean | undefined): Child {
  return optional === true ? [" ", make("span", { class: "optional" }, t("(optional)"))] : null;
}
