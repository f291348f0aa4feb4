/** Asks what is needed to open a mailbox for somebody. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { languageName } from "../arrivals/names.js";
import type { GoingFile, Story } from "../arrivals/types.js";
import { candidates, choice, LEAST, shown } from "../cases/triage.js";
import type { Facts } from "../facts.js";
import { cancel, checkboxes, field, form, submit } from "../fields.js";
import { LETTER_LANGUAGES } from "./texts.js";
import { purposeWord, type Purpose } from "./words.js";

/** What a helper outside gets, and until when. */
export interface Outside {
  /** The last day on which their words open it. */
  readonly until: string;
  /** What they said of conflicts of interest and of confidence: a note of the case alone. */
  readonly recorded: string;
  readonly document?: { readonly text: string; readonly language: string } | undefined;
  readonly file?: GoingFile | undefined;
}

/** A mailbox as a member wishes it. */
export interface WishedMailbox {
  readonly purpose: Purpose;
  readonly language: string;
  readonly text: string;
  readonly people: readonly string[];
  /** Of a helper's mailbox alone. */
  readonly outside?: Outside;
}

/** What is settled before the question is put. */
export interface Given {
  /** Purposes to choose from; one alone is not asked. */
  readonly purposes: readonly Purpose[];
  /** The first message, where others have agreed to it: it is shown and cannot be changed here, nor can its language, which is the letter's. */
  readonly fixed?: { readonly text: string; readonly language: string };
}

/** Null where it is left. The people assigned to the case are offered first; others of the office can be. */
export function askMailbox(story: Story, facts: Facts, given: Given): Promise<WishedMailbox | null> {
  const [only = "helper"] = given.purposes;
  return openDialog<WishedMailbox>(given.purposes.length === 1 ? purposeWord(only) : t("Open a mailbox for somebody"), (close) => {
    const purpose = choice(t("What for?"), given.purposes, purposeWord, only);
    // The letter leads to the notice: in another language than that, somebody would be told in words that are not theirs.
    const { fixed } = given;
    const language = choice(t("Language of the letter"), fixed === undefined ? LETTER_LANGUAGES : [nearestOf(fixed.language)], languageName, nearestOf((fixed ?? story).language));
    const text = field({ label: t("What they read first"), hint: t("Sealed for them and for the people below. Never a word by which somebody could tell who reported."), rows: 6, maxlength: 8000 });
    const assigned = new Set(story.case?.people ?? []);
    const people = checkboxes(t("Who reads what they write (two at least)"), candidates(story, facts, story.case?.barred ?? [])
      .map((one) => ({ key: one.id, label: shown(one, facts), on: assigned.has(one.id) })));
    const made = form(() => {
      const words = given.fixed?.text ?? text.value().trim(), chosen = people.value();
      const faults = [
        ...(words === "" ? [{ field: text.id, message: t("Please write what they read first.") }] : []),
        ...(chosen.length < LEAST || !chosen.includes(facts.me.id) ? [{ field: people.id, message: t("Two people at least read it, and you are one of them.") }] : []),
      ];
      clearFaults(made);
      if (faults.length > 0) showFaults(made, faults);
      else close({ purpose: purpose.value(), language: language.value(), text: words, people: chosen });
    },
    given.purposes.length === 1 ? null : purpose.element,
    given.fixed === undefined ? null : make("div", { class: "card quiet" }, make("h3", {}, t("What they read first")), make("p", { class: "written", dir: "auto", lang: given.fixed.language }, given.fixed.text),
      make("p", { class: "hint" }, t("The letter is in the language of the notice. For another language, draft another notice."))),
    language.element, given.fixed === undefined ? text.element : null, people.element,
    make("p", { class: "hint" }, t("Your browser makes a code and a key. The letter with the code is shown once. That this mailbox belongs to this case stands in a sealed note, and nowhere on the server.")),
    make("div", { class: "actions" }, submit(t("Open the mailbox")), cancel()));
    return made;
  });
}

/** The language of a letter that comes nearest to this one. */
export function nearestOf(language: string): string {
  return LETTER_LANGUAGES.find((one) => one.split("-")[0] === language.split("-")[0]) ?? "en";
}
