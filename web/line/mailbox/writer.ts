/** Writing to the office: sealed here, for exactly the people that the page has named above. */
import { busy } from "../../elements/busy";
import { hold, make, newId } from "../../elements/make";
import { t } from "../../elements/words";
import { ASKED } from "../../seal/bodies";
import { b64 } from "../../seal/primitives";
import { actions, button, failure, notice, otherWays, waitLine, type Frame } from "../frame";
import { adding, arrived } from "../adding";
import { sentence } from "../problems";
import { Refused } from "../wire";
import { QUIET } from "../writing";
import { Composing } from "./composing";
import { endedWords } from "./ended";
import { aboutWord, mayAsk } from "./protecting";
import type { Opened } from "./proving";
import { nextSubject } from "./places";
import { assigned } from "./readers";
import type { Unsent } from "./unsent";

/** @param unsent - outlives this element: a reload of the mailbox loses no word and no file */
export function writer(frame: Frame, opened: Opened, unsent: Unsent, reload: (why?: HTMLElement) => Promise<void>): HTMLElement {
  const { thread, office } = opened;
  if (thread.reporter === undefined) return make("div");
  const id = newId();
  const said = make("div", { "aria-live": "polite" });
  const field = make("textarea", { id, rows: 5, "aria-describedby": `${id}-hint`, ...QUIET });
  field.value = unsent.text;
  field.addEventListener("input", () => { unsent.text = field.value; });
  const about = make("select", { id: `${id}-about` }, (["", ...ASKED] as const).map((one) => make("option", { value: one, selected: one === unsent.about }, aboutWord(one))));
  about.addEventListener("change", () => { unsent.about = ASKED.find((one) => one === about.value) ?? ""; });
  const composing = new Composing(frame, opened);
  // Whoever begins to write will want to send.
  field.addEventListener("input", () => { frame.working.begin(office.id, "post", nextSubject(opened)); }, { once: true });
  const form = make("form", { class: "stack", novalidate: true, autocomplete: "off" },
    make("h2", {}, t("Write to the office")),
    mayAsk(opened) ? make("div", { class: "field" }, make("label", { for: `${id}-about` }, t("What it is about")), about) : null,
    make("div", { class: "field" }, make("label", { for: id }, t("Your message")),
      make("p", { class: "hint", id: `${id}-hint` }, t("Never write the words of your receipt here: nobody needs them.")), field),
    make("details", { open: unsent.attaching.count > 0 }, make("summary", {}, t("Add files or your voice")),
      adding({ attaching: unsent.attaching, desk: b64(opened.raw.desk), readers: hearers(opened) })),
    said,
    actions(make("button", { class: "button", type: "submit", id: `${id}-send` }, t("Send"))),
    unsent.keeping.line);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = form.querySelector<HTMLElement>("button[type=submit]");
    if (pressed === null) return;
    // That somebody needs protection can be said without a word more.
    const isEmpty = (): boolean => unsent.about === "" && field.value.trim() === "" && unsent.attaching.count === 0;
    const go = async (): Promise<void> => {
      if (!isEmpty() && !await arrived(unsent.attaching, said, go)) return;
      // Also where what was there was left out meanwhile.
      if (isEmpty()) {
        hold(said, failure(t("Please write something first."), null));
        field.focus();
        return;
      }
      // What was written while the files were on their way goes along; from here on nothing more can.
      const letter = { text: field.value, ...(unsent.about !== "" && { protection: unsent.about }) };
      field.readOnly = true;
      try {
        hold(said, make("p", { class: "muted" }, t("Sealing and sending …")));
        if (!await composing.send(letter, unsent.attaching.there?.whole ?? [], (what) => { hold(said, make("p", { class: "muted" }, waitLine(what))); })) {
          hold(said, failure(t("Your message contains the words or digits of your receipt. Whoever reads it could then write as you. Please take them out; nothing was sent."), null));
          return;
        }
        await unsent.sent();
        await shownAnew(reload, said);
        unsent.goOn();
      } catch (error) {
        if (error instanceof Refused && ["heads", "audience", "taken"].includes(error.code)) {
          const why = notice("warning", null, error.message);
          hold(said, why);
          await reload(why).catch((failed: unknown) => { hold(said, why, failure(sentence(failed), null)); });
          return;
        }
        // They outlived their week on the server, and what was kept of the message did not know.
        if (error instanceof Refused && error.code === "blob") unsent.attaching.there?.notThere();
        if (error instanceof Refused && error.code === "ended") {
          // What lies there opens for nobody any more.
          unsent.keeping.line.textContent = "";
          hold(said, notice("warning", t("This mailbox has ended"), endedWords(error), t("What you wrote is still here, for you to copy. It cannot be sent from here any more.")), otherWays(frame));
          return;
        }
        hold(said, failure(sentence(error), null), make("p", {}, t("What you wrote is still here. You can press Send again: it is sent as the same message and can never become two.")), otherWays(frame));
      } finally {
        field.readOnly = false;
      }
    };
    void busy(pressed, go);
  });
  return form;
}

/** It went. Said where the mailbox is drawn anew with it; where that cannot be, too: it must not be sent once more. */
export async function shownAnew(reload: (why?: HTMLElement) => Promise<void>, said: HTMLElement): Promise<void> {
  const anew = async (): Promise<void> => {
    try {
      await reload(notice("good", null, t("It was sent.")));
    } catch (error) {
      hold(said, notice("good", null, t("It was sent. This page could not be shown anew: {why}", { why: sentence(error) }), actions(button(t("Show it anew"), () => { void anew(); }, "button secondary"))));
    }
  };
  await anew();
}

/** Who will hear a voice, in words. */
function hearers({ thread, office, raw }: Opened): string {
  if (assigned(thread) !== undefined) return t("The people who are assigned to your case will hear it, as they read what you write.");
  return t("Everyone at {desk} will hear it, as they read what you write.", { desk: office.desk(b64(raw.desk))?.name ?? "" });
}
