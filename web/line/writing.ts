/** Fields to write into, with every help of the browser switched off that could remember or send what is written. */
import { make, newId, type Child } from "../elements/make";
import { t } from "../elements/words";

/** Spell checkers and assistants of browsers send what is typed to their makers. */
export const QUIET = {
  autocomplete: "off", autocorrect: "off", spellcheck: "false", translate: "no", "data-gramm": "false",
  "data-lpignore": "true", "data-1p-ignore": "true", "data-form-type": "other",
} as const;

export interface FieldText {
  readonly label: string;
  readonly help?: string | undefined;
  readonly optional?: boolean;
  readonly language?: string;
}

/** A field of one or several lines, of at most `most` letters where that is said. `changed` gets its text at each key. */
export function textField(
  text: FieldText, kind: "line" | "lines", value: string, changed: (value: string) => void, id = newId(), most?: number,
): HTMLElement {
  const hint = text.help === undefined ? null : make("p", { class: "hint", id: `${id}-hint` }, text.help);
  const about = { id, maxlength: most, "aria-describedby": hint === null ? null : `${id}-hint`, ...QUIET };
  const field = kind === "line" ? make("input", { type: "text", dir: "auto", ...about }) : make("textarea", { rows: 3, ...about });
  field.value = value;
  field.addEventListener("input", () => { changed(field.value); });
  return make("div", { class: "field", lang: text.language }, make("label", { for: id }, text.label, optional(text)), hint, field);
}

export interface ChoiceText {
  readonly id: string;
  readonly label: Child;
  readonly help?: string | undefined;
}

/** A set of choices; `kind` "choices" lets several be taken. `changed` gets the ids taken. */
export function choiceField(
  text: FieldText, kind: "choice" | "choices", options: readonly ChoiceText[], taken: readonly string[],
  changed: (taken: string[]) => void, id = newId(),
): HTMLFieldSetElement {
  const name = newId();
  const inputs = options.map((option) => make("input", {
    type: kind === "choice" ? "radio" : "checkbox", name, value: option.id, checked: taken.includes(option.id),
    id: `${id}-${option.id}`,
  }));
  const tell = (): void => { changed(inputs.filter((input) => input.checked).map((input) => input.value)); };
  const rows = options.map((option, i) => {
    const input = inputs[i];
    input?.addEventListener("change", tell);
    return make("label", { class: "choice" }, input, make("span", {}, option.label),
      option.help === undefined ? null : make("span", { class: "hint" }, option.help));
  });
  const hint = text.help === undefined ? null : make("p", { class: "hint" }, text.help);
  return make("fieldset", { class: "choices", id, tabindex: -1, lang: text.language },
    make("legend", {}, text.label, optional(text)), hint, rows);
}

function optional(text: FieldText): Child {
  return text.optional === true ? [" ", make("span", { class: "optional" }, t("(optional)"))] : null;
}
