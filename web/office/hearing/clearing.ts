/** Letters of clearance in the workbench: kept after a closing, and opened when somebody shows the code of one. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { outcomeWord } from "../../elements/outcome.js";
import { day, t } from "../../elements/words.js";
import { cancel, field, form, submit } from "../fields.js";
import { sentenceOf } from "../telling.js";
import type { Cleared } from "../../workers/reports/clearance.js";

/** Asks for the code of a letter of clearance and shows what it opens. */
export async function showClearance(find: (code: string) => Promise<Cleared>): Promise<void> {
  await openDialog<true>(t("Somebody shows a letter of clearance"), () => {
    const code = field({ label: t("The code of the letter"), hint: t("Twelve words, or the digits."), rows: 2, maxlength: 400 });
    const shown = make("div", { "aria-live": "polite" });
    const open = submit(t("Open it"));
    const made = form(() => {
      clearFaults(made);
      hold(shown);
      void busy(open, async () => {
        try {
          hold(shown, cleared(await find(code.value())));
        } catch (error) {
          showFaults(made, [{ field: code.id, message: sentenceOf(error) }]);
        }
      });
    },
    make("p", {}, t("It says how an earlier matter about this person ended. Nothing is found by a name: only who has the letter can show it.")),
    code.element, shown, make("div", { class: "actions" }, open, cancel()));
    return made;
  });
}

function cleared({ outcome, text, language, day: at, author }: Cleared): HTMLElement {
  return make("div", { class: "notice good", id: "cleared" },
    make("p", {}, make("b", {}, t("Outcome: {outcome}", { outcome: outcomeWord(outcome) }))),
    make("p", { class: "written", dir: "auto", lang: language }, text),
    make("p", { class: "small" }, t("Signed by {name} and promised to the public record on {day}; both are proven.", { name: author, day: day(at) })));
}
