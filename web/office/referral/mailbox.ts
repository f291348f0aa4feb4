/** The mailbox of a referral at the other office: what they said, how it ended, and writing to them. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { outcomeWord } from "../../elements/outcome.js";
import { day, language, t } from "../../elements/words.js";
import { button, field, form, submit } from "../fields.js";
import { inLanguage } from "../page.js";
import type { Workbench } from "../views.js";
import type { PassedOn, TheirMailbox } from "./types.js";
import { correctionWord, theirStatus } from "./words.js";

/** Opens it in a dialog. What is half written stays while it is loaded anew. */
export async function openMailbox(bench: Workbench, thread: string, passed: PassedOn, told: (error: unknown) => string): Promise<void> {
  const { worker } = bench;
  const named = { thread, referral: passed.id };
  const inside = make("div", { class: "stack", "aria-live": "polite" });
  const text = field({ label: t("Write to {office}", { office: inLanguage(passed.names, language()) }), rows: 4, maxlength: 8000 });
  const said = make("div", { "aria-live": "polite" });
  const load = async (): Promise<void> => {
    hold(inside, make("p", { class: "muted" }, t("Asking the other office …")));
    try {
      hold(inside, shown(await worker.ask("referral-mailbox", named), passed));
      await bench.session.keepPins();
    } catch (error) {
      hold(inside, make("p", { class: "notice danger", role: "alert" }, told(error)), button(t("Try again"), () => { void load(); }, "button secondary"));
    }
  };
  const send = submit(t("Send"));
  const writer = form(() => {
    const words = text.value().trim();
    if (words === "") return;
    void busy(send, async () => {
      hold(said);
      try {
        await worker.ask("write-referral", { ...named, text: words, language: language() });
        if (text.value().trim() === words) text.input.value = "";
        announce(t("Sent, and acknowledged by the other office."));
        await load();
      } catch (error) {
        hold(said, make("p", { class: "notice danger", role: "alert" }, told(error)));
      }
    });
  }, text.element, said, make("div", { class: "actions" }, send));
  const closed = openDialog(inLanguage(passed.names, language()), (close: (answer: null) => void) => [
    make("div", { class: "stack", id: "their-mailbox" }, inside, writer, make("div", { class: "actions" }, button(t("Close"), () => { close(null); }, "button secondary"))),
  ], "wide");
  await load();
  await closed;
}

function shown(mailbox: TheirMailbox, passed: PassedOn): HTMLElement {
  return make("div", { class: "stack" },
    make("p", {}, theirStatus(mailbox.status, mailbox.people), " ",
      mailbox.day === "" ? "" : make("span", { class: "muted small" }, t("Acknowledged there on {day}.", { day: day(mailbox.day) }))),
    make("details", {}, make("summary", {}, t("What was passed on")),
      make("p", { class: "written", dir: "auto", lang: passed.language }, passed.text),
      passed.manner === "unmodified" ? make("p", { class: "small" }, t("And the report as it came.")) : null),
    mailbox.faults.map(({ place, code }) => make("p", { class: "notice danger" }, t("Something in this mailbox failed a check and is not shown."), " ", make("span", { class: "code" }, `${place} ${code}`))),
    mailbox.entries.length === 0 ? make("p", { class: "muted" }, t("They have not written yet.")) : null,
    make("ol", { class: "story" }, mailbox.entries.map((one) => make("li", { class: one.ours ? "message mine" : "message theirs" },
      make("header", {}, make("b", {}, one.ours ? t("Our office") : one.author), make("time", { datetime: one.day }, day(one.day))),
      one.closing === null ? null : make("p", {}, make("b", {}, t("Outcome: {outcome}", { outcome: outcomeWord(one.closing.outcome) }))),
      one.correction === null ? null : make("p", {}, make("b", {}, correctionWord(one.correction))),
      make("p", { class: "written", dir: "auto", lang: one.language }, one.text)))));
}
