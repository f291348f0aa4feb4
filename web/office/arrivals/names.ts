/** Names of desks, people and languages, as the page shows them. */

import { language as pageLanguage, listed, t } from "../../elements/words.js";
import type { DeskFacts, Facts } from "../facts.js";
import type { Reader, Story } from "./types.js";

/** A desk's name in the page's language. */
export function deskName(facts: Facts, desk: string): string {
  const found = facts.desks.find((one) => one.id === desk);
  return found === undefined ? t("a desk that is no longer in the charter") : named(found);
}

/** The desks at which this member reads arrivals. */
export function ownDesks(facts: Facts): readonly DeskFacts[] {
  return facts.desks.filter((desk) => facts.me.roles.some((role) => role === `handler@${desk.id}` || role === `lead@${desk.id}`));
}

/** The people who may read what is sealed to a desk, as the charter in force names them. */
export function readersOf(facts: Facts, desk: string): Reader[] {
  const people = facts.people.filter((one) => one.roles.some((role) => role === `handler@${desk}` || role === `lead@${desk}`));
  return people.map((one) => ({
    id: one.id, name: personName(facts, one.id), lead: one.roles.includes(`lead@${desk}`),
  }));
}

/** Whether only those who are assigned read it. */
export function inCase({ status }: Pick<Story, "status">): boolean {
  return status === "held" || status === "case" || status === "closed";
}

/** Who may read a report now: the desk, or those who are assigned. */
export function readersNow(facts: Facts, story: Pick<Story, "status" | "desk" | "case">): Reader[] {
  if (!inCase(story) || story.case === null) return readersOf(facts, story.desk);
  const leads = new Set(readersOf(facts, story.desk).filter(({ lead }) => lead).map(({ id }) => id));
  return story.case.people.map((id) => ({ id, name: personName(facts, id), lead: leads.has(id) }));
}

/** What colleagues call a member. */
export function personName(facts: Facts, member: string): string {
  if (member === facts.me.id) return t("You");
  const found = facts.people.find((one) => one.id === member);
  return found === undefined ? t("a former member") : found.name || found.alias;
}

/**
 * Who wrote something: as colleagues call them, and as the proven roster entry does, which is the name that reporting
 * persons see. The first is the server's word alone, so it never stands without the second.
 */
export function signedAs(facts: Facts, alias: string): string {
  const name = facts.people.find((one) => one.alias === alias)?.name ?? "";
  return name === "" || name === alias ? alias : t("{name} ({alias})", { name, alias });
}

/** People within a sentence, this member as "you". */
export function amongOthers(facts: Facts, members: readonly string[]): string {
  return together(members.map((id) => (id === facts.me.id ? t("you") : personName(facts, id))));
}

/** A language's name in the page's language; the tag itself where there is none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([pageLanguage()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Names as a list that is read aloud well. */
export function together(names: readonly string[]): string {
  return listed(names);
}

export function named(desk: DeskFacts): string {
  const tag = pageLanguage();
  return desk.names[tag] ?? desk.names[tag.split("-")[0] ?? ""] ?? desk.names["en"] ?? Object.values(desk.names)[0] ?? "";
}
