/** Another law at a desk, or other numbers: its lead sees which open clocks move before the sheet is signed. */
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { cancel, form, submit } from "../fields.js";
import type { DeskFacts } from "../facts.js";
import { foreseen, type Foreseen } from "../laws/foreseen.js";
import type { Workbench } from "../views.js";
import type { EditedProfile } from "./profile.js";

/** Whether clocks would run otherwise: of texts alone nobody needs to see a count. */
export function otherTerms(now: EditedProfile, before: EditedProfile): boolean {
  return now.law !== before.law || now.applies !== before.applies || now.acknowledge !== before.acknowledge || now.feedback !== before.feedback;
}

/** Whether the lead goes on once they have seen it. The sheet holds from today on, for what arrived today as well. */
export async function seesWhatChanges({ api, facts }: Workbench, desk: DeskFacts, profile: Uint8Array): Promise<boolean> {
  const found = await api.postBytes<Foreseen>(`desks/${desk.id}/terms/preview`, profile);
  return await openDialog<boolean>(t("What changes"), (close) => form(() => { close(true); },
    foreseen(found, facts, facts.today),
    make("p", { class: "hint" }, t("The new terms hold from today on. What arrived before today keeps those under which it arrived.")),
    make("div", { class: "actions" }, submit(t("Go on")), cancel()))) === true;
}
