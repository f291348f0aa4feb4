/** Steps of protecting somebody, as the story of a case shows them. */
import { html, type TemplateResult } from "lit-html";

import { day, moment, t } from "../../elements/words.js";
import type { ProtectionEntry } from "../arrivals/types.js";
import { riskWord } from "../cases/words.js";
import { claimWord, formWord, measureWord, whomWord } from "./words.js";

/** One step with its words. */
export function protection(one: ProtectionEntry): TemplateResult {
  const at = one.at === "" ? html`<time datetime=${one.day}>${day(one.day)}</time>` : html`<time datetime=${one.at}>${moment(one.at)}</time>`;
  return html`<li class=${one.unread ? "message note unread" : "message note"} id=${`${one.chain}-${one.n}`} data-protection=${one.note.kind}>
    <header><b>${one.mine ? t("Protection, noted by you") : t("Protection, noted by {name}", { name: one.author })}</b>${at}</header>
    <p>${heading(one)}</p>
    ${one.text === "" ? "" : html`<p class="written" dir="auto" lang=${one.language}>${one.text}</p>`}</li>`;
}

function heading({ note }: ProtectionEntry): string {
  switch (note.kind) {
    case "situation": return t("Danger in this situation: {danger}.", { danger: riskWord(note.danger) });
    case "measure": {
      const values = { measure: measureWord(note.measure), whom: whomWord(note.whom) };
      return note.ended === "" ? t("{measure}, for: {whom}. Looked at again by {day}.", { ...values, day: day(note.review) })
        : t("{measure}, for: {whom}. It ended on {day}.", { ...values, day: day(note.ended) });
    }
    case "retaliation": return note.struck ? t("Taken out of what was done to them: {form}, {day}.", { form: formWord(note.form), day: day(note.day) })
      : t("Done to them on {day}: {form}.", { form: formWord(note.form), day: day(note.day) });
    case "compensation": return t("A loss to be made good: {state}.", { state: claimWord(note.state) });
  }
}
