/** From a note to a report: which desk, sealed and filed, and the receipt for the person's paper. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { printSheet } from "../../elements/print.js";
import { day, language, t } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import type { MadeReceipt } from "../../workers/intake.js";
import { Refusal } from "../api.js";
import { button } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import type { Keeper } from "./keeper.js";

interface Ways {
  readonly back: () => void;
  readonly close: () => void;
  /** It is on its way, or not any more: until then the dialog stays, for it shows the receipt and nothing else does. */
  readonly underway: (is: boolean) => void;
}

/** Which desk reads it, and whether the person takes a receipt; then it goes. */
export function chooseDesk(bench: Workbench, host: HTMLElement, keeper: Keeper, ways: Ways): void {
  const open = bench.facts.desks.filter((desk) => desk.open);
  const [only] = open;
  const said = make("div", { "aria-live": "polite" });
  let chosen = open.length === 1 ? only?.id ?? "" : keeper.note.desk;
  if (!open.some(({ id }) => id === chosen)) chosen = "";
  const declines = make("input", { type: "checkbox", id: "intake-declined" });
  const file = button(t("Seal and file it"), () => {
    if (chosen === "") {
      hold(said, make("p", { class: "notice danger", role: "alert" }, t("Please choose who shall read it.")));
      return;
    }
    void busy(file, async () => {
      ways.underway(true);
      try {
        await send(bench, host, keeper, { desk: chosen, answerable: !declines.checked, close: ways.close });
      } catch (error) {
        hold(said, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
      } finally {
        ways.underway(false);
      }
    });
  });
  hold(host,
    open.length === 0 ? make("p", { class: "notice warning" }, t("No desk takes reports at present.")) : make("fieldset", { class: "choices", id: "intake-desk" },
      make("legend", {}, t("Which desk shall read it?")),
      open.map((desk) => {
        const input = make("input", { type: "radio", name: "intake-desk", value: desk.id, checked: desk.id === chosen });
        input.addEventListener("change", () => {
          chosen = desk.id;
          keeper.change({ desk: desk.id });
        });
        return make("label", { class: "choice" }, input, make("span", {}, inLanguage(desk.names, language())));
      })),
    make("p", { class: "hint" }, t("If it concerns somebody who works for this office, choose a desk that is independent of theirs. You can read it afterwards only if you work at the desk.")),
    make("label", { class: "choice plain" }, declines, make("span", {}, t("They want no receipt: nobody can then answer them here"))),
    said,
    make("div", { class: "actions" }, file, button(t("Back"), ways.back, "button secondary")));
  host.querySelector<HTMLElement>("#intake-desk input")?.focus();
}

interface Wanted {
  readonly desk: string;
  readonly answerable: boolean;
  readonly close: () => void;
}

async function send(bench: Workbench, host: HTMLElement, keeper: Keeper, { desk, answerable, close }: Wanted): Promise<void> {
  keeper.change({ desk });
  const { id } = keeper;
  try {
    const { parcel, receipt } = await bench.worker.ask("file-note", { id, note: keeper.note, answerable });
    const answer = await bench.api.postBytes<unknown>("intake", parcel);
    const promised = await bench.worker.ask("note-filed", { id, answer: JSON.stringify(answer) });
    // It is a report now. A note that could not be deleted at once is found in the notebook, and says nothing new.
    await keeper.remove().catch(() => undefined);
    filed(host, promised.day, answerable ? receipt : null, close);
  } catch (error) {
    // The desk has begun a new key: its documents are proven anew, and the next press seals to it.
    if (error instanceof Refusal && error.code === "epoch") await bench.refresh();
    throw error;
  }
}

/** The words are here until this is closed, and nowhere afterwards. */
function filed(host: HTMLElement, at: string, receipt: MadeReceipt | null, close: () => void): void {
  const done = button(t("Done"), close, receipt === null ? "button" : "button secondary");
  if (receipt === null) {
    hold(host, make("p", { class: "notice good" }, t("It is filed, sealed, on {day}.", { day: day(at) })), make("div", { class: "actions" }, done));
    done.focus();
    return;
  }
  const grid = (): HTMLElement => wordsGrid(receipt.parts, receipt.tag, receipt.kind);
  const print = button(t("Print the receipt"), () => { printSheet(grid(), t("Page")); });
  hold(host,
    make("p", { class: "notice good" }, t("It is filed, sealed, on {day}. This is the person's receipt: print it or let them write it down. When you close this, nobody can show it again.", { day: day(at) })),
    make("div", { class: "card", id: "intake-receipt" }, grid()),
    make("p", {}, t("Tell them: with these words they read our answers and correct what you wrote. You have seen the words, so the first thing the mailbox asks is to replace them; after that you can open nothing.")),
    make("p", { class: "hint" }, t("The print says neither what it is for nor whom it is for. Give them the address of the report page on another paper.")),
    make("div", { class: "actions" }, print, done));
  print.focus();
}
