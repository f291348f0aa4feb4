/** Asks for the one reason for which many reports are set aside. */

import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { t, tn } from "../../elements/words.js";
import { choice } from "../cases/triage.js";
import { ASIDE_REASONS, asideWord, type AsideReason } from "../cases/words.js";
import { cancel, form, submit } from "../fields.js";

/** Null where it is left. */
export function askWhy(reports: number, read: number): Promise<AsideReason | null> {
  return openDialog<AsideReason>(tn("Set {n} report aside?", "Set {n} reports aside?", reports), (close) => {
    const reason = choice(t("Why"), ASIDE_REASONS, asideWord, "no-report");
    return form(() => { close(reason.value()); },
      reason.element,
      make("p", {}, t("You have read {n} of them; the others you judge by their likeness to these. You sign just this, and the desk sees it.", { n: read })),
      make("p", { class: "hint" }, t("Nothing is deleted. Each mailbox says that its report was set aside and offers a second look; you can take each up again at any time.")),
      make("div", { class: "actions" }, submit(t("Set aside")), cancel()));
  });
}
