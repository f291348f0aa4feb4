/** The dialogs of a panel: the question, who sits, that it comes to nothing, and the closing with what all of it found. */
import { plusDays } from "../../elements/days.js";
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import { CONCERNS, type Concern } from "../../seal/closing.js";
import { PANEL_LEAST, PANEL_MOST, type PanelEnding } from "../../seal/panel.js";
import type { EndWish, Place, QuestionWish, SeatsWish } from "../../workers/reports/panel.js";
import { languageName, personName } from "../arrivals/names.js";
import type { Story, TriageEntry } from "../arrivals/types.js";
import { masking } from "../cases/masking.js";
import { choice } from "../cases/triage.js";
import { concernWord } from "../cases/words.js";
import type { Facts } from "../facts.js";
import { begunWith, cancel, checkboxes, field, form, submit } from "../fields.js";
import { hasGaps } from "../hearing/templates.js";
import { LETTER_LANGUAGES } from "../mailboxes/texts.js";
import { template } from "./templates.js";
import type { PanelState } from "./types.js";

const DAYS = ["30", "45", "60", "90"] as const;
/** For how many days the panel has the document. */
const READING_DAYS = 30;

interface Words extends Place {
  readonly day: string;
  readonly title: string;
  readonly text: string;
  readonly language: string;
}

/** What has words and can be evidence: the report, messages of both sides, notes, evidence. */
export function wordsOf(story: Story): Words[] {
  return story.entries.flatMap((one): Words[] => {
    const values = { day: day(one.day, "short") };
    if (one.kind === "report") return [{ chain: one.chain, n: one.n, day: one.day, title: t("The report"), text: one.answers.map(({ label, text }) => `${label}\n${text}`).join("\n\n"), language: one.language }];
    if (one.kind === "work" && one.text !== "") return [{ chain: one.chain, n: one.n, day: one.day, title: t("Note of {day}", values), text: one.text, language: one.language }];
    if ((one.kind !== "message" && one.kind !== "note") || one.text === "") return [];
    return [{ chain: one.chain, n: one.n, day: one.day, title: one.kind === "note" ? t("Note of {day}", values) : one.ours ? t("Our message of {day}", values) : t("Their message of {day}", values), text: one.text, language: one.language }];
  });
}

export function askQuestion(story: Story): Promise<Omit<QuestionWish, "counter"> | null> {
  const rows = wordsOf(story);
  return openDialog<Omit<QuestionWish, "counter">>(t("Put a question to a panel"), (close) => {
    const text = field({ label: t("What shows that the reporting person knew it was not true"), hint: t("That it could not be proven, or is wrong, shows nothing of that."), rows: 5, maxlength: 8000 });
    const evidence = checkboxes(t("The evidence"), rows.map((one) => ({ key: `${one.chain}-${one.n}`, label: `${one.title}: \u2068${begin(one.text)}\u2069` })));
    const tongue = choice(t("Their language"), LETTER_LANGUAGES, languageName, LETTER_LANGUAGES.find((one) => one === story.language) ?? "en");
    const days = choice(t("Days to answer"), DAYS, (one) => one, "30");
    const words = (): string => template("asked", tongue.value(), { days: Number(days.value()) });
    const notice = field({ label: t("What the reporting person is told"), hint: t("It goes with the question, at the same moment. Fill the gap."), rows: 12, maxlength: 8000, value: words() });
    const anew = begunWith(notice, words);
    for (const one of [tongue, days]) one.element.addEventListener("change", anew);
    const made = form(() => {
      clearFaults(made);
      const chosen = evidence.value(), said = text.value().trim(), told = notice.value().trim();
      const faults = [
        ...said === "" ? [{ field: text.id, message: t("Please say what shows it.") }] : [],
        ...chosen.length === 0 ? [{ field: evidence.id, message: t("Please choose the evidence: no question is put without any.") }] : [],
        ...told === "" || hasGaps(told) ? [{ field: notice.id, message: t("Please fill the gaps, or take them out.") }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else {
        close({
          text: said, language: language(), notice: told, noticeLanguage: tongue.value(), days: Number(days.value()),
          evidence: rows.filter((one) => chosen.includes(`${one.chain}-${one.n}`)).map(({ chain, n }) => ({ chain, n })),
        });
      }
    }, make("p", { class: "notice plain" }, t("Whoever reports is presumed to do so in good faith. Only a panel says otherwise: three people at least who had no part in this case, all of them, in writing. The reporting person is heard first.")),
    text.element, evidence.element, tongue.element, days.element, notice.element,
    make("div", { class: "actions" }, submit(t("Put the question and tell them")), cancel()));
    return made;
  }, "wide");
}

/** Asks who sits on the panel, and shows what they will read; `lacking` places are to be filled, where it sits already. */
export function askSeats(story: Story, facts: Facts, state: PanelState, given: string | null): Promise<Omit<SeatsWish, "counter"> | null> {
  const { panel } = story;
  if (panel === null) return Promise.resolve(null);
  const sat = new Set(state.seats.map(({ member }) => member));
  const people = facts.people.filter(({ id }) => !panel.held.includes(id) && story.case?.barred.includes(id) !== true && !sat.has(id)
    && !story.doings.some(({ what, member }) => what === "aside" && member === id));
  const lacking = state.size === 0 ? 0 : state.size - state.seats.filter(({ gone }) => !gone).length;
  return openDialog<Omit<SeatsWish, "counter">>(t("Who sits on the panel"), (close) => {
    const who = checkboxes(t("Members of the office who had no part in this case"), people.map(({ id }) => ({ key: id, label: personName(facts, id) })));
    const mask = masking();
    mask.begin(given ?? dossier(story), language());
    const made = form(() => {
      clearFaults(made);
      const chosen = who.value();
      const fits = lacking === 0 ? chosen.length >= PANEL_LEAST && chosen.length <= PANEL_MOST : chosen.length > 0 && chosen.length <= lacking;
      if (!fits) showFaults(made, [{ field: who.id, message: lacking === 0 ? t("Please choose three people at least, seven at most.") : t("Please choose no more people than there are empty places.") }]);
      else close({ people: chosen, title: t("A question to a panel"), text: given ?? mask.text(), language: language(), masked: given === null ? mask.masked() : 0, until: plusDays(facts.today, READING_DAYS) });
    }, who.element, given === null ? mask.element : make("p", { class: "hint" }, t("They get the same document, word by word.")),
    make("p", { class: "hint" }, t("Each says first that they have no part in it. They read this and nothing else of the case, and each answers yes or no with reasons. Nobody is taken off again, and one no ends it.")),
    make("div", { class: "actions" }, submit(t("Seal it and give it to them")), cancel()));
    return made;
  }, "wide");
}

/** What the panel reads: the question, its evidence, and what the reporting person has said since. */
function dossier(story: Story): string {
  const { panel } = story;
  const rows = wordsOf(story);
  const named = rows.filter((one) => panel?.evidence.some(({ chain, n, there }) => there && chain === one.chain && n === one.n) === true);
  // Of that day too: of what they wrote no hour is known.
  const since = rows.filter((one) => one.chain === "r" && one.n > 0 && one.day >= (panel?.day ?? "") && !named.includes(one));
  return [
    `${t("The question: did the reporting person know, when they reported, that it was not true?")}\n${panel?.text ?? ""}`,
    ...named.map(({ title, text }) => `${title}\n${text}`),
    since.length === 0 ? t("The reporting person has not answered. Silence proves nothing.") : "",
    ...since.map(({ text }) => `${t("What the reporting person says")}\n${text}`),
  ].filter((part) => part !== "").join("\n\n");
}

export function askEnd(story: Story, how: PanelEnding): Promise<Omit<EndWish, "counter"> | null> {
  return openDialog<Omit<EndWish, "counter">>(how === "withdrawn" ? t("Take the question back?") : t("Good faith stands"), (close) => {
    const text = field({ label: t("Why, for the case"), rows: 3, maxlength: 8000 });
    const tongue = LETTER_LANGUAGES.find((one) => one === story.language) ?? "en";
    const notice = field({ label: t("What the reporting person is told"), hint: t("Fill the gap, or take it out."), rows: 7, maxlength: 8000, value: template("ended", tongue) });
    const made = form(() => {
      clearFaults(made);
      const told = notice.value().trim();
      if (told === "" || hasGaps(told)) showFaults(made, [{ field: notice.id, message: t("Please fill the gaps, or take them out.") }]);
      else close({ how, text: text.value().trim(), language: language(), notice: told, noticeLanguage: tongue });
    }, text.element, notice.element, make("p", { class: "hint" }, t("No further panel is asked about this case while it is open.")),
    make("div", { class: "actions" }, submit(t("End it and tell them")), cancel()));
    return made;
  });
}

export interface Decided {
  readonly concern: Concern;
  readonly text: string;
  readonly language: string;
}

/** Asks for the grounds of a closing with what all of a panel found. */
export function askDecided(story: Story, people: number): Promise<Decided | null> {
  const triage = story.entries.findLast((one): one is TriageEntry => one.kind === "triage");
  return openDialog<Decided>(t("Close the case with what the panel found"), (close) => {
    const concern = choice(t("What did it describe?"), CONCERNS, concernWord, triage?.found.concern ?? "other");
    const tongue = LETTER_LANGUAGES.find((one) => one === story.language) ?? "en";
    const grounds = field({ label: t("The decision, for the reporting person"), hint: t("With the panel's reasons, what follows, and where they can have it looked at again. Fill the gaps."), rows: 14, maxlength: 8000, value: template("decided", tongue, { people }) });
    const made = form(() => {
      clearFaults(made);
      const text = grounds.value().trim();
      if (text === "" || hasGaps(text)) showFaults(made, [{ field: grounds.id, message: t("Please fill the gaps, or take them out.") }]);
      else close({ concern: concern.value(), text, language: tongue });
    }, concern.element, grounds.element, make("p", { class: "hint" }, t("The signatures of the panel go with it: whoever reads the closing checks them. It is counted among the unfounded ones, and by itself only for a year of five or more.")),
    make("div", { class: "actions" }, submit(t("Close the case")), cancel()));
    return made;
  }, "wide");
}

function begin(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
