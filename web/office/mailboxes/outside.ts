/** Asks what goes to a helper outside the office: one document, a task, a last day, and what they said before they get it. */
import { plusDays } from "../../elements/days.js";
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, newId } from "../../elements/make.js";
import { day, size, t } from "../../elements/words.js";
import { COPY_DAYS, REFERRED_FILES_MAX } from "../../seal/limits.gen.js";
import { languageName } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import { DocumentChoice, documentsOf } from "../cases/documents.js";
import { candidates, choice, LEAST, shown } from "../cases/triage.js";
import type { Facts } from "../facts.js";
import type { Look } from "../files/looking.js";
import { cancel, checkboxes, field, form, submit } from "../fields.js";
import { nearestOf, type WishedMailbox } from "./asking.js";
import { LETTER_LANGUAGES } from "./texts.js";

const USUAL_DAYS = 14;

/** A case that was taken in begins without a word of its own. */
function nothingToGive(): Promise<null> {
  return openDialog<null>(t("Give a document to somebody outside the office"), () => [
    make("p", {}, t("Nothing stands in this case yet that could be given. Write a note first.")),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button secondary", autofocus: true }, t("Close"))),
  ]);
}

/**
 * Null where it is left, or nothing can be given.
 *
 * @param look - opens a file to be looked at; resolves when it is closed
 */
export function askOutside(story: Story, facts: Facts, look: Look): Promise<WishedMailbox | null> {
  // A file is read whole and sealed anew for them: a film goes another way.
  const documents = documentsOf(story).filter(({ file }) => file === undefined || file.size <= REFERRED_FILES_MAX);
  const [first] = documents;
  if (first === undefined) return nothingToGive();
  return openDialog<WishedMailbox>(t("Give a document to somebody outside the office"), (close) => {
    const document = new DocumentChoice(documents, first, look, false);
    const task = field({ label: t("What they read first"), hint: t("What is to be done with it. Sealed for them and for the people below. Never a word by which somebody could tell who reported."), rows: 4, maxlength: 8000 });
    const tag = choice(t("Language of the letter"), LETTER_LANGUAGES, languageName, nearestOf(story.language));
    const untilId = newId();
    const until = make("input", { type: "date", id: untilId, min: facts.today, max: plusDays(facts.today, COPY_DAYS) });
    until.value = plusDays(facts.today, USUAL_DAYS);
    const recorded = field({ label: t("Who they are, and what they said of conflicts of interest and of keeping it to themselves"), hint: t("A note of this case: sealed, and read by who is assigned alone."), rows: 3, maxlength: 2000 });
    const surely = make("input", { type: "checkbox", id: newId() });
    const assigned = new Set(story.case?.people ?? []);
    const people = checkboxes(t("Who reads what they write (two at least)"), candidates(story, facts, story.case?.barred ?? [])
      .map((one) => ({ key: one.id, label: shown(one, facts), on: assigned.has(one.id) })));
    const made = form(() => {
      const chosen = people.value(), unseen = document.fault();
      const faults = [
        ...(unseen === null ? [] : [unseen]),
        ...(task.value().trim() === "" ? [{ field: task.id, message: t("Please write what they read first.") }] : []),
        ...(until.value < facts.today || until.value > plusDays(facts.today, COPY_DAYS) ? [{ field: untilId, message: t("Please give a day from today on, within three months.") }] : []),
        ...(recorded.value().trim() === "" ? [{ field: recorded.id, message: t("Please note who they are and what they said.") }] : []),
        ...(surely.checked ? [] : [{ field: surely.id, message: t("Without that nobody outside gets a document.") }]),
        ...(chosen.length < LEAST || !chosen.includes(facts.me.id) ? [{ field: people.id, message: t("Two people at least read it, and you are one of them.") }] : []),
      ];
      clearFaults(made);
      if (faults.length > 0) {
        showFaults(made, faults);
        return;
      }
      const { text, language, file } = document.chosen();
      close({
        purpose: "helper", language: tag.value(), text: task.value().trim(), people: chosen,
        outside: { until: until.value, recorded: recorded.value().trim(), ...(file === null ? { document: { text, language } } : { file }) },
      });
    }, ...document.elements, task.element, tag.element,
    make("div", { class: "field" }, make("label", { for: untilId }, t("Last day on which they can read it")), until),
    recorded.element,
    make("div", { class: "field" }, make("label", { class: "choice", for: surely.id }, surely, make("span", {}, t("They have said that they have no conflict of interest, and are bound to keep it to themselves.")))),
    people.element,
    make("p", { class: "hint" }, t("They get a letter with a code, read this and nothing else of the case, and answer there. After the last day the server opens it for nobody outside. That a document went out stands in the record, without a name. Whoever reads can copy: a file that their page cannot show is saved on their device, and a screen can be photographed. A file goes up to {most}.", { most: size(REFERRED_FILES_MAX) })),
    make("div", { class: "actions" }, submit(t("Open the mailbox")), cancel()));
    return made;
  });
}

/** What stands beside a helper's mailbox: its last day. */
export function endingWords(until: string, today: string): string {
  return until < today ? t("It has ended: its words open nothing any more. You still read here what was written; close the mailbox when you need it no more.") : t("It ends for them after {day}.", { day: day(until) });
}
