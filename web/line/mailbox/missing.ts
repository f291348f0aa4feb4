/** No mailbox under these words: a typing error, a report that never arrived, or one that was taken away. */
import { busy } from "../../elements/busy";
import { hold, make } from "../../elements/make";
import { day, t, tn } from "../../elements/words";
import { derive } from "../../seal/receipt";
import { unb64 } from "../../seal/primitives";
import { actions, button, failure, notice, type Frame } from "../frame";
import { Office } from "../office";
import { sentence } from "../problems";
import { search, type Trace } from "./record";

export function missing(frame: Frame, receipt: Uint8Array): HTMLElement {
  const said = make("div", { "aria-live": "polite" });
  return make("div", { class: "stack" },
    notice("warning", t("There is no mailbox under these words"),
      t("Please compare each word with your note. One wrong word in sixteen passes the check of the words by chance."),
      t("If they are right, the report never arrived, or it was taken away. The public record tells which: whatever arrived is in it, and nobody can take it out unseen."),
      actions(button(t("Search the record"), (pressed) => { void busy(pressed, () => look(frame, receipt, said)); }, "button secondary"))),
    said);
}

async function look(frame: Frame, receipt: Uint8Array, said: HTMLElement): Promise<void> {
  const walk = { going: true };
  const line = make("p", { class: "muted" });
  hold(said, line, button(t("Stop"), () => { walk.going = false; }, "button secondary"));
  try {
    const { office, others } = frame.first.place;
    for (const id of [office, ...others]) {
      const proven = id === office ? await frame.office() : await Office.load(id, null);
      const { tag } = derive(receipt, unb64(id, 16));
      const found = await search(proven, tag, (at) => { line.textContent = t("Looking at {day} …", { day: day(at) }); }, () => walk.going);
      if (found.length > 0) {
        hold(said, alarm(found));
        return;
      }
    }
    hold(said, walk.going
      ? notice("plain", t("Nothing in the record either"), t("The words are miscopied, or the report never arrived. If you kept an acknowledgement, show it to somebody outside this office: it proves that the office promised."))
      : notice("plain", null, t("Stopped. Nothing was found in the days looked at.")));
  } catch (error) {
    hold(said, failure(sentence(error), () => { void look(frame, receipt, said); }));
  }
}

function alarm(found: readonly Trace[]): HTMLElement {
  const mine = found.filter((one) => one.chain === "r").length;
  return notice("danger", t("Your report did arrive, and the office does not show it"),
    tn("The record holds {n} entry that only these words lead to.", "The record holds {n} entries that only these words lead to.", mine || found.length),
    make("ul", {}, found.map((one) => make("li", {}, day(one.day)))),
    t("Please tell somebody outside this office. These days, together with your words, prove it."));
}
