/** The receipt, before anything is sent: whoever loses the page afterwards has the way back already. */
import { ask } from "../../elements/dialog";
import { make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { newReceipt } from "../../seal/receipt";
import { button, stack, stepLine, type Frame } from "../frame";
import { receiptSheet, type SheetKind } from "../receipt-sheet";
import { check } from "./check";

export function receipt(frame: Frame): Draw {
  const { draft, first, views } = frame;
  return (host) => {
    const body = make("div", { class: "stack loose" });
    host.append(stack(stepLine(3), make("h1", {}, t("Your receipt")), body));
    draft.receipt ??= newReceipt();
    void receiptSheet(first.load, body, {
      receipt: draft.receipt, kind: draft.kept === "declined" ? undefined : draft.kept, explained, act: t("Continue"),
      go(kind) {
        draft.kept = kind;
        views.go(check(frame));
      },
      others: [
        button(t("Back"), () => { history.back(); }, "button secondary"),
        button(t("Go on without a receipt"), () => { void decline(frame); }, "button quiet"),
      ],
    });
    return undefined;
  };
}

/** What the words are for, and what they are not. */
function explained(kind: SheetKind): HTMLElement {
  return make("div", { class: "stack tight" },
    make("p", { class: "lede" }, kind === "words"
      ? t("These twelve words, in this order, are the only way back to your report: to read our questions, to answer, to see what became of it.")
      : t("These digits, in this order, are the only way back to your report: to read our questions, to answer, to see what became of it.")),
    make("p", {}, t("Write them down on paper and keep it where nobody looks. Whoever has them can read and write as you. Nobody can give them to you again, not even we.")));
}

async function decline(frame: Frame): Promise<void> {
  const sure = await ask({
    title: t("Go on without a receipt?"),
    body: make("p", {}, t("You will never be able to read an answer, add anything or see what became of your report, and we can never ask you.")),
    act: t("Go on without it"), cancel: t("Keep the receipt"), danger: true,
  });
  if (!sure) return;
  frame.draft.kept = "declined";
  frame.views.go(check(frame));
}
