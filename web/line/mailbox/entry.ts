/** The way back: twelve words or the digits, in any language that has a list. */
import { busy } from "../../elements/busy";
import { clearFaults, showFaults } from "../../elements/errors";
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { language, t } from "../../elements/words";
import { SealError } from "../../seal/errors";
import { fromDigits, looksLikeDigits } from "../../seal/receipt";
import { wordsToEntropy } from "../../seal/words";
import type { Load } from "../handover";
import { actions, button, failure, stack, type Frame } from "../frame";
import { listsInOrder, wordList } from "../lists";
import { sentence } from "../problems";
import { QUIET } from "../writing";
import { openWith } from "./open";

export function entry(frame: Frame): Draw {
  return (host) => {
    const said = make("div", { "aria-live": "polite" });
    const field = make("textarea", { id: "receipt-words", rows: 3, autocapitalize: "none", dir: "auto", ...QUIET });
    const form = make("form", { class: "stack", novalidate: true, autocomplete: "off" },
      make("div", { class: "field" },
        make("label", { for: "receipt-words" }, t("Your receipt")),
        make("p", { class: "hint" }, t("The twelve words in their order, or the digits: of your receipt, or of a letter that you were given. Capitals, accents and spaces do not matter.")),
        field),
      said,
      actions(make("button", { class: "button", type: "submit", id: "open" }, t("Open")),
        button(t("Back"), () => { history.back(); }, "button secondary")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearFaults(form);
      hold(said);
      const pressed = form.querySelector<HTMLElement>("#open");
      if (pressed === null) return;
      void busy(pressed, async () => {
        try {
          const receipt = await read(frame.first.load, field.value);
          await openWith(frame, receipt, said);
        } catch (error) {
          if (error instanceof SealError) showFaults(form, [{ field: "receipt-words", message: sentence(error) }]);
          // A list of words that does not load, on a bad line.
          else hold(said, failure(sentence(error), null));
        }
      });
    });
    host.append(stack(
      make("h1", {}, t("Open your mailbox")),
      make("p", { class: "lede" }, t("Nothing of it stays on this device when you close the page.")),
      form,
      make("p", { class: "hint" }, t("If you have lost your words, nobody can give them back, not even we. Write a new report: under “Anything else you can say” you can say that it continues an earlier one."))));
    return () => { field.value = ""; };
  };
}

/** Reads a receipt as typed. Further lists load only where the words are in none of those at hand. */
async function read(load: Load, text: string): Promise<Uint8Array> {
  if (looksLikeDigits(text)) return fromDigits(text);
  let last: SealError | null = null;
  for (const name of listsInOrder(language())) {
    try {
      return wordsToEntropy(text, [await wordList(load, name)]);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      // A wrong check in a list that knows all words says more than "unknown" in the others.
      if (last?.code !== "receipt-check") last = error;
      if (error.code === "receipt-length") break;
    }
  }
  throw last ?? new SealError("receipt-word", "There are no words.");
}
