/** The red words where the office is not shown as it was before. Nothing is sealed while they stand. */
import { make } from "../../elements/make";
import { t } from "../../elements/words";
import { notice, otherWays, type Frame } from "../frame";
import type { Changed, LastVisit } from "./pins";

/** Red where documents contradict what was seen, a warning where what was kept cannot be read; null where all is well. */
export function changedNotice(frame: Frame, changed: readonly Changed[], { foreign }: LastVisit): HTMLElement | null {
  if (changed.length > 0) {
    const said = notice("danger", t("The server does not show this office as it was before"),
      make("ul", {}, changed.map((one) => make("li", {}, sentence(one)))),
      t("What stands below was written to you or by you, and is proven. Nothing new is sealed here: it could be read by somebody who has left. Ask the office in one of the other ways, and tell somebody outside it what you see here."),
      otherWays(frame));
    said.setAttribute("role", "alert");
    return said;
  }
  return foreign ? notice("warning", t("What this page kept for you last time does not open"),
    t("So what the server shows today cannot be held against what it showed then. Whoever runs the server, or somebody who has read your report, may have put something else in its place.")) : null;
}

function sentence({ code, numbers }: Changed): string {
  const told = numbers === undefined ? "" : ` ${t("Seen before: number {before}. Shown now: number {now}.", numbers)}`;
  switch (code) {
    case "root-fork": return t("It is another office under the same address: its first root key is not the one of your last visit.");
    case "root-chain": return t("The root keys of the office are older ones, or others, than on your last visit.") + told;
    case "charter-older": return t("The list of people and keys is an older one than you have seen before.") + told;
    case "sheet-old": return t("The desk's key is an older one than you have seen before.") + told;
    case "document-fork": return t("The server shows two different documents under one number.");
  }
}
