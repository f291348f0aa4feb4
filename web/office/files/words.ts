/** What is said of files: their kinds, why one is not shown, and whether it is what was sent. */
import { language, t } from "../../elements/words.js";
import type { AttachedFile } from "../arrivals/types.js";
import type { Checked } from "../../workers/files/openfile.js";
import { WorkerRefusal } from "../worker.js";
import type { How } from "./kinds.js";

/** The kind of a file in a word or two. */
export function kindWords(how: How): string {
  switch (how) {
    case "picture": return t("picture");
    case "document": return t("PDF document");
    case "video": return t("video");
    case "audio": return t("sound");
    case "other": return t("another kind of file");
  }
}

/** What the sender's device called its type, where that says more than the kind. */
export function typeWords({ said, type }: AttachedFile): string {
  return said === "other" && type !== "" ? t("said to be {type}", { type }) : kindWords(said);
}

/** Why a file is not shown although its button was pressed: it begins like something else than it was said to be. */
export function otherwiseWords(said: How, seen: How): string {
  return seen === "other"
    ? t("It was said to be: {said}. It does not begin as one does, so it was not opened: it may be damaged, or something else under a false name. You can save it; open it only where it can do no harm.", { said: kindWords(said) })
    : t("It was said to be: {said}. What is inside begins as: {seen}. Nothing of it was shown. You can save it; open it only where it can do no harm.", { said: kindWords(said), seen: kindWords(seen) });
}

/** Why a viewer did not show a file. */
export function refusedWords(why: "points" | "broken" | "locked" | "large" | "stopped" | "frame"): string {
  switch (why) {
    case "points": return t("This picture says that it has more than a hundred million points. Some files say so to bring a computer to a stop, so it is not shown here. You can save it.");
    case "broken": return t("It could not be shown: it is damaged, or made in a way that this viewer does not know. You can save it.");
    case "locked": return t("This document is locked with a password, which is asked for nowhere here. You can save it and open it elsewhere.");
    case "large": return t("It is too large to be shown here: the viewer holds the whole of a file in memory. You can save it.");
    case "stopped": return t("The viewer stopped answering and was ended: the file asked for more than it gives. Nothing else was touched. You can save it.");
    case "frame": return t("Files cannot be shown in this page yet. Please load it anew, sign in, and try again.");
  }
}

/** Whether the whole is what was sent. */
export function checkedWords(checked: Checked): string {
  switch (checked) {
    case "yes": return t("Checked: it is what was sent.");
    case "no": return t("It is not what was sent. Do not rely on it, keep this report as it is, and tell a lead.");
    case "not yet": return t("Not all of it has been read yet, so the whole is not checked. Each piece that you see was checked when it was opened.");
  }
}

/** What is said where a piece of a file could not be had. */
export function troubleWords(error: unknown): string {
  if (!(error instanceof WorkerRefusal)) throw error;
  switch (error.code) {
    case "age-header": case "age-mac": case "age-payload": case "attachment-size": case "not-mine":
      return t("A part of this file was changed or cut off after it was sealed. What is broken is not shown. Keep this report as it is, and tell a lead.");
    case "attachment-hash": return checkedWords("no");
    case "file-offline": return t("The server did not answer. Nothing was lost; please try again.");
    case "file-gone": return t("The server has this file no more, or does not give it to you.");
    case "file-large": return refusedWords("large");
    case "locked": return t("Your keys were locked, so the file was closed.");
    case "file-closed": case "not-open": return t("The file was closed. Please open the report again.");
    default: return error.sentence;
  }
}

/** A part of the whole, from 0 to 1, as the language writes it. */
export function percent(part: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(Math.floor(part * 100) / 100);
}
