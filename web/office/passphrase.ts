import { make } from "../elements/make.js";
import { t } from "../elements/words.js";
import { button, field, type Field } from "./fields.js";
import type { OfficeWorker } from "./worker.js";

/** Below this a stolen copy of the database could be tried out; Argon2id only makes each guess dear. */
const LEAST = 14;
const GOOD = 20;

export interface PassphraseFields {
  readonly element: HTMLElement;
  readonly first: Field;
  /** The passphrase, or a fault to show. */
  checked(): { readonly passphrase: string } | { readonly field: string; readonly message: string };
}

/** Two fields for a new passphrase, its strength by length, and a machine-made suggestion. */
export function passphraseFields(worker: OfficeWorker): PassphraseFields {
  const first = field({
    label: t("Passphrase"), type: "password", autocomplete: "new-password",
    hint: t("Several words that you have used nowhere else. Length counts, not signs or capitals: {least} letters or more.", { least: LEAST }),
  });
  const again = field({ label: t("The passphrase once more"), type: "password", autocomplete: "new-password" });
  const meter = make("progress", { max: GOOD + 8, value: 0, "aria-hidden": "true" });
  const said = make("span", { class: "small", role: "status" });
  const suggested = make("p", { class: "notice plain", hidden: true });
  const show = (): void => {
    const { length } = first.value();
    meter.value = length;
    said.textContent = length === 0 ? "" : length < LEAST ? t("Too short") : length < GOOD ? t("Good enough") : t("Strong");
  };
  first.input.addEventListener("input", show);
  const suggest = button(t("Suggest one"), () => {
    void worker.ask("suggest-passphrase", null).then((words) => {
      const text = words.join(" ");
      suggested.replaceChildren(t("Write this down until you know it by heart:"), make("br"), make("strong", { class: "code" }, text));
      suggested.hidden = false;
      first.input.value = text;
      again.input.value = "";
      show();
    });
  }, "button secondary");
  return {
    element: make("div", { class: "stack" }, first.element, make("div", { class: "progress" }, meter, said), suggest, suggested, again.element),
    first,
    checked: () => {
      const passphrase = first.value();
      if (passphrase.length < LEAST) {
        return { field: first.id, message: t("This passphrase is too short. Take {least} letters or more.", { least: LEAST }) };
      }
      if (passphrase !== again.value()) {
        return { field: again.id, message: t("The two passphrases differ. Please type the second one again.") };
      }
      return { passphrase };
    },
  };
}
