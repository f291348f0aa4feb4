/** The dialogs by which a case ends, and by which reports are set aside. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { outcomeWord } from "../../elements/outcome.js";
import { day, t } from "../../elements/words.js";
import { carries, SOURCES, type Source } from "../../seal/casenotes.js";
import { CONCERNS, OUTCOMES, type Amounts, type Outcome, type Slip } from "../../seal/closing.js";
import type { Arrival, Story, TriageEntry } from "../arrivals/types.js";
import { countedProtection } from "../protecting/counted.js";
import { cancel, checkboxes, field, form, submit, type Field } from "../fields.js";
import { isNobodys, TAKEN_IN } from "../mailboxes/words.js";
import { choice, type Choice } from "./triage.js";
import { sourceWord } from "./workwords.js";
import { ASIDE_REASONS, asideWord, concernWord, type AsideReason } from "./words.js";

/** In the order in which they are asked. */
const ASKED = ["seen", "document", "second", "told"] as const;

export interface Ended {
  readonly slip: Slip;
  readonly text: string;
  readonly language: string;
  /** What shows it, where it is found substantiated; else nothing. Sealed in a note, and in nothing that is counted. */
  readonly sources: readonly Source[];
}

export interface Aside {
  readonly threads: readonly string[];
  /** Those of them that this member has read. */
  readonly read: readonly string[];
  readonly reason: AsideReason;
}

/**
 * Asks how a case ends; null where it is left.
 *
 * @param found - whether it may end with something found against somebody
 */
export function askEnding(story: Story, found: boolean): Promise<Ended | null> {
  const triage = story.entries.findLast((one): one is TriageEntry => one.kind === "triage");
  const own = isNobodys(story.opened);
  return openDialog<Ended>(own || story.opened === null ? t("Close this case") : t("Close this mailbox"), (close) => {
    const outcome = choice(t("Outcome"), OUTCOMES.filter((one) => found || one !== "substantiated"), outcomeWord, "unsubstantiated");
    const concern = choice(t("What did it describe?"), CONCERNS, concernWord, triage?.found.concern ?? "other");
    const shown = askSources(outcome);
    const grounds = field({ label: own ? t("Grounds, for the file") : story.opened === null ? t("Grounds, for the reporting person") : t("Grounds, for them"), hint: t("What was done and why it ends so, as far as you may say it."), rows: 5, maxlength: 8000 });
    const money = askMoney();
    const made = form(() => {
      clearFaults(made);
      const text = grounds.value().trim();
      const faults = [...shown.faults(), ...money.faults(), ...text === "" ? [{ field: grounds.id, message: t("Please write the grounds: nobody is left without a reason.") }] : []];
      if (faults.length > 0) showFaults(made, faults);
      else close({ slip: { outcome: outcome.value(), concern: concern.value(), amounts: money.value() }, text, language: story.language, sources: shown.value() });
    },
    outcome.element, found ? null : make("p", { class: "hint", id: "unheard" }, t("That something was found can be said here once the case itself may end so: when they were heard, or were offered to be and the time has passed.")), shown.element, concern.element, grounds.element, money.element,
    story.opened?.purpose !== "hearing" ? null : make("p", { class: "hint" }, t("Where nothing was found, the mailbox shows a letter of clearance with a code: shown to any later handler, it opens this result.")),
    make("p", { class: "hint" }, story.opened?.purpose === TAKEN_IN ? t("It is counted nowhere: the report was counted, or not, as the case that was exported.") : own ? t("It is counted nowhere: nobody reported it here.") : story.opened !== null ? t("It is counted nowhere: what is counted is the case that it belongs to.") : story.purpose === "test"
      ? t("This was a test of the line. It is counted in no statistics; the record says so.")
      : t("Outcome, kind of concern, how long it took, what was in time and these amounts are counted, in clear, for the office's statistics. Nothing else leaves the case.")),
    countedOf(story),
    make("div", { class: "actions" }, submit(own || story.opened === null ? t("Close the case") : t("Close the mailbox")), cancel()));
    return made;
  });
}

/** Says what is counted of protection, where there is any: it is what most could give somebody away. */
function countedOf(story: Story): HTMLElement | null {
  if (story.purpose === "test" || countedProtection(story.protection, story.opened !== null) === undefined) return null;
  return make("p", { class: "hint" }, t("For protection it is counted whom it was for, on what grounds, which kind of measure, and how it stands. These are numbers of a year; nothing that stays says of which case they are."));
}

interface Sources {
  readonly element: HTMLElement;
  faults(): { field: string; message: string }[];
  value(): readonly Source[];
}

/** Asks what shows it, where somebody finds it substantiated: three reports of one hearsay are not three sources. */
function askSources(outcome: Choice<Outcome>): Sources {
  const boxes = checkboxes(t("What shows it?"), ASKED.map((key) => ({ key, label: sourceWord(key) })));
  const found = (): boolean => outcome.value() === "substantiated";
  const value = (): Source[] => SOURCES.filter((one) => boxes.value().includes(one));
  const element = make("div", { class: "stack tight", id: "what-shows-it", hidden: true }, boxes.element,
    make("p", { class: "hint" }, t("Sealed in a note for those who read this case. It is not counted, and the reporting person does not read it.")));
  outcome.element.addEventListener("change", () => { element.hidden = !found(); });
  return {
    element,
    faults: () => !found() || carries(value()) ? [] : [{
      field: boxes.id,
      message: value().length === 0 ? t("Please say what shows it.")
        : t("What others told does not carry this outcome, however many reports say it: they may all go back to one person. Please choose another outcome, or go on until somebody who saw it themselves has said so, or a document shows it."),
    }],
    value: () => found() ? value() : [],
  };
}

interface Money {
  readonly element: HTMLElement;
  faults(): { field: string; message: string }[];
  value(): Amounts | undefined;
}

/** Asks what a case cost: never needed, and counted only where five cases or more have said it. */
function askMoney(): Money {
  const damage = field({ label: t("Damage"), inputmode: "numeric", classes: "short", maxlength: 15 });
  const recovered = field({ label: t("Recovered"), inputmode: "numeric", classes: "short", maxlength: 15 });
  const currency = field({ label: t("Currency"), hint: t("Three letters, such as EUR."), classes: "short", maxlength: 3 });
  const units = (one: Field): number | undefined => one.value().trim() === "" ? undefined : Number(one.value().trim());
  const given = (): boolean => [damage, recovered].some((one) => one.value().trim() !== "");
  const wrong = (one: Field): boolean => !/^[0-9]{0,15}$/.test(one.value().trim());
  return {
    element: make("details", {}, make("summary", {}, t("What it cost, where that was found out")),
      make("p", { class: "hint" }, t("In whole units, both optional. Published as a sum for the whole year, and only of five cases or more.")),
      damage.element, recovered.element, currency.element),
    faults: () => [
      ...[damage, recovered].filter(wrong).map((one) => ({ field: one.id, message: t("Please write a whole number, in digits alone.") })),
      ...given() && !/^[A-Za-z]{3}$/.test(currency.value().trim()) ? [{ field: currency.id, message: t("Please say in which currency, in three letters.") }] : [],
    ],
    value: () => given() ? { currency: currency.value().trim().toUpperCase(), damage: units(damage), recovered: units(recovered) } : undefined,
  };
}

/**
 * Asks why reports are set aside, and which; null where it is left.
 *
 * @param beside - others that are in sight in the list and that this member has opened
 */
export function askAside(thread: string, beside: readonly Arrival[]): Promise<Aside | null> {
  return openDialog<Aside>(t("Set aside?"), (close) => {
    const reason = choice(t("Why"), ASIDE_REASONS, asideWord, "no-report");
    const others = beside.length === 0 ? null : checkboxes(t("Together with these, for the same reason"),
      beside.map((row) => ({ key: row.thread, label: `${row.title} · ${day(row.day, "short")}` })));
    const chosen = (): Aside => {
      const threads = [thread, ...others?.value() ?? []];
      return { threads, reason: reason.value(), read: threads.filter((one) => beside.every((row) => row.thread !== one || row.unread === 0)) };
    };
    return form(() => { close(chosen()); },
      reason.element, others?.element,
      make("p", { class: "hint" }, t("Nothing is deleted. Each mailbox says that its report was set aside and offers a second look; you can take it up again at any time. One signed act names all of them, and the reason.")),
      make("div", { class: "actions" }, submit(t("Set aside")), cancel()));
  });
}
