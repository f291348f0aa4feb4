/** Which reports tell of the same event, as the notes of one of them say; and who would learn so by a link. */
import type { Entry, RelatedEntry, Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import { readersNow } from "../arrivals/names.js";
import { meantIds } from "../cases/triage.js";

/** Ids of the other reports, oldest link first: for each the newest note counts. */
export function relatedNow(entries: readonly Entry[]): string[] {
  const found = new Set<string>();
  const steps = entries.filter((one): one is RelatedEntry => one.kind === "related").sort((a, b) => a.n - b.n);
  for (const { thread, why } of steps) {
    if (why === "") found.add(thread);
    else found.delete(thread);
  }
  return [...found];
}

/**
 * Whether somebody who reads one of the two must not learn of the other: its reporting person asked that they should not
 * read it, or they are kept out of its case.
 */
export function wouldTell(facts: Facts, one: Story, other: Story): boolean {
  return tells(facts, one, other) || tells(facts, other, one);
}

function tells(facts: Facts, of: Story, to: Story): boolean {
  const out = new Set([...of.case?.barred ?? [], ...meantIds(of, facts)]);
  return readersNow(facts, to).some(({ id }) => out.has(id));
}
