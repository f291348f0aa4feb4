/** The dialogs of a case: triage, its confirmation, and who is assigned. */
import { ask, openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, newId } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { COMPETENCE, OBSERVED, RISK, URGENCY, type Assessment } from "../../seal/notes.js";
import type { Story } from "../arrivals/types.js";
import type { Facts, PersonFacts } from "../facts.js";
import { cancel, checkboxes, field, form, submit } from "../fields.js";
import { meansSame } from "../../workers/reports/apart.js";
import { kindChoice, type Kinds } from "./kinds.js";
import { competenceWord, observedWord, riskWord, urgencyWord } from "./words.js";

/** What a member says in triage. */
export interface Triaged {
  readonly people: readonly string[];
  readonly barred: readonly string[];
  readonly assessment: Assessment;
  readonly text: string;
}

export const LEAST = 2;

/** Asks for all of a triage; null where it is left. */
export function askTriage(story: Story, facts: Facts, kinds: Kinds): Promise<Triaged | null> {
  return openDialog<Triaged>(t("Triage this report"), (close) => {
    const competence = choice(t("Is it ours to handle?"), COMPETENCE, competenceWord, "ours");
    const urgency = choice(t("How urgent is it?"), URGENCY, urgencyWord, "usual");
    const concern = kindChoice(kinds, story.complaint ? "complaint" : "other");
    const observed = choice(t("Does what was observed suffice?"), ["", ...OBSERVED], (one) => one === "" ? t("Not judged yet") : observedWord(one), "");
    const risk = choice(t("What risk does the reporting person run?"), RISK, riskWord, "none-known");
    const text = field({ label: t("Why so, and what is to be done first"), hint: t("Optional. Sealed for those who are assigned; nobody else ever reads it."), rows: 3, maxlength: 4000 });
    const barred = story.mustNotSee.length === 0 ? null : checkboxes(
      t("The reporting person asked that these should not read it: {names}. Whom do they mean?", { names: story.mustNotSee.join(", ") }),
      candidates(story, facts, []).map((one) => ({ key: one.id, label: shown(one, facts), on: meant(one, story) })),
    );
    const people = checkboxes(t("Who is assigned (two at least)"), candidates(story, facts, meantIds(story, facts))
      .map((one) => ({ key: one.id, label: shown(one, facts), on: one.id === facts.me.id })));
    const made = form(() => {
      const chosen = people.value(), kept = barred?.value() ?? [];
      const faults = faultsOf(chosen, kept, people.id);
      clearFaults(made);
      if (faults.length > 0) {
        showFaults(made, faults);
        return;
      }
      close({
        people: chosen, barred: kept, text: text.value().trim(),
        assessment: { competence: competence.value(), urgency: urgency.value(), concern: concern.value(), risk: risk.value(), ...withObserved(observed.value()) },
      });
    },
    competence.element, urgency.element, concern.element, concern.suffices, observed.element, risk.element, barred?.element, people.element, text.element,
    make("p", { class: "hint" }, t("Your browser makes a new key for these people and tells the reporting person how many people read from now on. The rest of the desk cannot read it any more.")),
    make("div", { class: "actions" }, submit(t("Seal it to them")), cancel()));
    return made;
  });
}

function withObserved(one: "" | (typeof OBSERVED)[number]): Pick<Assessment, "observed"> {
  return one === "" ? {} : { observed: one };
}

/** Asks who is assigned from here on; null where it is left. */
export function askPeople(story: Story, facts: Facts): Promise<readonly string[] | null> {
  return openDialog<readonly string[]>(t("Who is assigned from here on?"), (close) => {
    const now = new Set(story.case?.people ?? []);
    const people = checkboxes(t("Who is assigned (two at least)"), candidates(story, facts, story.case?.barred ?? [])
      .map((one) => ({ key: one.id, label: shown(one, facts), on: now.has(one.id) })));
    const made = form(() => {
      const chosen = people.value();
      const faults = faultsOf(chosen, [], people.id);
      clearFaults(made);
      if (faults.length > 0) showFaults(made, faults);
      else close(chosen);
    },
    people.element,
    make("p", { class: "hint" }, t("Your browser makes a new key. Who joins can read all that was written so far; who leaves keeps what they have read and gets nothing new. If you leave yourself out, you have still made that key: let one of those who stay change it once more.")),
    make("div", { class: "actions" }, submit(t("Make the new key")), cancel()));
    return made;
  });
}

export function surelyAnswers(holds: boolean): Promise<boolean> {
  return holds
    ? ask({
      title: t("Confirm this triage?"), act: t("Confirm"), danger: true,
      body: t("Your browser has opened the copy for the case and found it whole. The desk's copy is then destroyed: only those who are assigned hold it."),
    })
    : ask({
      title: t("Give it back to the desk?"), act: t("Give it back"), danger: true,
      body: t("Everybody on the desk can then read again what they could read before, and a lead triages it anew. Your name and the time are kept."),
    });
}

export interface Choice<T> {
  readonly element: HTMLElement;
  value(): T;
}

export function choice<T extends string>(label: string, values: readonly T[], word: (value: T) => string, chosen: T): Choice<T> {
  const id = newId();
  const select = make("select", { id }, values.map((value) => make("option", { value, selected: value === chosen }, word(value))));
  return {
    element: make("div", { class: "field" }, make("label", { for: id }, label), select),
    value: () => values.find((value) => value === select.value) ?? chosen,
  };
}

/** Handlers and leads, of any desk, who keep no names, have not stepped aside and are not barred; this desk's first. */
export function candidates(story: Story, facts: Facts, barred: readonly string[]): PersonFacts[] {
  const aside = new Set(story.doings.filter(({ what }) => what === "aside").map(({ member }) => member));
  const able = facts.people.filter(({ id, roles }) => roles.some((role) => /^(?:handler|lead)@/.test(role))
    && !roles.includes("custodian") && !aside.has(id) && !barred.includes(id));
  const here = (one: PersonFacts): number => Number(!one.roles.some((role) => role.endsWith(`@${story.desk}`)));
  return able.sort((a, b) => here(a) - here(b));
}

export function shown(one: PersonFacts, facts: Facts): string {
  const name = one.name === "" ? one.alias : one.name;
  return one.id === facts.me.id ? t("{name} (you)", { name }) : name;
}

/** Whether the reporting person named somebody of this member's name; the member who triages decides whom they meant. */
export function meant({ name, alias }: PersonFacts, { mustNotSee }: Pick<Story, "mustNotSee">): boolean {
  return mustNotSee.some((asked) => [name, alias].some((own) => meansSame(asked, own)));
}

export function meantIds(story: Pick<Story, "mustNotSee">, facts: Facts): string[] {
  return facts.people.filter((one) => meant(one, story)).map(({ id }) => id);
}

export function faultsOf(people: readonly string[], barred: readonly string[], at: string): { field: string; message: string }[] {
  if (people.length < LEAST) return [{ field: at, message: t("Please choose two people at least: nobody holds a case alone.") }];
  if (people.some((id) => barred.includes(id))) return [{ field: at, message: t("Somebody whom the reporting person does not want to read it cannot be assigned.") }];
  return [];
}
