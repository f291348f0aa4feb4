/** What is left of a case that the office has deleted: this mailbox, for the time that was told when it was sent. */
import { day, t } from "../../elements/words";
import type { MachineNotice } from "../../ledger/promises";
import { notice } from "../frame";

/** Whether nobody at the office can read what is here any more: nothing is written in it, and no words are renewed. */
export function isDeleted(status: string): boolean {
  return status === "deleted";
}

/** Nothing where it was not deleted. */
export function deletedNotice(status: string, notices: readonly MachineNotice[]): HTMLElement | null {
  if (!isDeleted(status)) return null;
  const dates = notices.find((one) => one.code === "deleted")?.dates;
  const until = dates?.get("until");
  return notice("plain", t("The office has deleted this case"),
    dates === undefined ? null : t("Two people of the office deleted it on {day}, because the time for keeping it was over. Nobody there can read it any more, and no file of it is left.", { day: day(dates.get("day") ?? "") }),
    until === undefined ? null : t("Your words open this mailbox until {day}, as you were told when you sent your report. Then it is deleted, too. Print or copy now what you want to keep.", { day: day(until) }),
    t("Nothing can be written here any more. If something new happens, please send a new report."));
}
