/** The files of a report or message, each with what can be done with it. */
import { html, nothing, type TemplateResult } from "lit-html";

import { ask } from "../../elements/dialog.js";
import { size, t, tn } from "../../elements/words.js";
import { erasedSentence, reasonOf, reasonWords } from "../../elements/erased.js";
import type { AttachedFile } from "../arrivals/types.js";
import type { Erasing, Erasure } from "./erasing.js";
import { isPlayed } from "./kinds.js";
import type { Saving } from "./saving.js";
import { checkedWords, typeWords } from "./words.js";

/** What a person can do with a file; the templates call these and know nothing else. */
export interface FileActs {
  look(file: AttachedFile): void;
  save(file: AttachedFile): void;
  stop(file: AttachedFile): void;
  /** Ask to delete it, or agree to what a colleague has asked. */
  erase(file: AttachedFile): void;
  readonly erasing: Erasing;
}

export function fileList(
  files: readonly AttachedFile[], savings: ReadonlyMap<string, Saving>, acts: FileActs,
): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<section class="stack tight files">
    <h2 class="asked">${tn("{n} file", "{n} files", files.length)}</h2>
    <ul>${files.map((file) => html`<li>${row(file, savings.get(file.blob), acts)}</li>`)}</ul></section>`;
}

function row(file: AttachedFile, saving: Saving | undefined, acts: FileActs): TemplateResult {
  const erasure = acts.erasing.of(file.blob);
  if (erasure?.day !== undefined) return html`<div class="file" data-blob=${file.blob}><div class="what"><bdi class="filename">${file.name}</bdi>
    <span class="small muted">${typeWords(file)} · ${size(file.size)}</span>
    <span class="small state">${erasedSentence(erasure.day, erasure.reason)}</span></div></div>`;
  return html`<div class="file" data-blob=${file.blob}>
    <div class="what"><bdi class="filename">${file.name}</bdi>
      <span class="small muted"><bdi>${typeWords(file)}</bdi> · <bdi>${size(file.size)}</bdi></span>
      ${file.cleaned ? html`<span class="small chip due">${t("The name was cleaned")}</span>
        <span class="small">${t("It came with hidden signs, or signs that a file's name must not have. They can make a name look like another.")}</span>` : nothing}
      ${said(saving, file)}${asked(erasure, acts)}</div>
    <div class="acts">
      ${file.said === "other" ? nothing : html`<button class="button secondary" type="button" @click=${() => { acts.look(file); }}
        aria-label=${isPlayed(file.said) ? t("Play {name}", { name: file.name }) : t("View {name}", { name: file.name })}>${isPlayed(file.said) ? t("Play") : t("View")}</button>`}
      ${saving?.state === "coming"
        ? html`<button class="button quiet" type="button" @click=${() => { acts.stop(file); }}>${t("Stop saving")}</button>`
        : html`<button class="button quiet" type="button" @click=${() => { acts.save(file); }} aria-label=${t("Save {name}", { name: file.name })}>${t("Save")}</button>`}
      ${erasure === undefined
        ? html`<button class="button quiet" type="button" @click=${() => { acts.erase(file); }} aria-label=${t("Delete {name}", { name: file.name })}>${t("Delete…")}</button>`
        : acts.erasing.isMine(erasure) ? nothing : html`<button class="button danger" type="button" @click=${() => { acts.erase(file); }}>${t("Agree and delete")}</button>`}
    </div></div>`;
}

function asked(erasure: Erasure | undefined, { erasing }: FileActs): TemplateResult | typeof nothing {
  if (erasure === undefined) return nothing;
  const reason = reasonOf(erasure.reason);
  const why = reason === undefined ? erasure.reason : reasonWords(reason);
  const said = erasing.isMine(erasure)
    ? t("You have asked to delete this file, because: {reason}. Somebody else who reads this report has to agree within a week.", { reason: why })
    : t("{name} asks to delete this file, because: {reason}. If you agree, it is gone.", { name: erasure.name, reason: why });
  return html`<span class="small state danger">${said}</span>`;
}

function said(saving: Saving | undefined, file: AttachedFile): TemplateResult | typeof nothing {
  switch (saving?.state) {
    case undefined: return nothing;
    case "coming": return html`<label class="progress small"><span>${t("Saving: {done} of {all}. Keep this page open and unlocked.", {
      done: size(saving.done), all: size(file.size),
    })}</span><progress max=${Math.max(1, file.size)} .value=${saving.done}></progress></label>`;
    case "saved": return html`<span class=${saving.checked === "yes" ? "small state good" : "small state danger"} role="status">${t("Handed to your browser.")} ${checkedWords(saving.checked)}</span>`;
    case "failed": return html`<span class="small state danger" role="alert">${saving.words}</span>`;
  }
}

/** Says what saving means; resolves with whether to go on. */
export function surelySave(file: AttachedFile): Promise<boolean> {
  const plain = t("Saved, it is no longer sealed: it lies on this computer for everybody who can use it, until you delete it there. It is then opened by other programs, and a file that was made to do harm can do it in them.");
  const other = t("This kind of file can be a program, or hold one, and it is not shown here. Open it only on a computer that holds nothing else and is connected to nothing.");
  return ask({
    title: t("Save this file?"), act: t("Save"), danger: file.said === "other",
    body: file.said === "other" ? `${plain} ${other}` : plain,
  });
}
