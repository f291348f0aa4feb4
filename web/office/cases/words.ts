/** What triage found, in words. The lists are closed: they are part of the format. */
import { t } from "../../elements/words.js";
import type { Assessment } from "../../seal/notes.js";
import type { TriageEntry } from "../arrivals/types.js";

export function competenceWord(one: Assessment["competence"]): string {
  switch (one) {
    case "ours": return t("Ours to handle");
    case "partly": return t("Partly ours");
    case "other": return t("For another office");
  }
}

export function urgencyWord(one: Assessment["urgency"]): string {
  switch (one) {
    case "usual": return t("As usual");
    case "soon": return t("Soon");
    case "at-once": return t("At once");
  }
}

export function riskWord(one: Assessment["risk"]): string {
  switch (one) {
    case "none-known": return t("None known");
    case "some": return t("Some");
    case "grave": return t("Grave");
  }
}

export function concernWord(one: Assessment["concern"]): string {
  switch (one) {
    case "approach": return t("Approach or recruitment");
    case "elicitation": return t("Questions that seek protected knowledge");
    case "access": return t("Unauthorised access or entry");
    case "removal": return t("Removal or copying of protected material");
    case "impersonation": return t("Impersonation or false credentials");
    case "device": return t("A covert device was found");
    case "tampering": return t("Tampering or sabotage");
    case "intrusion": return t("Intrusion into computers");
    case "coercion": return t("Coercion or threat against a person");
    case "control": return t("Undisclosed control or conflict");
    case "loss": return t("Loss of a controlled item");
    case "handling": return t("A handling failure by the organisation itself");
    case "complaint": return t("A complaint about this office");
    case "other": return t("Something else");
  }
}

export function observedWord(one: NonNullable<Assessment["observed"]>): string {
  switch (one) {
    case "enough": return t("What was observed carries it");
    case "more-needed": return t("More has to be found out first");
    case "hearsay-only": return t("Only what others told, so far");
  }
}

/** Why something is set aside: what it is, never who sent it. */
export const ASIDE_REASONS = ["no-report", "repeated", "empty", "advertising"] as const;
export type AsideReason = (typeof ASIDE_REASONS)[number];

export function asideWord(one: AsideReason): string {
  switch (one) {
    case "no-report": return t("It reports nothing");
    case "repeated": return t("The same was sent before");
    case "empty": return t("It holds nothing that can be read");
    case "advertising": return t("Advertising");
  }
}

/** One sentence for the story. */
export function triageWords({ found, mine, author }: TriageEntry): string {
  const values = {
    name: author, competence: competenceWord(found.competence), urgency: urgencyWord(found.urgency),
    concern: concernWord(found.concern), risk: riskWord(found.risk),
  };
  const said = mine
    ? t("You triaged it. Competence: {competence}. Urgency: {urgency}. What it describes: {concern}. Risk to the reporting person: {risk}.", values)
    : t("{name} triaged it. Competence: {competence}. Urgency: {urgency}. What it describes: {concern}. Risk to the reporting person: {risk}.", values);
  return found.observed === undefined ? said : `${said} ${t("Does it suffice: {observed}.", { observed: observedWord(found.observed) })}`;
}
