/** The dialogs of protection: the situation, a measure and its review, what was done to them, a claim. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, newId, type Child } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { CLAIMS, FORMS, GROUNDS, MEASURES, PROTECTED, SITUATIONS } from "../../seal/protecting.js";
import { personName, readersNow } from "../arrivals/names.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import { riskWord } from "../cases/words.js";
import { choice } from "../cases/triage.js";
import type { Facts } from "../facts.js";
import { cancel, field, form, submit, type Field } from "../fields.js";
import type { ProtectingNote, ShownClaim, ShownMeasure, ShownRetaliation } from "./types.js";
import { claimWord, formWord, groundsWord, measureWord, whomWord } from "./words.js";

/** A step to be sealed; its words are in the page's language unless `language` says another. */
export interface Step {
  readonly note: ProtectingNote;
  readonly text: string;
  readonly language?: string;
  /** From when the mailbox reminds; empty: it does not. */
  readonly offer: string;
}

const TEXT_MAX = 4000;
const REVIEW_DAYS = 30;
const MOST_DAYS = 366;

/** @param offer - the day that is set now, or empty */
export function askSituation(story: Story, offer: string, facts: Facts): Promise<Step | null> {
  const { situation } = story.protection;
  return openDialog<Step>(t("How dangerous is the situation?"), (close) => {
    const danger = choice(t("Danger"), SITUATIONS, riskWord, situation?.danger ?? "some");
    const text = field({ label: t("Why: who could do what, and who knows of the report"), hint: t("The situation is assessed, nobody is rated. Sealed for those who are assigned."), rows: 4, maxlength: TEXT_MAX, value: situation?.text ?? "" });
    const remind = dayField(t("From when their mailbox reminds them that they can tell what happened (optional)"), offer,
      t("The machine says the day and nothing of a measure. This day and that of the next review are all that the server knows."));
    return asked([needed(text, t("Please write why.")), day(remind, (on) => on === "" || on === offer || within(on, facts.today))],
      () => { close({ note: { kind: "situation", danger: danger.value() }, text: words(text), offer: remind.value() }); },
      danger.element, text.element, remind.element);
  });
}

export function askMeasure(story: Story, offer: string, facts: Facts): Promise<Step | null> {
  return openDialog<Step>(t("Add a measure"), (close) => {
    const measure = choice(t("What is done"), MEASURES, measureWord, "identity-apart");
    const whom = choice(t("For whom"), PROTECTED, whomWord, "reporter");
    const grounds = choice(t("Why it is done"), GROUNDS, groundsWord, story.protection.asks.length === 0 ? "own-motion" : "request");
    const people = readersNow(facts, story).map(({ id }) => id);
    const who = choice(t("Who answers for it"), people, (id) => personName(facts, id), people.find((id) => id === facts.me.id) ?? people[0] ?? facts.me.id);
    const text = field({ label: t("What exactly"), rows: 3, maxlength: TEXT_MAX });
    const begins = dayField(t("From which day"), facts.today);
    const review = dayField(t("Looked at again by"), after(facts.today, REVIEW_DAYS), t("Whether it still fits. No measure is without such a day; who is assigned sees it on Today, and a late one cannot be hidden."));
    return asked([needed(text, t("Please write what exactly is done.")), day(begins, (on) => on !== ""),
      day(review, (on) => within(on, facts.today) && on >= begins.value())],
    () => {
      close({
        note: { kind: "measure", id: "", measure: measure.value(), whom: whom.value(), grounds: grounds.value(), who: who.value(), begins: begins.value(), review: review.value(), ended: "" },
        text: words(text), offer,
      });
    }, measure.element, whom.element, grounds.element, who.element, text.element, begins.element, review.element,
    make("p", { class: "hint" }, t("They see no note: tell them in an answer what is done.")));
  });
}

const COMES = ["stays", "ends"] as const;

/** Somebody has looked at a measure: it stays for a time, or it ends. */
export function askReview(before: ShownMeasure, offer: string, facts: Facts): Promise<Step | null> {
  return openDialog<Step>(t("Look at it again: {measure}", { measure: measureWord(before.measure) }), (close) => {
    const comes = choice(t("What comes of it"), COMES, (one) => one === "stays" ? t("It stays") : t("It ends today"), "stays");
    const text = field({ label: t("What exactly; where it ends, why"), rows: 3, maxlength: TEXT_MAX, value: before.text });
    const review = dayField(t("Looked at again by"), later(after(facts.today, REVIEW_DAYS), before.begins));
    comes.element.addEventListener("change", () => { review.element.hidden = comes.value() === "ends"; });
    const { kind, id, measure, whom, grounds, who, begins } = before;
    return asked([needed(text, t("Please write what exactly is done, or why it ends.")),
      day(review, (on) => comes.value() === "ends" || (within(on, facts.today) && on >= begins))],
    () => {
      const ends = comes.value() === "ends";
      close({
        note: { kind, id, measure, whom, grounds, who, begins, review: ends ? before.review : review.value(), ended: ends ? facts.today : "" },
        text: words(text), ...(words(text) === before.text && { language: before.language }), offer,
      });
    }, comes.element, text.element, review.element);
  });
}

/** @param files - of the thread, one of which may show it */
export function askRetaliation(files: readonly AttachedFile[], offer: string, facts: Facts): Promise<Step | null> {
  return openDialog<Step>(t("What was done to them"), (close) => {
    const on = dayField(t("On which day"), "");
    const how = choice(t("What kind"), FORMS, formWord, "harassment");
    const text = field({ label: t("What happened, who saw it"), rows: 4, maxlength: TEXT_MAX });
    const file = choice(t("A file that shows it"), ["", ...files.map(({ blob }) => blob)], (blob) => files.find((one) => one.blob === blob)?.name ?? t("none"), "");
    return asked([day(on, (value) => value !== "" && value <= facts.today), needed(text, t("Please say what happened."))],
      () => { close({ note: { kind: "retaliation", id: "", day: on.value(), form: how.value(), blob: file.value(), struck: false }, text: words(text), offer }); },
      on.element, how.element, text.element, files.length === 0 ? null : file.element,
      make("p", { class: "hint" }, t("Kept in the order of days, for the time when others have to show that it was not because of the report.")));
  });
}

export function struck({ kind, id, day: on, form: how, text, language }: ShownRetaliation, offer: string): Step {
  return { note: { kind, id, day: on, form: how, blob: "", struck: true }, text, language, offer };
}

/** @param before - the claim that moves on; without it a new one is noted */
export function askClaim(before: ShownClaim | undefined, offer: string): Promise<Step | null> {
  return openDialog<Step>(t("A loss to be made good"), (close) => {
    const state = choice(t("How it stands"), CLAIMS, claimWord, before?.state ?? "asked");
    const text = field({ label: t("What for, and what was decided"), rows: 3, maxlength: TEXT_MAX, value: before?.text ?? "" });
    return asked([needed(text, t("Please write what for."))],
      () => { close({ note: { kind: "compensation", id: before?.id ?? "", state: state.value() }, text: words(text), offer }); }, state.element, text.element);
  });
}

interface DayField {
  readonly element: HTMLElement;
  readonly id: string;
  value(): string;
}

/** Whether a field holds, by its id, and what is said where it does not. */
interface Wanted {
  readonly field: string;
  readonly message: string;
  readonly holds: () => boolean;
}

function needed(text: Field, message: string): Wanted {
  return { field: text.id, message, holds: () => words(text) !== "" };
}

function day(on: DayField, holds: (on: string) => boolean): Wanted {
  return { field: on.id, message: t("Please give a day that fits: no review lies in the past, nor more than a year ahead, and nothing that happened lies ahead."), holds: () => holds(on.value()) };
}

function asked(wanted: readonly Wanted[], done: () => void, ...children: readonly Child[]): HTMLFormElement {
  const made = form(() => {
    const faults = wanted.filter(({ holds }) => !holds());
    clearFaults(made);
    if (faults.length > 0) showFaults(made, faults);
    else done();
  }, ...children, make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
  return made;
}

function words(text: Field): string {
  return text.value().trim();
}

function dayField(label: string, value: string, hint = ""): DayField {
  const id = newId();
  const input = make("input", { type: "date", id, class: "medium", "aria-describedby": hint === "" ? null : `${id}-hint` });
  input.value = value;
  const element = make("div", { class: "field" }, make("label", { for: id }, label), hint === "" ? null : make("p", { class: "hint", id: `${id}-hint` }, hint), input);
  return { element, id, value: () => input.value };
}

function within(on: string, today: string): boolean {
  return on >= today && on <= after(today, MOST_DAYS);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

/** So many days after a day, `YYYY-MM-DD`. */
function after(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
