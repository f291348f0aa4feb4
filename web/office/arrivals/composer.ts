/** Writing to the reporting person, or a note for the desk; before an answer goes, it is shown with its readers. */

import { html, nothing, type TemplateResult } from "lit-html";

import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { language, size, t } from "../../elements/words.js";
import type { FileName } from "../../seal/envelope.js";
import { shownName } from "../../seal/shownname.js";
import { isNobodys, TAKEN_IN } from "../mailboxes/words.js";
import { inCase, languageName, readersNow, together } from "./names.js";
import type { Acts, Draft, State } from "./state.js";
import type { Story } from "./types.js";

export function composer(story: Story, state: State, acts: Acts): TemplateResult {
  const { draft } = state;
  const own = isNobodys(story.opened);
  const mute = draft.chain === "o" && !story.answerable;
  return html`<section class="composer stack tight noprint" aria-label=${t("Write")}>
    <div class="tabs" role="group" aria-label=${t("To whom")}>
      ${own ? nothing : html`<button type="button" id="to-them" aria-pressed=${draft.chain === "o" ? "true" : "false"} aria-keyshortcuts="r"
        aria-current=${draft.chain === "o" ? "true" : nothing} @click=${() => { acts.draft({ chain: "o" }); }}>${story.opened === null ? t("Answer the reporting person") : t("Write to them")}</button>`}
      <button type="button" id="to-desk" aria-pressed=${draft.chain === "i" ? "true" : "false"} aria-keyshortcuts="n"
        aria-current=${draft.chain === "i" ? "true" : nothing} @click=${() => { acts.draft({ chain: "i" }); }}>${inCase(story) ? t("Note for colleagues on this case") : t("Note for the desk")}</button>
    </div>
    ${mute ? html`<p class="notice plain">${own ? (story.opened?.purpose === TAKEN_IN ? t("Nobody outside reads this case any more: the mailbox of the reporting person did not come back with the file. Notes are for those assigned.") : t("Nobody outside reads this matter. Notes are for those assigned.")) : t("The reporting person kept no words, so nobody could read an answer. Notes for the desk are possible.")}</p>` : html`
    <form class="stack tight" @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const button = event.submitter;
      if (button instanceof HTMLElement) acts.send(button);
    }}>
      <textarea id="draft" dir="auto" autocomplete="off" spellcheck="false" maxlength="20000" aria-describedby="draft-readers"
        aria-label=${draft.chain === "o" ? (story.opened === null ? t("Your message to the reporting person") : t("Your message to them")) : t("Your note for the desk")}
        .value=${draft.text} @input=${(event: Event) => { acts.draft({ text: (event.target as HTMLTextAreaElement).value }); }}></textarea>
      ${acts.attaching(story)}
      <p class="readers" id="draft-readers">${whoReads(story, state)}</p>
      <div class="row apart">
        <label class="row small">${t("Language of what you write")} ${languages(story, draft, acts)}</label>
        ${draft.chain === "o" ? html`<button class="button secondary" type="button" aria-keyshortcuts="q" @click=${() => { acts.question(); }}>${t("Choose a question")}</button>` : nothing}
        <button class="button" type="submit">${draft.chain === "o" ? t("Look it over and send") : t("Keep the note")}</button>
      </div>
      <p class="small muted">${t("A draft stays in this page only. It is lost when you lock or close it.")}</p>
    </form>`}
    ${own || story.opened?.purpose === "helper" ? nothing : html`<p class="small"><button class="link" type="button" id="child-guide" @click=${() => { acts.child(); }}>${t("If it seems to come from a child")}</button></p>`}
  </section>`;
}

function languages(story: Story, draft: Draft, acts: Acts): TemplateResult {
  const offered = [...new Set([draft.language, story.language, language(), "en", "zh-Hans", "ar"])];
  return html`<select @change=${(event: Event) => { acts.draft({ language: (event.target as HTMLSelectElement).value }); }}>
    ${offered.map((tag) => html`<option value=${tag} ?selected=${tag === draft.language}>${languageName(tag)}</option>`)}</select>`;
}

/** One sentence that names everybody who can read a report. */
export function allReaders(story: Story, state: State): string {
  if (isNobodys(story.opened)) return t("Can be read by {names}, and nobody else.", { names: readerNames(story, state) });
  if (story.opened !== null) return t("Can be read by the person for whom this mailbox was opened, and by {names}, who are assigned to it.", { names: readerNames(story, state) });
  if (inCase(story)) return t("Can be read by the reporting person, and by {names}, who are assigned to this case.", { names: readerNames(story, state) });
  return t("Can be read by the reporting person, and on this desk by {names}.", { names: readerNames(story, state) });
}

function readerNames(story: Story, { facts }: State): string {
  return together(readersNow(facts, story).map((one) => (one.id === facts.me.id ? t("you") : one.name)));
}

/** One sentence that names everybody who can read what is being written. */
function whoReads(story: Story, state: State): string {
  if (state.draft.chain === "o") return allReaders(story, state);
  if (isNobodys(story.opened)) return allReaders(story, state);
  if (story.opened !== null) return t("Can be read by {names}, who are assigned to this mailbox. Its holder never sees it.", { names: readerNames(story, state) });
  return inCase(story)
    ? t("Can be read by {names}, who are assigned to this case. The reporting person never sees it.", { names: readerNames(story, state) })
    : t("Can be read on this desk by {names}. The reporting person never sees it.", { names: readerNames(story, state) });
}

/** Shows what will be sent and who can read it; resolves with whether to send it. */
export async function looksOver(story: Story, state: State, files: readonly FileName[]): Promise<boolean> {
  const answer = await openDialog<boolean>(story.opened === null ? t("Send this to the reporting person?") : t("Send this to them?"), (close) => [
    make("p", { class: "message mine written", dir: "auto", lang: state.draft.language }, state.draft.text.trim()),
    files.length === 0 ? null : make("ul", { class: "small", "aria-label": t("Files that go with it") },
      files.map(({ name, size: bytes }) => make("li", {}, make("span", { class: "written" }, shownName(name)), ` · ${size(bytes)}`))),
    make("p", { class: "readers" }, whoReads(story, state)),
    make("p", { class: "small muted" }, t("It is sealed in this browser. Once sent it can be answered, not taken back.")),
    make("div", { class: "actions" },
      make("button", { class: "button", type: "button", onclick: () => { close(true); } }, t("Send")),
      make("button", { class: "button secondary", type: "button", autofocus: true, onclick: () => { close(false); } }, t("Change it"))),
  ]);
  return answer === true;
}
