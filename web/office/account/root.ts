/** The printed root key, typed back in by its owner. */
import { busy } from "../../elements/busy.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { field, form, submit } from "../fields.js";
import { tell } from "../telling.js";
import type { Workbench } from "../views.js";

/** Asks for the twenty-four words; `restored` is called when they are in the vault. */
export function restoreRoot(bench: Workbench, restored: () => void): HTMLElement {
  const words = field({ label: t("The twenty-four words of your root key"), rows: 4 });
  const send = submit(t("Restore the root key"));
  const shown: HTMLFormElement = form(() => {
    void busy(send, async () => {
      try {
        await bench.worker.ask("restore-root", { words: words.value() });
        // Stores the vault, too: until then the words stay, to be sent once more.
        await bench.refresh();
        words.input.value = "";
        restored();
      } catch (error) {
        tell(shown, words.id, error);
      }
    });
  }, words.element, make("div", { class: "actions" }, send));
  return make("section", { class: "card" }, make("h2", {}, t("Restore your root key")),
    make("p", {}, t("Your keys hold no root key that counts, so you cannot sign for this office. If you have yours on paper, type it here: this browser checks it against the root before it keeps it.")),
    shown);
}
