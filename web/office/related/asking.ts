/** The dialogs of a link between two reports. By event alone: nothing can be typed, so that no name can stand in it. */
import { openDialog } from "../../elements/dialog.js";
import { turned } from "../../elements/direction.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { WHYS, type PartedWhy } from "../../seal/related.js";
import { choice } from "../cases/triage.js";
import { cancel, form, submit } from "../fields.js";

/** One report that may be chosen. */
export interface Other {
  readonly thread: string;
  readonly label: string;
}

/** Asks which report tells of the same event; null where it is left. */
export function askRelated(others: readonly Other[]): Promise<string | null> {
  return openDialog<string>(t("Which report tells of the same event?"), (close) => {
    if (others.length === 0) {
      return make("div", { class: "stack" }, make("p", {}, t("There is no other report that you have read.")), make("div", { class: "actions" }, cancel()));
    }
    const other = choice(t("The other report"), others.map(({ thread }) => thread), (id) => others.find(({ thread }) => thread === id)?.label ?? "", others[0]?.thread ?? "");
    for (const select of other.element.querySelectorAll("select")) turned(select);
    return form(() => { close(other.value()); }, other.element,
      make("p", { class: "hint" }, t("Link what happened, not who is named: the same deed, at the same place and time. That the same person is named is no reason.")),
      make("p", { class: "hint" }, t("A sealed note in each says so. Whoever reads one of them learns that there is another report of the event, and reads of it no more than before. Several reports of one hearsay remain one hearsay.")),
      make("div", { class: "actions" }, submit(t("Link them")), cancel()));
  });
}

/** Asks why two are not of one event after all; null where it is left. */
export function askParted(): Promise<PartedWhy | null> {
  return openDialog<PartedWhy>(t("Take back that it is the same event?"), (close) => {
    const why = choice(t("Why"), WHYS, whyWord, "other-event");
    return form(() => { close(why.value()); }, why.element,
      make("p", { class: "hint" }, t("That they were linked, and why that was taken back, stays in the story. If you do not read the other one, its readers have to take it back there.")),
      make("div", { class: "actions" }, submit(t("Take it back")), cancel()));
  });
}

export function whyWord(why: PartedWhy): string {
  switch (why) {
    case "other-event": return t("It turned out to be another event.");
    case "mistake": return t("The wrong report was linked.");
  }
}
