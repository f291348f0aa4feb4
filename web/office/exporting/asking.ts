/** The dialogs by which a case is taken out as one file. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { size, t, tn } from "../../elements/words.js";
import { EXPORT_REASONS, type ExportReason } from "../../seal/exportedcase.js";
import { EXPORTED_FILES_MAX } from "../../seal/limits.gen.js";
import { checkRecipient } from "../../seal/recipients.js";
import { choice } from "../cases/triage.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { reasonWord } from "./words.js";

const MOST_RECIPIENTS = 10;
const WAYS = ["words", "recipients"] as const;

export interface ExportWish {
  readonly reason: ExportReason;
  readonly words: string;
  /** Empty: words are made for it. */
  readonly recipients: readonly string[];
}

export function askExport(): Promise<ExportWish | null> {
  return openDialog<ExportWish>(t("Export this case"), (close) => {
    const reason = choice(t("Why it is taken out"), EXPORT_REASONS, reasonWord, EXPORT_REASONS[0]);
    const words = field({ label: t("Which court, which rule, who asked"), hint: t("It stands in the file and in the case, for whoever reads them. The public record has only the reason above."), rows: 3, maxlength: 2000 });
    const way = choice(t("What opens the file"), WAYS, (one) => (one === "words" ? t("Eight words that this page makes") : t("Keys of whoever receives it (age)")), "words");
    const keys = field({ label: t("Their public keys, one a line"), hint: t("Each begins with age1pq1. Older keys that begin with age1 alone are not taken: what is sealed to them may be read one day."), rows: 3, classes: "code" });
    keys.element.hidden = true;
    way.element.addEventListener("change", () => { keys.element.hidden = way.value() === "words"; });
    const made = form(() => {
      clearFaults(made);
      const said = words.value().trim(), recipients = way.value() === "words" ? [] : keys.value().split(/\s+/u).filter((one) => one !== "");
      const faults = [
        ...said === "" ? [{ field: words.id, message: t("Please write why: whoever sees this later must understand it.") }] : [],
        ...way.value() === "recipients" && !areRecipients(recipients) ? [{ field: keys.id, message: t("One of these is no public key of this kind. Each begins with age1pq1; ten at most.") }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else close({ reason: reason.value(), words: said, recipients });
    },
    make("p", {}, t("One sealed file with everything that you may read here: a page to read, what was written with its proofs, and the attachments up to {most} in all, as they stand in the case; what does not fit is named. If the case was itself taken in from a file, that file goes first. Your colleagues see that you did it; the office's record names you, the case and this reason.", { most: size(EXPORTED_FILES_MAX) })),
    reason.element, words.element, way.element, keys.element,
    make("p", { class: "hint" }, t("Once the file has left, nobody can take it back, and a deletion of the case does not reach it.")),
    make("div", { class: "actions" }, submit(t("Export this case")), cancel()));
    return made;
  });
}

/** Shows the words, which stand nowhere else, before the file is saved. */
export function showExport(file: Blob, name: string, words: readonly string[], left: number): Promise<null> {
  const address = URL.createObjectURL(file.slice(0, file.size, "application/octet-stream"));
  return openDialog<null>(t("The case is sealed"), () => [
    words.length === 0 ? make("p", {}, t("Only the keys that you gave open it."))
      : [make("p", {}, t("These eight words open it, and nothing else does. Write them down now and keep them apart from the file: they are shown once.")),
        make("p", { class: "code", id: "export-words", dir: "ltr", lang: "en" }, words.join(" "))],
    left === 0 ? null : make("p", { class: "notice warning" }, tn("{n} file was too large or is not there any more, and is not in it. It is named in the page to read.", "{n} files were too large or are not there any more, and are not in it. They are named in the page to read.", left)),
    make("p", { class: "hint" }, t("Any program for age files opens it and finds a ZIP archive in it; “fairline open” also holds it against the office's fingerprint.")),
    make("div", { class: "actions" }, make("a", { class: "button", href: address, download: name, id: "save-export" }, t("Save the file ({size})", { size: size(file.size) })),
      done()),
  ]).finally(() => { URL.revokeObjectURL(address); });
}

function done(): HTMLButtonElement {
  const made = button(t("Done"), () => { made.closest("dialog")?.close(); }, "button secondary");
  return made;
}

function areRecipients(texts: readonly string[]): boolean {
  try {
    return texts.length > 0 && texts.length <= MOST_RECIPIENTS && texts.every((one) => checkRecipient(one) === one);
  } catch {
    return false;
  }
}
