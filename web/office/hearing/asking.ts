/** The dialogs of a hearing: the draft beside the report's own words, the second person's agreement, delay and statement. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make, type Child } from "../../elements/make.js";
import { day, t } from "../../elements/words.js";
import { STATEMENTS, type StatementWay } from "../../seal/hearing.js";
import { languageName, together } from "../arrivals/names.js";
import type { HearingEntry, Story } from "../arrivals/types.js";
import { choice } from "../cases/triage.js";
import { begunWith, cancel, field, form, submit } from "../fields.js";
import { selectField } from "../forms/fields.js";
import { LETTER_LANGUAGES } from "../mailboxes/texts.js";
import type { LawLines } from "./law.js";
import { DELAYS, delayWord, type Delay } from "./state.js";
import { heardWord } from "./steps.js";
import { hasGaps, noticeTemplate, sharedWords } from "./templates.js";

export interface Drafted {
  readonly text: string;
  readonly language: string;
  readonly days: number;
}

const DAYS = ["14", "21", "30", "60"] as const;

/** Asks for the words of a notice; beside them stands what the reporting person wrote. */
export function askDraft(story: Story, law: LawLines): Promise<Drafted | null> {
  return openDialog<Drafted>(t("Draft a notice to the person concerned"), (close) => {
    const language = choice(t("Their language"), LETTER_LANGUAGES, languageName, LETTER_LANGUAGES.find((one) => one === story.language) ?? "en");
    const days = choice(t("Days to answer"), DAYS, (one) => one, "21");
    const template = (): string => noticeTemplate(language.value(), Number(days.value()), law(language.value()));
    const text = field({ label: t("The notice"), hint: t("Fill the gaps. Say what they need to answer, and nothing by which they could tell who reported."), rows: 14, maxlength: 8000, value: template() });
    const shared = make("div", { "aria-live": "polite" });
    const anew = begunWith(text, template);
    const look = (): void => { hold(shared, sharedNotice(text.value(), story, template())); };
    text.input.addEventListener("input", look);
    for (const one of [language, days]) {
      one.element.addEventListener("change", () => {
        anew();
        look();
      });
    }
    const made = form(() => {
      clearFaults(made);
      const words = text.value().trim();
      if (words === "" || hasGaps(words)) showFaults(made, [{ field: text.id, message: t("Please fill the gaps, or take them out.") }]);
      else close({ text: words, language: language.value(), days: Number(days.value()) });
    },
    language.element, days.element,
    make("div", { class: "beside" }, make("div", { class: "stack tight" }, text.element, shared), ownWords(story)),
    make("p", { class: "hint" }, t("It is kept as a sealed note. A second person who is assigned reads it and agrees before it goes.")),
    make("div", { class: "actions" }, submit(t("Keep the draft")), cancel()));
    return made;
  }, "wide");
}

/** Shows a draft to its second reader, beside the report's own words; resolves with whether they agree. */
export async function askAgreement(draft: HearingEntry, story: Story, law: LawLines): Promise<boolean> {
  const agrees = await openDialog<boolean>(t("Does this notice go as it stands?"), (close) => [
    make("p", {}, t("Could they tell from it who reported? A time, a place or a word that only one person can know is enough.")),
    make("div", { class: "beside" },
      make("div", { class: "card" }, make("h3", {}, t("The notice")), make("p", { class: "written", dir: "auto", lang: draft.language }, draft.text),
        sharedNotice(draft.text, story, noticeTemplate(draft.language, daysOf(draft), law(draft.language)))),
      ownWords(story)),
    make("div", { class: "actions" },
      make("button", { class: "button", type: "button", onclick: () => { close(true); } }, t("I agree: it goes as it stands")),
      make("button", { class: "button secondary", type: "button", autofocus: true, onclick: () => { close(false); } }, t("Not so: talk with its author"))),
  ], "wide");
  return agrees === true;
}

export function daysOf({ step }: HearingEntry): number {
  return step.step === "draft" ? step.days : 0;
}

export function askDelay(): Promise<Delay | null> {
  return openDialog<Delay>(t("Why are they not informed yet?"), (close) => {
    const reason = choice(t("Why"), DELAYS, delayWord, "evidence");
    return form(() => { close(reason.value()); }, reason.element,
      make("p", { class: "hint" }, t("Signed, and looked at again within a month. What is behind it belongs in a note.")),
      make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
  });
}

export interface Stated {
  /** `c` of the notice that it answers; empty where none of those that wait is known here. */
  readonly about: string;
  readonly how: StatementWay;
  readonly text: string;
}

/** @param waits - the notices that went and have no statement yet: each may be to another person */
export function askStatement(waits: readonly HearingEntry[]): Promise<Stated | null> {
  return openDialog<Stated>(t("Record the statement of the person concerned"), (close) => {
    let about = waits[0]?.c ?? "";
    const which = waits.length < 2 ? null
      : selectField(t("Which notice does it answer?"), waits.map((one) => ({ value: one.c, label: `${day(one.day)}: ${firstLine(one.text)}` })), about, (c) => { about = c; });
    const how = choice(t("How did it come?"), STATEMENTS, heardWord, "written");
    const text = field({ label: t("What was said or done, and when"), hint: t("Minutes, or what was tried to reach them. Sealed for those who are assigned."), rows: 6, maxlength: 8000 });
    const made = form(() => {
      clearFaults(made);
      const words = text.value().trim();
      if (words === "") showFaults(made, [{ field: text.id, message: t("Please write what was said or done: the reason is kept with it.") }]);
      else close({ about, how: how.value(), text: words });
    },
    which, how.element, text.element,
    make("p", { class: "hint" }, t("“Offered” counts once the days that the notice gave have passed.")),
    make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
    return made;
  });
}

function firstLine(text: string): string {
  return Array.from(text.trim().split("\n", 1)[0] ?? "").slice(0, 60).join("");
}

/** What the reporting person wrote, to hold a draft against. */
function ownWords(story: Story): HTMLElement {
  return make("div", { class: "card quiet", id: "own-words" }, make("h3", {}, t("What the reporting person wrote")),
    ...reported(story).map((words) => make("p", { class: "written", dir: "auto", lang: story.language }, words)));
}

function reported({ entries }: Story): readonly string[] {
  return entries.flatMap((one) => one.kind === "report" ? one.answers.map(({ text }) => text)
    : one.kind === "message" && !one.ours && one.text !== "" ? [one.text] : []);
}

function sharedNotice(text: string, story: Story, template: string): Child {
  const words = sharedWords(text, reported(story).join("\n"), template);
  return words.length === 0 ? null
    : make("p", { class: "notice warning" }, t("These stand in the report too. Could only one person know them? {words}", { words: together(words) }));
}
