/**
 * What the office keeps beside a case, of the person concerned, of a panel and of duties, as an export takes it along; and
 * the same as paragraphs. There it is history: nothing of it counts in a case that is taken in of the file.
 */
import { day, language, t } from "../../elements/words.js";
import type { Paragraph } from "../../export/pdf.js";
import { STATEMENTS } from "../../seal/hearing.js";
import { b64, unb64 } from "../../seal/primitives.js";
import type { Stood, StoodDuty, StoodPanel, StoodSeat, StoodStep } from "../../seal/stood.js";
import type { CopyShown } from "../../workers/reports/copies.js";
import type { Desk } from "../arrivals/desk.js";
import { personName } from "../arrivals/names.js";
import type { PanelState } from "../deciding/types.js";
import { dutyLabel, dutyStanding, type Duties } from "../duty/types.js";
import type { Facts } from "../facts.js";
import { decisionWord, DECISIONS, delayWord, DELAYS, REQUESTS, requestWord } from "../hearing/state.js";
import { heardWord } from "../hearing/steps.js";
import { inLanguage } from "../page.js";

const ID = 16;

/** As the office's server has it at this moment. */
export async function stoodOf({ hearings, duty, deciding }: Pick<Desk, "hearings" | "duty" | "deciding">, thread: string): Promise<Stood> {
  const hearing = await hearings.steps(thread), duties = await duty.of(thread), state = await deciding.panel(thread);
  const copies = state === null || state.size === 0 ? [] : await deciding.givenAway(thread);
  return { hearing, panel: state === null ? undefined : panelOf(state, copies), duties: dutiesOf(duties) };
}

/** Of a seat whose place is empty the answer counts no more, so it says none. */
function panelOf({ until, ended, seats }: PanelState, copies: readonly CopyShown[]): StoodPanel {
  const copyOf = (copy: string): CopyShown | undefined => copies.find((one) => one.copy === copy);
  return {
    until, ended, document: seats.map(({ copy }) => copyOf(copy)?.text ?? "").find((text) => text !== "") ?? "",
    seats: seats.map(({ copy, member, gone }): StoodSeat => {
      const answer = gone ? undefined : copyOf(copy)?.answers.find(({ vote }) => vote !== "");
      return { member: unb64(member, ID), says: answer === undefined || answer.vote === "" ? "none" : answer.vote, text: answer?.text ?? "" };
    }),
  };
}

function dutiesOf({ laws, begun }: Duties): StoodDuty[] {
  return begun.map(({ law, rows }) => ({
    law, names: laws.find(({ id }) => id === law)?.names ?? {},
    rows: rows.map(({ row, label, state, in_time, due, day: last, done }) => ({
      row, label, state, in_time, due: due ?? undefined, day: last ?? undefined, done: done ?? undefined,
    })),
  }));
}

/**
 * In words; one sentence where there was nothing, or where the export is of before such things went along.
 *
 * @param on - the day of the export, whose standing this is
 */
export function stoodParagraphs(stood: Stood | undefined, on: string, facts: Facts): Paragraph[] {
  const small = (text: string): Paragraph => ({ as: "small", text });
  const heading: Paragraph = { as: "heading", text: t("Beside the case, as it stood on {day}", { day: day(on) }) };
  if (stood === undefined) {
    return [heading, small(t("This file was made before such things went along: what the office kept of a person concerned, of a panel or of duties towards an authority is in it only as far as somebody wrote it down in the case."))];
  }
  const parts = [...hearingParagraphs(stood.hearing), ...panelParagraphs(stood.panel, facts), ...dutyParagraphs(stood.duties)];
  if (parts.length === 0) return [heading, small(t("There was nothing: no step towards a person concerned, no panel, no duty towards an authority."))];
  return [heading, small(t("Steps, days and answers as the office's server and the browser of who took the case out had them. It is their word; what was written in the case itself is proven.")), ...parts];
}

function hearingParagraphs(steps: readonly StoodStep[]): Paragraph[] {
  if (steps.length === 0) return [];
  return [{ as: "by", text: t("The person concerned") }, ...steps.map((one): Paragraph => ({ as: "text", text: t("{day}: {what}", { day: day(one.day), what: stepWord(one) }) }))];
}

function stepWord({ step, reason, until }: StoodStep): string {
  switch (step) {
    case "nobody": return t("somebody signed that nobody is concerned");
    case "agreed": return t("a second person agreed to a notice");
    case "given": return until === undefined ? t("the notice went") : t("the notice went; they might answer until {day}", { day: day(until) });
    case "delayed": return t("the notice was put off: {reason}", { reason: wordOf(DELAYS, reason, delayWord) });
    case "heard": return t("a statement was recorded: {how}", { how: wordOf(STATEMENTS, reason, heardWord) });
    case "asked": return t("they asked: {what}", { what: wordOf(REQUESTS, reason, requestWord) });
    case "answered": return t("what they asked was decided: {what}", { what: wordOf(DECISIONS, reason, decisionWord) });
  }
}

/** A word of a closed list, or what stands there where a later release knows more of them. */
function wordOf<Word extends string>(known: readonly Word[], said: string, word: (one: Word) => string): string {
  const found = known.find((one) => one === said);
  return found === undefined ? said : word(found);
}

function panelParagraphs(panel: StoodPanel | undefined, facts: Facts): Paragraph[] {
  if (panel === undefined) return [];
  const { until, ended, document, seats } = panel;
  return [
    { as: "by", text: t("A question to a panel") },
    { as: "text", text: t("The reporting person might answer until {day}.", { day: day(until) }) },
    ...ended ? [{ as: "text" as const, text: t("It came to nothing. Good faith stands.") }] : [],
    ...document === "" ? [] : [{ as: "small" as const, text: t("What each of them read:") }, { as: "text" as const, text: document, written: true }],
    ...seats.flatMap(({ member, says, text }): Paragraph[] => [
      { as: "text", text: t("{name}: {value}", { name: personName(facts, b64(member)), value: says === "yes" ? t("yes") : says === "no" ? t("no") : t("no answer") }) },
      ...text === "" ? [] : [{ as: "text" as const, text, written: true }],
    ]),
  ];
}

function dutyParagraphs(duties: readonly StoodDuty[]): Paragraph[] {
  return duties.flatMap(({ law, names, rows }): Paragraph[] => [
    { as: "by", text: t("What we owe an authority") },
    { as: "text", text: Object.keys(names).length === 0 ? law : inLanguage(names, language()) },
    ...rows.map((row): Paragraph => ({
      as: "text", text: t("{name}: {value}", { name: dutyLabel(row), value: dutyStanding({ ...row, due: row.due ?? null, day: row.day ?? null, done: row.done ?? null }) }),
    })),
  ]);
}
