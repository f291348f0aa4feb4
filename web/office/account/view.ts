/** My account: the ways of unlocking, the telephone, and ending every session. */
import { Progress, busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import { unb64 } from "../../seal/primitives.js";
import { Refusal } from "../api.js";
import { has } from "../facts.js";
import { button, field, form, submit } from "../fields.js";
import { passphraseFields } from "../passphrase.js";
import { rolesInWords } from "../roles.js";
import type { PrintedSheet } from "../../workers/ways.js";
import { ownSheet, printButton, typeBackForm } from "../sheets.js";
import { telephoneFields } from "../telephone.js";
import { isUnsure, sentenceOf, tell, tellFault } from "../telling.js";
import { calendars } from "./calendar.js";
import { dailyMessage } from "./notices.js";
import { proofFields, type Proof } from "./proof.js";
import { restoreRoot } from "./root.js";
import { view, type Shown, type Workbench } from "../views.js";

view("account", { title: () => t("My account"), order: 90, render: (host, _path, bench) => account(host, bench) });

function account(host: HTMLElement, bench: Workbench): Shown {
  const { me } = bench.facts;
  hold(host, make("div", { class: "stack loose" }, make("h1", {}, t("My account")),
    make("dl", { class: "facts beside" },
      make("div", {}, make("dt", {}, t("Name")), make("dd", {}, me.name)),
      make("div", {}, make("dt", {}, t("Name that reporting persons see")), make("dd", {}, me.alias)),
      make("div", {}, make("dt", {}, t("Roles")), make("dd", {}, rolesInWords(me.roles, bench.facts)))),
    bench.facts.placed && make("p", {}, make("a", { href: "#/given" }, t("Documents that colleagues gave you to read"))),
    has(bench.facts, "administrator") && !bench.facts.root.held && restoreRoot(bench, () => { account(host, bench); }),
    dailyMessage(bench), tryWayBack(bench), changePassphrase(bench), changeTelephone(bench), calendars(bench), sessions(bench)));
  return {};
}

function tryWayBack(bench: Workbench): HTMLElement {
  const { me } = bench.facts;
  const words = field({ label: t("The twelve words of your sheet"), rows: 3 });
  const said = make("p", { class: "notice good", role: "status", hidden: true }, t("They open your keys. Put the sheet back where it was."));
  const send = submit(t("Try them"));
  const shown: HTMLFormElement = form(() => {
    void busy(send, async () => {
      said.hidden = true;
      try {
        const { wraps } = await bench.api.get<{ wraps: { paper: string } }>("vault");
        await bench.worker.ask("try-way-back", { words: words.value(), wrap: unb64(wraps.paper) });
        await bench.api.post("way-back");
        words.input.value = "";
        said.hidden = false;
        await bench.refresh();
      } catch (error) {
        tell(shown, words.id, error);
      }
    });
  }, words.element, said, make("div", { class: "actions" }, send));
  return make("section", { class: "card" }, make("h2", {}, t("Try your way back")),
    make("p", {}, t("Nothing is changed by trying."), " ",
      me.wayBackTried === "" ? t("You have never tried it.") : t("Last tried on {day}.", { day: day(me.wayBackTried) })), shown);
}

function changePassphrase(bench: Workbench): HTMLElement {
  const box = make("div", { class: "stack" });
  const begin = (): void => {
    const proving = proofFields(bench);
    const fields = passphraseFields(bench.worker);
    const bar = new Progress(t("Keys are being made. This takes a moment on purpose."));
    bar.element.hidden = true;
    const send = submit(t("Make a new sheet"));
    const shown: HTMLFormElement = form(() => {
      const checked = fields.checked();
      if ("message" in checked) {
        tellFault(shown, { field: checked.field, sentence: checked.message });
        return;
      }
      bar.element.hidden = false;
      void busy(send, async () => {
        let proof: Proof;
        try {
          proof = await proving.proof((part) => { bar.show(part, 2, ""); });
        } catch (error) {
          bar.element.hidden = true;
          tell(shown, proving.first.id, error);
          return;
        }
        let sheet: PrintedSheet;
        try {
          sheet = await bench.worker.ask("change-ways", { passphrase: checked.passphrase, language: language() }, (part) => { bar.show(1 + part, 2, ""); });
        } catch (error) {
          bar.element.hidden = true;
          tell(shown, proving.first.id, error);
          return;
        }
        const own = ownSheet(sheet);
        hold(box, make("p", {}, t("Print it, then destroy the old one: after this it opens nothing.")),
          make("div", { class: "row" }, printButton(() => own, t("Print my sheet"))), own,
          typeBackForm(sheet, t("Change both"), async (typed) => {
            const { before, file, ways } = await bench.worker.ask("change-ways-typed", { typed });
            await bench.api.put("vault", { before, vault: file, ways, proof }).catch((error: unknown) => { throw changedPerhaps(error); });
            await bench.worker.ask("change-ways-stored", null);
            // That it was typed back is noted for a reminder, and no more: the old ways are dead whether it is noted or not.
            await bench.api.post("way-back").catch(() => undefined);
            hold(box, make("p", { class: "notice good", role: "status" }, t("Passphrase and sheet are changed. Every other session has ended.")));
          }));
      });
    }, proving.element, fields.element, bar.element, make("div", { class: "actions" }, send));
    hold(box, shown);
    proving.first.input.focus();
  };
  hold(box, button(t("Change passphrase and sheet"), begin, "button secondary"));
  return make("section", { class: "card" }, make("h2", {}, t("Passphrase and printed sheet")),
    make("p", {}, t("Both are made anew together, so that a copied old one is worth nothing.")), box);
}

/** Whoever destroys the wrong sheet now has none: which of the two opens the keys is known again once this is sent once more. */
function changedPerhaps(error: unknown): unknown {
  return isUnsure(error)
    ? new Refusal(0, "offline", t("No answer came, and both may be changed all the same. Keep the old and the new sheet, and try again: it is done only once."))
    : error;
}

function changeTelephone(bench: Workbench): HTMLElement {
  const box = make("div", { class: "stack" });
  const begin = (): void => {
    const telephone = telephoneFields(bench.facts.me.name, "Fairline");
    const proving = proofFields(bench);
    const bar = new Progress(t("Your passphrase is being checked. This takes a moment on purpose."));
    bar.element.hidden = true;
    const send = submit(t("Use this telephone"));
    const shown: HTMLFormElement = form(() => {
      bar.element.hidden = false;
      void busy(send, async () => {
        let at = proving.first;
        try {
          const proof = await proving.proof((part) => { bar.show(part, 1, ""); });
          at = telephone.digits;
          await bench.api.put("telephone", { totp_secret: telephone.secret, digits: telephone.digits.value().replace(/\s/g, ""), proof });
          hold(box, make("p", { class: "notice good", role: "status" }, t("From now on this telephone counts.")));
        } catch (error) {
          bar.element.hidden = true;
          tell(shown, at.id, error);
        }
      });
    }, proving.element, telephone.element, bar.element, make("div", { class: "actions" }, send));
    hold(box, shown);
  };
  hold(box, button(t("Another telephone"), begin, "button secondary"));
  return make("section", { class: "card" }, make("h2", {}, t("Telephone")), box);
}

function sessions(bench: Workbench): HTMLElement {
  const said = make("div", { "aria-live": "polite" });
  return make("section", { class: "card" }, make("h2", {}, t("Sessions")),
    make("p", {}, t("If you have signed in somewhere and are no longer sure of that device:")),
    button(t("Sign out everywhere"), () => {
      void ask({ title: t("Sign out everywhere"), body: make("p", {}, t("Here too. Nothing is lost.")), act: t("Sign out everywhere"), danger: true })
        .then(async (agreed) => {
          if (!agreed) return;
          await bench.api.post("signout-everywhere");
          bench.api.signedOut();
        }).catch((error: unknown) => { hold(said, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error))); });
    }, "button danger"), said);
}
