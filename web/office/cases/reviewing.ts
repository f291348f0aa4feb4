/** Who decided does not review: what one member closed or set aside, another decides after a second look. */
import { html, type TemplateResult } from "lit-html";

import { t } from "../../elements/words.js";
import type { Doing, Story } from "../arrivals/types.js";

/** They count as one: set aside, looked at again, triaged and closed is the same judgement twice. */
const DECISIONS: ReadonlySet<Doing["what"]> = new Set(["closed", "set-aside", "set-alike"]);

/**
 * Who decided it the last time, or nothing where nobody has. The server holds to the same rule (decision 0128); here it
 * is said before somebody writes grounds that are then refused. Who closed it is proven by the closing; who set it aside
 * is the server's word, and a closing always comes after that: what is a case is not set aside any more.
 */
export function decider({ doings, closings }: Pick<Story, "doings" | "closings">): string | undefined {
  return closings.last !== "" ? closings.last : doings.findLast(({ what }) => DECISIONS.has(what))?.member;
}

/** Said where a closing is signed by who signed the one before: the server should have refused it. */
export function sameEyes(name: string): TemplateResult {
  return html`<p class="notice danger" data-same-eyes>${t("{name} signed the closing before this one, too. After a second look somebody else decides, and this server should have refused it. Tell a lead and oversight.", { name })}</p>`;
}
