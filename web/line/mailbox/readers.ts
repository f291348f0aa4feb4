/** Who reads what is written next, by number, and by alias as far as this browser knows them. */
import { t, tn } from "../../elements/words";
import { b64 } from "../../seal/primitives";
import type { Post, Thread } from "../../seal/thread";

/** How many are assigned, and the aliases of those whose proven entries stood in what they wrote here. */
export interface Assigned {
  readonly people: number;
  readonly aliases: readonly string[];
}

/**
 * Whom the newest handover names. The roster is private: an alias is known only of who wrote here, and is never taken
 * from the server's word.
 */
export function assigned({ handover, posts }: Pick<Thread, "handover" | "posts">): Assigned | undefined {
  if (handover === undefined) return undefined;
  const ids = new Set(handover.people.map(b64));
  const aliases = new Map(posts.flatMap(known).filter(([id]) => ids.has(id)));
  return { people: ids.size, aliases: [...aliases.values()] };
}

/** What the page says of them. */
export function assignedWords({ people, aliases }: Assigned, opened = false): readonly string[] {
  const number = opened ? tn("{n} person of the office, and nobody else.", "{n} people of the office, and nobody else.", people) : tn("{n} person who is assigned to the case.", "{n} people who are assigned to the case.", people);
  if (aliases.length === 0) return [number, t("None of them has written to you yet, so this page knows their number and not their names.")];
  const names = aliases.join(" · ");
  return aliases.length === people
    ? [number, t("They have written to you as: {names}", { names })]
    : [number, t("Of them have written to you: {names}. Of the others this page knows the number and not the names.", { names })];
}

function known({ member }: Post): [string, string][] {
  return member === undefined ? [] : [[b64(member.id), member.alias]];
}
