import { make, newId, type Child } from "../elements/make.js";
import { t } from "../elements/words.js";

export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly type?: "text" | "password";
  readonly classes?: string;
  readonly autocomplete?: string;
  readonly rows?: number;
  readonly inputmode?: "numeric" | "text";
  readonly maxlength?: number;
}

export interface Field {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  readonly id: string;
  value(): string;
}

/** A labelled field; nothing typed into it is completed, corrected or sent anywhere to be checked. */
export function field(options: FieldOptions): Field {
  const id = newId();
  const hintId = options.hint === undefined ? null : `${id}-hint`;
  const shared = {
    id, class: options.classes ?? null, autocomplete: options.autocomplete ?? "off", autocapitalize: "off", autocorrect: "off",
    spellcheck: "false", "aria-describedby": hintId, inputmode: options.inputmode ?? null, maxlength: options.maxlength ?? null,
  };
  const input = options.rows === undefined
    ? make("input", { ...shared, type: options.type ?? "text" })
    : make("textarea", { ...shared, rows: options.rows });
  input.value = options.value ?? "";
  const element = make("div", { class: "field" },
    make("label", { for: id }, options.label),
    hintId !== null && make("p", { class: "hint", id: hintId }, options.hint ?? ""), input);
  return { element, input, id, value: () => input.value };
}

/**
 * For a field that begins with a template: call what it returns when the template has changed. What somebody has written
 * is theirs, whatever they change afterwards: only an untouched template is replaced.
 */
export function begunWith(written: { readonly input: { value: string } }, template: () => string): () => void {
  let begun = written.input.value;
  return () => {
    const now = template();
    if (written.input.value === begun) written.input.value = now;
    begun = now;
  };
}

/** A group of check boxes; `value` gives the chosen keys. */
export function checkboxes(
  legend: string, options: readonly { readonly key: string; readonly label: string; readonly hint?: string; readonly on?: boolean }[],
): { readonly element: HTMLElement; readonly id: string; value(): string[] } {
  const boxes = options.map(({ key, on }) => {
    const box = make("input", { type: "checkbox", id: newId(), checked: on === true });
    return { key, box };
  });
  const id = newId();
  const element = make("fieldset", { class: "choices", id }, make("legend", {}, legend), options.map(({ label, hint }, at) =>
    make("label", { class: "choice" }, boxes[at]?.box, make("span", {}, label),
      hint !== undefined && make("span", { class: "hint" }, hint))));
  return { element, id, value: () => boxes.filter(({ box }) => box.checked).map(({ key }) => key) };
}

export function button(label: string, act: () => void, kind = "button"): HTMLButtonElement {
  return make("button", { class: kind, type: "button", onclick: act }, label);
}

export function submit(label: string): HTMLButtonElement {
  return make("button", { class: "button", type: "submit" }, label);
}

/** Closes the dialog it stands in and changes nothing: who reads by touch has no Escape key. */
export function cancel(): HTMLButtonElement {
  const made = button(t("Cancel"), () => { made.closest("dialog")?.close(); }, "button secondary");
  return made;
}

/** A form that never sends itself: `act` runs instead. */
export function form(act: () => void, ...children: readonly Child[]): HTMLFormElement {
  return make("form", {
    class: "form", novalidate: true, autocomplete: "off", onsubmit: (event) => {
      event.preventDefault();
      act();
    },
  }, ...children);
}
