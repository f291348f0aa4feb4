/** What the office's machine says by itself: signed, in words that this page has, and shown as automatic. */
import { make } from "../../elements/make";
import { day, t } from "../../elements/words";
import type { MachineNotice } from "../../ledger/promises";

/** The newest sentence last; a code that this page does not know is not shown. */
export function automatic(notices: readonly MachineNotice[]): HTMLElement | null {
  const rows = notices.map(sentence).filter((text) => text !== "");
  if (rows.length === 0) return null;
  return make("section", { class: "notice plain", "aria-labelledby": "automatic" },
    make("h2", { id: "automatic" }, t("Automatic messages")),
    make("ul", {}, rows.map((text) => make("li", {}, text))),
    make("p", { class: "muted small" }, t("No person wrote these. The office's server signs them; it cannot read what you wrote.")));
}

function sentence({ code, dates }: MachineNotice): string {
  const on = (name: string): string => day(dates.get(name) ?? "");
  const [what, ...rest] = code.split("-");
  const why = reason(rest.join("-"));
  switch (what) {
    case "acknowledged": return t("We received your report on {day}. This message is your acknowledgement.", { day: on("received") });
    case "read": return t("On {day} a person read it for the first time.", { day: on("day") });
    case "answered": return t("On {day} you were told what is done about it, and why.", { day: on("day") });
    case "extended": return t("On {day} the office took more time to tell you what it does: {reason}", { day: on("day"), reason: why });
    case "paused": return t("Since {day} the time for our answer stands still: {reason}", { day: on("day"), reason: why });
    case "resumed": return t("Since {day} the time for our answer runs again.", { day: on("day") });
    case "stopped": return t("On {day} the time for our answer ended without one: {reason}", { day: on("day"), reason: why });
    case "offered": return t("From {day} on this page reminds you: here you can tell what has happened to you since you reported. You need not.", { day: on("day") });
    case "deleted": return t("On {day} two people of the office deleted the case. This mailbox stays until {until}.", { day: on("day"), until: on("until") });
    default: return "";
  }
}

/** Of the closed list of reasons. */
export function reason(code: string): string {
  switch (code) {
    case "complex": return t("the matter needs more work.");
    case "waiting": return t("we wait for your answer.");
    case "elsewhere": return t("we wait for another authority.");
    case "translation": return t("a translation is being made.");
    case "expert": return t("an expert is being asked.");
    case "court": return t("a court is dealing with it.");
    case "asked": return t("you asked for that.");
    default: return t("no reason was given.");
  }
}
