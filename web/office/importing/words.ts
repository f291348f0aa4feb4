/** What is said of an exported case that was opened again, or was not. */
import { day, t, tn } from "../../elements/words.js";
import type { ExportFound } from "../../workers/importing.js";
import type { Compared } from "../../workers/reports/exported.js";
import { sentenceOf } from "../telling.js";
import { WorkerRefusal } from "../worker.js";

/** What has become here of the case, as the office's door says. */
export interface Standing {
  readonly state: "yours" | "others" | "deleted" | "missing" | "taken";
  readonly deleted: string | null;
  readonly unreadable: string | null;
  readonly erased: readonly string[];
  /** The case that was taken in of it, where it is this member's. */
  readonly case: string | null;
}

/** One sentence, and how grave it is. */
export interface Said {
  readonly kind: "notice plain" | "notice warning" | "notice danger";
  readonly text: string;
}

export function standingWords({ state, deleted, unreadable }: Standing): Said {
  switch (state) {
    case "yours": return { kind: "notice plain", text: t("This case stands here, and you are assigned to it.") };
    case "others": return { kind: "notice warning", text: t("This case is not yours to read here, so the workbench does not show it. Whoever has a file and its words can open it with other programs; nobody can prevent that. Tell the people assigned, or a lead, that you have it.") };
    case "deleted": return { kind: "notice danger", text: t("Two people deleted this case on {day}. It does not come back: the workbench neither shows it nor takes it in. The certificate says that no copy of the office can be read from {last} on, and this file is one. Whoever still has it can open it with other programs, which nobody can prevent: destroy the file and its words wherever they lie.", { day: day(deleted ?? ""), last: day(unreadable ?? "") }) };
    case "taken": return { kind: "notice plain", text: t("The office did not know this case any more, and it was taken in as a case of its own. You hold it: read it there.") };
    case "missing": return { kind: "notice danger", text: t("The office's server knows nothing of this case, neither that it stands here nor that it was deleted. That can be so after an older copy was restored: tell whoever looks after the server. The file is shown to be read, and those for whom it was sealed can take it in as a case of its own.") };
  }
}

/** Whether the published record holds the act; that of a day comes out in the night after it. */
export function keptWords({ kept, promised }: Pick<ExportFound, "kept" | "promised">, today: string): Said {
  if (kept) return { kind: "notice plain", text: t("The published record of {day} holds that.", { day: day(promised) }) };
  if (promised >= today) return { kind: "notice plain", text: t("The office has promised to have that in its record of {day}, which comes out the night after.", { day: day(promised) }) };
  return { kind: "notice warning", text: t("The office has promised to have that in its record of {day}, and the published record does not show it. Tell oversight and whoever looks after the server.", { day: day(promised) }) };
}

/** Whether what stands here is what is in the file. */
export function comparedWords({ missing, other, newer }: Compared): readonly Said[] {
  const out: Said[] = [];
  if (missing.length > 0) out.push({ kind: "notice danger", text: tn("{n} entry of the file is not here any more. Tell oversight and whoever looks after the server.", "{n} entries of the file are not here any more. Tell oversight and whoever looks after the server.", missing.length) });
  if (other.length > 0) out.push({ kind: "notice danger", text: tn("In the place of {n} entry of the file something else lies here. Tell oversight and whoever looks after the server.", "In the places of {n} entries of the file something else lies here. Tell oversight and whoever looks after the server.", other.length) });
  if (out.length === 0) out.push({ kind: "notice plain", text: t("All that is in the file stands here unchanged.") });
  if (newer > 0) out.push({ kind: "notice plain", text: tn("{n} entry has come here since and is not in the file.", "{n} entries have come here since and are not in the file.", newer) });
  return out;
}

/** Why a file was not opened. */
export function refusedWords(error: unknown): string {
  return (error instanceof WorkerRefusal ? refusal(error.code) : undefined) ?? sentenceOf(error);
}

function refusal(code: string): string | undefined {
  switch (code) {
    case "not-mine": case "age-identity": return t("These words, or this key, do not open this file. Please compare them with what was written down.");
    case "age-header": case "age-mac": case "age-payload": return t("This is no sealed case, or the file was altered or cut off. Nothing of it is shown.");
    case "archive": case "archive-name": case "archive-size": case "export-files": case "export-hash": case "export-part":
      return t("What is sealed in this file is not a case as this program exports it, or was altered. Nothing of it is shown.");
    case "export-size": return t("This file is larger than an exported case can be, or more was written in it than a page can open: then “fairline open” opens it in a terminal.");
    case "export-foreign": return t("This is the export of another office. Only exports of this office are opened here; “fairline open” opens it in a terminal. A case that another office hands to yours comes as a referral.");
    case "export-documents": return t("The file holds documents that this office's own do not lead to. If the office has signed a new charter today, lock and unlock first; else tell whoever gave you the file, and a lead.");
    case "export-act": case "promise-signature": case "promise-shape": case "act-shape":
      return t("The office's record names no such export: the file was put together by somebody else, or altered. Nothing of it is shown.");
    case "taken-none": case "taken-other": return t("The file in this case is not the export that its first note names. Nothing of it is shown. Tell whoever took it in, and a lead.");
    case "import-people": return t("You are not among the people for whom this case was sealed, so the workbench does not show it. Whoever has a file and its words can open it with other programs; nobody can prevent that.");
    default: return code.startsWith("json-") ? t("What is sealed in this file is not a case as this program exports it, or was altered. Nothing of it is shown.") : undefined;
  }
}
