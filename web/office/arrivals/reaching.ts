/** What the reporting person said of themselves, above the report: a name, and how they agreed to be reached. */

import { html, nothing, type TemplateResult } from "lit-html";

import { contactElement } from "../../elements/contact.js";
import { day, t } from "../../elements/words.js";
import { askedWord } from "../protecting/words.js";
import type { Acts, State } from "./state.js";
import type { Story, TextEntry } from "./types.js";

/** Nothing where they said nothing; a contact that was taken back is said to be gone, and not shown. */
export function reaching(story: Story, state: State, acts: Acts): TemplateResult | typeof nothing {
  const parts = [name(story), contact(story, state, acts)].filter((part) => part !== nothing);
  return parts.length === 0 ? nothing : html`<div class="notice plain stack tight reaching">${parts}</div>`;
}

function name(story: Story): TemplateResult | typeof nothing {
  return story.name === "" ? nothing : html`<p>${t("They gave their name to those who read this:")} <b class="written" dir="auto">${story.name}</b></p>`;
}

function contact(story: Story, state: State, acts: Acts): TemplateResult | typeof nothing {
  if (story.contact === "") {
    return story.withdrawn === "" ? nothing : html`<p>${t("On {day} they took back how to reach them. Whoever has read it has read it; please do not use it any more.", { day: day(story.withdrawn) })}</p>`;
  }
  return html`<p>${t("May be rung up:")} <b id="contact">${contactElement(story.contact)}</b></p>
    <p class="small muted">${t("By their consent, for this report only. When you ring, say who you are and why only once you know that it is they who answer.")}</p>
    <p class="noprint"><button class="button secondary" type="button" id="rang" @click=${() => { note(state, acts); }}>${t("Note what was said")}</button></p>`;
}

/** A note with the lines that are asked for afterwards; what is being written already stays. */
function note({ draft, facts }: State, acts: Acts): void {
  const lines = t("Rang on {day}.\nSpoke with: \nWhat was said: \nWhat we agreed: ", { day: day(facts.today) });
  acts.draft({ chain: "i", text: draft.text.trim() === "" ? lines : `${draft.text.trimEnd()}\n\n${lines}` });
  acts.write();
}

/** What a message of theirs changed beside its words. */
export function besideWords(one: TextEntry): TemplateResult | typeof nothing {
  const said = one.beside.map((what) => {
    switch (what) {
      case "contact": return t("They left a way to reach them. It stands above the report as long as they do not take it back.");
      case "withdrawal": return t("They took back how to reach them.");
      case "name": return t("They left a name under seal, for custodians and handlers together.");
      default: return askedWord(what);
    }
  });
  return said.length === 0 ? nothing : html`${said.map((line) => html`<p class="small muted">${line}</p>`)}`;
}
