/** Daily work in words: the kinds are closed lists of the format. */
import { day, t } from "../../elements/words.js";
import type { Addressee, LetterKind, Source } from "../../seal/casenotes.js";
import { personName, together } from "../arrivals/names.js";
import type { WorkEntry } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import { correctionWord } from "../referral/words.js";
import type { StandInNote } from "./worktypes.js";

export function letterWord(one: LetterKind): string {
  switch (one) {
    case "acknowledgement": return t("That it arrived");
    case "questions": return t("Questions");
    case "hearing": return t("Asking for their side");
    case "more-time": return t("That it takes more time");
    case "outcome": return t("How it ended");
    case "passed-on": return t("That it was passed on");
    case "other": return t("Something else");
  }
}

/** What such a letter begins with; the person writes the rest. Nothing in it says whether anybody did anything. */
export function letterText(one: LetterKind): string {
  switch (one) {
    case "acknowledgement": return t("We have received what you told us and are looking into it. We will write to you again when there is something to say, and by the end of the period that the law sets at the latest.");
    case "questions": return t("To understand what you told us we need to know more. Please answer these questions as far as you can. You need not answer, and nothing happens to you if you do not.");
    case "hearing": return t("Something was reported to this office that concerns you. It is not proven, and nobody has judged it. We ask for your side. You may answer in writing or in person, bring somebody with you, and hand over whatever you wish us to see.");
    case "more-time": return t("We need more time than we said. What you told us is still being looked into. We write to you again by:");
    case "outcome": return t("We have finished looking into this. The outcome and the reasons for it are:");
    case "passed-on": return t("What was reported is not for this office to decide. We have passed it on to the office that is responsible. It will write to you itself.");
    case "other": return "";
  }
}

export function addresseeWord(one: Addressee): string {
  switch (one) {
    case "reporting": return t("the reporting person");
    case "concerned": return t("a person concerned");
    case "elsewhere": return t("another office or person");
  }
}

/** What shows that something is so. */
export function sourceWord(one: Source): string {
  switch (one) {
    case "document": return t("A document or a file");
    case "second": return t("What somebody else has seen or heard themselves");
    case "seen": return t("What the reporting person has seen or heard themselves");
    case "told": return t("What others told");
  }
}

/** The heading of such a note in the story. */
export function workHeading({ note, mine, author }: WorkEntry, facts: Facts): string {
  const name = mine ? t("You") : author;
  switch (note.kind) {
    case "task": return note.done ? t("Task done, {name}", { name }) : t("Task, {name}", { name });
    case "event": return note.struck ? t("Taken out of the chronology, {name}", { name }) : t("Chronology, {day}, {name}", { day: day(note.day), name });
    case "evidence": return note.struck ? t("No longer kept as evidence, {name}", { name }) : t("Evidence, {name}", { name });
    case "letter": return t("Letter to: {to}, {name}", { to: addresseeWord(note.to), name });
    case "stand-in": return standIn(note, facts, name);
    case "shown": return t("What shows it: {sources}, {name}", { sources: together(note.sources.map(sourceWord)), name });
    case "submission": return t("What an authority is told, {name}", { name });
    case "told": return note.sent ? t("Told another office: {what} ({name})", { what: correctionWord(note), name })
      : t("To be told to another office: {what} ({name})", { what: correctionWord(note), name });
  }
}

function standIn({ who, absent, until }: StandInNote, facts: Facts, name: string): string {
  const values = { who: personName(facts, who), absent: personName(facts, absent), day: day(until), name };
  if (who === facts.me.id) return t("You stand in for {absent} until {day}, {name}", values);
  if (absent === facts.me.id) return t("{who} stands in for you until {day}, {name}", values);
  return t("{who} stands in for {absent} until {day}, {name}", values);
}
