/** Files and voices: after the receipt, because a long upload needs the way back. */
import { make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { adding } from "../adding";
import { actions, button, failure, stack, stepLine, type Frame } from "../frame";
import { sentence } from "../problems";
import { check } from "./check";

export function files(frame: Frame): Draw {
  return (host) => {
    const { draft, views, attaching, keeping } = frame;
    const place = make("div", {});
    host.append(stack(
      stepLine("files"),
      make("h1", {}, t("Photos, videos, other files")),
      make("p", { class: "lede" }, t("Only if there are any. You can also add them later, in your mailbox.")),
      place,
      draft.kept === "declined" ? make("p", { class: "hint" }, t("You keep no receipt, so no draft is kept: closing this page loses what you wrote.")) : null,
      actions(button(t("Continue"), () => { void attaching.stopRecording().then(() => { views.go(check(frame)); }); }), button(t("Back"), () => { history.back(); }, "button secondary")),
      // It speaks only when the server has answered: above the buttons it would move them from under a finger.
      draft.kept === "declined" ? null : keeping.line,
    ));
    keeping.begin();
    const desk = draft.desk ?? "";
    const offer = (): void => {
      frame.office().then((office) => {
        const readers = t("Everyone at {desk} will hear it, as they read what you write.", { desk: office.desk(desk)?.name ?? "" });
        place.replaceChildren(adding({ attaching, desk, readers, notes: notes(draft.kept !== "declined") }));
      }, (error: unknown) => { place.replaceChildren(failure(sentence(error), offer)); });
    };
    offer();
    return () => { void attaching.stopRecording(); };
  };
}

/** What somebody asks before they pick a file. */
function notes(receipt: boolean): HTMLElement {
  return make("ul", { class: "small" },
    make("li", {}, t("What could identify you: files can carry the place, the time, the device and names. From most photos this page takes that out; with other files it tells you what may be in them.")),
    make("li", {}, t("They are sealed here and go up while you go on. The connection may break: it goes on by itself.")),
    make("li", {}, receipt ? t("If the page closes, come back with your receipt and pick the same file again: it goes on where it was.")
      : t("You keep no receipt: if this page closes, the files have to be sent again from the beginning.")));
}
