/** The receipt, before anything is sent: whoever loses the page afterwards has the way back already. */
import { ask } from "../../elements/dialog";
import { contactElement } from "../../elements/contact";
import { make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { fill, t } from "../../elements/words";
import { receiptFor } from "../errand";
import { button, notice, stack, stepLine, type Frame } from "../frame";
import { sentence } from "../problems";
import { receiptSheet, type SheetKind } from "../receipt-sheet";
import { files } from "./files";

export function receipt(frame: Frame): Draw {
  const { draft, first, views } = frame;
  return (host) => {
    const body = make("div", { class: "stack loose" });
    host.append(stack(stepLine("receipt"), make("h1", {}, t("Your receipt")), withoutOne(frame), body));
    draft.receipt ??= receiptFor(draft);
    void receiptSheet(first.load, body, {
      receipt: draft.receipt, kind: draft.kept === "declined" ? undefined : draft.kept, explained, act: t("Continue"),
      go(kind) {
        draft.kept = kind;
        views.go(files(frame));
      },
      others: [
        button(t("Back"), () => { history.back(); }, "button secondary"),
        draft.contact === "" ? button(t("Go on without a receipt"), () => { void decline(frame); }, "button quiet") : null,
      ],
    });
    return undefined;
  };
}

/** Who can be rung up need not keep words: that is said before the words, for whom they are a burden. */
function withoutOne(frame: Frame): HTMLElement | null {
  const { contact } = frame.draft;
  if (contact === "") return null;
  return notice("plain", t("You can also go on without one"),
    make("p", {}, fill(t("You left a way to reach you: {contact}. If keeping twelve words is a burden, they can ring you instead."), { contact: contactElement(contact) })),
    button(t("Go on without a receipt"), () => { void decline(frame); }, "button secondary"));
}

/** What the words are for, and what they are not. */
function explained(kind: SheetKind): HTMLElement {
  return make("div", { class: "stack tight" },
    make("p", { class: "lede" }, kind === "words"
      ? t("These twelve words, in this order, are the only way back to your report: to read our questions, to answer, to see what became of it.")
      : t("These digits, in this order, are the only way back to your report: to read our questions, to answer, to see what became of it.")),
    make("p", {}, t("Write them down on paper and keep it where nobody looks. Whoever has them can read and write as you. Nobody can give them to you again, not even we.")));
}

/** Without a receipt nothing is kept anywhere: what was kept before goes first. False where somebody keeps it instead. */
async function forgotten(frame: Frame): Promise<boolean> {
  if (frame.draft.kept === undefined || frame.draft.kept === "declined") return true;
  for (;;) {
    try {
      await frame.keeping.throwAway();
      return true;
    } catch (error) {
      const again = await ask({ title: t("Your draft could not be thrown away"), body: sentence(error), act: t("Try again"), cancel: t("Keep the receipt") });
      if (!again) return false;
    }
  }
}

async function decline(frame: Frame): Promise<void> {
  const { contact } = frame.draft;
  const sure = await ask({
    title: t("Go on without a receipt?"),
    body: contact === "" ? [
      make("p", {}, t("You will never be able to read an answer, add anything or see what became of your report, and we can never ask you.")),
      make("p", {}, t("If keeping the words is what stops you: under “About you” you can leave a telephone number instead.")),
    ] : make("p", {}, t("They can ring you. But you will not be able to read an answer here, add anything, or take your number back.")),
    act: t("Go on without it"), cancel: t("Keep the receipt"), danger: contact === "",
  });
  if (!sure || !await forgotten(frame)) return;
  frame.draft.kept = "declined";
  frame.views.go(files(frame));
}
