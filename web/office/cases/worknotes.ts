/** The dialogs of daily work: a task, an entry of the chronology, evidence, a letter. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, newId } from "../../elements/make.js";
import { printSheet } from "../../elements/print.js";
import { t } from "../../elements/words.js";
import { ADDRESSEES, LETTERS } from "../../seal/casenotes.js";
import { personName, readersNow } from "../arrivals/names.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import { begunWith, button, cancel, field, form, submit, type Field } from "../fields.js";
import { choice } from "./triage.js";
import { addresseeWord, letterText, letterWord } from "./workwords.js";
import type { ShownEvent, ShownTask, WorkNote } from "./worktypes.js";

/** A note to be sealed, with its words; they are in the page's language unless `language` says another. */
export interface Noted {
  readonly note: WorkNote;
  readonly text: string;
  readonly language?: string;
}

const TEXT_MAX = 4000;

/** @param before - the task that is changed; without it a new one is made */
export function askTask(story: Story, facts: Facts, before?: ShownTask): Promise<Noted | null> {
  return openDialog<Noted>(before === undefined ? t("Add a task") : t("Change the task"), (close) => {
    const text = field({ label: t("What is to be done"), rows: 3, maxlength: TEXT_MAX, value: before?.text ?? "" });
    const people = readersNow(facts, story).map(({ id }) => id);
    const who = choice(t("Who does it"), ["", ...people], (id) => id === "" ? t("nobody yet") : personName(facts, id), before?.who ?? facts.me.id);
    const due = dayField(t("By when (optional)"), before?.due ?? "");
    return asked(text, t("Please say what is to be done."), () => { close({ note: { kind: "task", id: before?.id ?? "", who: who.value(), due: due.value(), done: before?.done ?? false }, text: text.value().trim() }); },
      text.element, who.element, due.element, keep());
  });
}

/** @param before - the entry that is changed or taken out */
export function askEvent(facts: Facts, before?: ShownEvent): Promise<Noted | null> {
  return openDialog<Noted>(before === undefined ? t("Add to the chronology") : t("Change the chronology"), (close) => {
    const text = field({ label: t("What happened"), rows: 3, maxlength: TEXT_MAX, value: before?.text ?? "" });
    const on = dayField(t("On which day it happened"), before?.day ?? "");
    const note = (struck: boolean): Noted => ({ note: { kind: "event", id: before?.id ?? "", day: on.value(), struck }, text: text.value().trim() });
    const made: HTMLFormElement = asked(text, t("Please say what happened."), () => {
      if (on.value() !== "" && on.value() <= facts.today) close(note(false));
      else showFaults(made, [{ field: on.id, message: t("Please give the day on which it happened; it cannot lie ahead.") }]);
    }, text.element, on.element,
    before === undefined ? null : button(t("Take it out"), () => { close({ ...note(true), note: { kind: "event", id: before.id, day: before.day, struck: true } }); }, "link"),
    make("p", { class: "hint" }, t("It stands in the chronology by this day, whenever it was written. What was written before stays in the story.")), keep());
    return made;
  });
}

/** @param files - of the thread, that are not evidence yet */
export function askEvidence(files: readonly AttachedFile[]): Promise<Noted | null> {
  return openDialog<Noted>(t("Add evidence"), (close) => {
    const file = choice(t("What is it?"), ["", ...files.map(({ blob }) => blob)],
      (blob) => blob === "" ? t("An object or paper outside this page") : files.find((one) => one.blob === blob)?.name ?? "", files[0]?.blob ?? "");
    const text = field({ label: t("What it shows; for an object also where it lies and who has it"), rows: 3, maxlength: TEXT_MAX });
    return asked(text, t("Please describe it."), () => { close({ note: { kind: "evidence", id: "", blob: file.value(), struck: false }, text: text.value().trim() }); },
      file.element, text.element,
      make("p", { class: "hint" }, t("For a file its fingerprint is kept with it, and from now on everybody who opens it stands here with the day. That is so for every file, whether it is evidence or not.")), keep());
  });
}

export function askLetter(story: Story, facts: Facts): Promise<Noted | null> {
  return openDialog<Noted>(t("Write a letter"), (close) => {
    const template = choice(t("What it is for"), LETTERS, letterWord, "hearing");
    const to = choice(t("To"), ADDRESSEES, addresseeWord, "concerned");
    const text = field({ label: t("The letter"), rows: 9, maxlength: TEXT_MAX, value: letterText("hearing") });
    const sent = dayField(t("Day on which it goes out"), facts.today);
    template.element.addEventListener("change", begunWith(text, () => letterText(template.value())));
    return asked(text, t("Please write the letter."), () => {
      close({ note: { kind: "letter", template: template.value(), to: to.value(), day: sent.value() || facts.today }, text: text.value().trim() });
    }, template.element, to.element, text.element, sent.element,
    make("p", { class: "hint" }, story.answerable
      ? t("For anybody whom the mailbox does not reach. What goes to the reporting person is safest as an answer there; “Choose a question” gives it in their language. No letter leaves this page by itself: print it, and what was sent is kept sealed in the case.")
      : t("No letter leaves this page by itself: print it, and what was sent is kept sealed in the case.")),
    make("p", {}, button(t("Print it"), () => { printSheet(make("p", { class: "written" }, text.value()), t("Letter")); }, "button secondary")), keep());
  });
}

function asked(text: Field, missing: string, done: () => void, ...children: readonly (HTMLElement | null)[]): HTMLFormElement {
  const made = form(() => {
    clearFaults(made);
    if (text.value().trim() === "") showFaults(made, [{ field: text.id, message: missing }]);
    else done();
  }, ...children);
  return made;
}

function keep(): HTMLElement {
  return make("div", { class: "actions" }, submit(t("Keep it")), cancel());
}

function dayField(label: string, value: string): { readonly element: HTMLElement; readonly id: string; value(): string } {
  const id = newId();
  const input = make("input", { type: "date", id, class: "medium" });
  input.value = value;
  return { element: make("div", { class: "field" }, make("label", { for: id }, label), input), id, value: () => input.value };
}
