/** How reports, groups of them and those that were drawn stand on the page. */

import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import { count, moment, t, tn } from "../../elements/words.js";
import { asideWord, ASIDE_REASONS } from "../cases/words.js";
import { byPlace, CARD, VARIANTS, type Sorting } from "./sorting.js";
import type { Alike, Alone, Batch, Beside, Drawn, Variant } from "./types.js";

export interface CardActs {
  leave(threads: readonly string[]): void;
  goes(thread: string): void;
  /** Shows more of those that stand by themselves. */
  more(): void;
}

export function aloneSection(sorting: Sorting, shown: number, acts: CardActs): TemplateResult {
  const { alone } = sorting.heap;
  return html`<section class="stack" aria-labelledby="alone">
    <h2 id="alone">${t("By themselves ({n})", { n: alone.length })}</h2>
    <p class="muted">${alone.length === 0 ? t("Each report is like others.")
      : t("These are like no others, or say something that those like them do not. They stay in the list of arrivals until somebody opens them and decides.")}</p>
    ${repeat(alone.slice(0, shown), ({ thread }) => thread, (one) => aloneCard(one, sorting, acts))}
    ${alone.length > shown ? html`<p><button class="button secondary" type="button" @click=${() => { acts.more(); }}>${t("Show more of them ({n})", { n: alone.length - shown })}</button></p>` : nothing}
  </section>`;
}

function aloneCard(one: Alone, { too }: Sorting, acts: CardActs): TemplateResult {
  return html`<article class="card stack tight" tabindex="0" data-card=${one.thread}>
    ${beside(one)}
    ${one.like === null ? nothing : html`<p class="small muted">${tn("It has the text of {n} other, and the words that are marked.", "It has the text of {n} others, and the words that are marked.", one.like.others)}</p>`}
    ${one.text === "" ? html`<p class="muted">${t("Spoken, or a file without words")}</p>` : marked(one.text, one.like?.marks ?? [])}
    ${one.more ? html`<p class="small">${t("There is more to it than stands here. Open it to read all of it.")}</p>` : end(one.thread)}
    <p class="row"><a class="button secondary" href=${`#/arrivals/${one.thread}`}>${t("Open this report")}</a>
      ${one.more ? nothing : html`<label class="choice"><input type="checkbox" data-act="leave" .checked=${too.has(one.thread)} @change=${() => { acts.goes(one.thread); }}>
        <span>${t("Set this one aside with the others")}</span></label>`}</p>
  </article>`;
}

export function groupsSection(sorting: Sorting, acts: CardActs): TemplateResult | typeof nothing {
  const { groups } = sorting.heap;
  if (groups.length === 0) return nothing;
  const all = groups.reduce((sum, { threads }) => sum + threads.length, 0);
  return html`<section class="stack" aria-labelledby="alike">
    <h2 id="alike">${t("Alike ({n})", { n: all })}</h2>
    <p class="muted">${tn("One kind: its text stands here once, and beside it everything in which they differ.", "{n} kinds, the smallest first: the text of each stands here once, and beside it everything in which they differ.", groups.length)}</p>
    ${repeat(groups, ({ first }) => first, (group, at) => groupCard(group, at, sorting, acts))}
  </section>`;
}

function groupCard(group: Alike, at: number, sorting: Sorting, acts: CardActs): TemplateResult {
  const { threads, variants } = group;
  const out = sorting.isLeft(group), staying = threads.filter((thread) => sorting.left.has(thread)).length;
  return html`<article class="card stack tight" tabindex="0" data-card=${group.first} data-kind data-out=${out ? "" : nothing}>
    <div class="row apart"><h3>${t("Kind {n}", { n: at + 1 })} · ${tn("{n} report", "{n} reports", threads.length)}</h3>
      <button class="button secondary" type="button" data-act="leave" aria-pressed=${out ? "true" : "false"}
        @click=${() => { acts.leave(threads); }}>${out ? t("Left out: it stays") : t("Leave this kind out")}</button></div>
    ${staying > 0 && !out ? html`<p class="small">${tn("{n} of them stays.", "{n} of them stay.", staying)}</p>` : nothing}
    ${beside(group)}
    ${marked(group.text, [])}
    ${variants.length === 0 ? html`<p class="small muted">${t("All of them have just these words.")}</p>` : html`<div class="stack tight">
      <h4>${t("In which they differ")}</h4>
      <p class="small muted">${t("Press what should stay: those that say it are left out.")}</p>
      <ul class="plain variants">${[...byPlace(variants)].map((some, nth) => html`<li>${place(some, { of: group.first, nth }, sorting, acts)}</li>`)}</ul></div>`}
    ${!sorting.isFolded(group) ? nothing
      : html`<p class="small" data-folded>${t("Some variants are folded away: open them and look through them, or this kind does not count as read.")}</p>`}
    ${end(group.first)}
  </article>`;
}

/** All variants of one place of the text; the folded ones end with a mark of their own, which is on no screen while they are folded. */
function place(variants: readonly Variant[], { of, nth }: { readonly of: string; readonly nth: number }, sorting: Sorting, acts: CardActs): TemplateResult {
  const [{ instead } = { instead: "" }] = variants;
  const rest = variants.slice(VARIANTS);
  return html`${instead === "" ? t("Put in:") : html`${t("Instead of")} <q class="written" dir="auto">${instead}</q>:`}
    ${variants.slice(0, VARIANTS).map((one) => variant(one, sorting, acts))}
    ${rest.length === 0 ? nothing : html`<details><summary>${tn("{n} more, with fewer letters", "{n} more, with fewer letters", rest.length)}</summary>${rest.map((one) => variant(one, sorting, acts))}${end(of, nth)}</details>`}`;
}

function variant({ says, threads }: Variant, { left }: Sorting, acts: CardActs): TemplateResult {
  const out = threads.every((thread) => left.has(thread));
  return html`<button class="link variant" type="button" dir="auto" aria-pressed=${out ? "true" : "false"} @click=${() => { acts.leave(threads); }}>${
    says === "" ? html`<i>${t("left out")}</i>` : says}${threads.length > 1 ? html` <span class="muted">×${count(threads.length)}</span>` : nothing}</button> `;
}

export function drawnSection(sorting: Sorting, acts: CardActs): TemplateResult | typeof nothing {
  const { drawn, rest } = sorting;
  if (drawn.length === 0) return nothing;
  return html`<section class="stack" aria-labelledby="drawn">
    <h2 id="drawn">${t("Drawn by chance: {n} of {m}", { n: drawn.length, m: rest.length })}</h2>
    <p class="muted">${t("Your browser has drawn these from those that are not shown above. What the text above does not have is marked.")}</p>
    ${repeat(drawn, ({ thread }) => thread, (one) => drawnCard(one, sorting, acts))}
  </section>`;
}

function drawnCard({ thread, text, marks }: Drawn, { left }: Sorting, acts: CardActs): TemplateResult {
  const out = left.has(thread);
  return html`<article class="card stack tight" tabindex="0" data-card=${thread} data-drawn data-out=${out ? "" : nothing}>
    ${marked(text, marks)}
    ${end(thread)}
    <p class="row"><button class="button secondary" type="button" data-act="leave" aria-pressed=${out ? "true" : "false"} @click=${() => { acts.leave([thread]); }}>${
      out ? t("Left out: it stays") : t("Leave this one out")}</button>
      <a class="button quiet" href=${`#/arrivals/${thread}`}>${t("Open this report")}</a></p>
  </article>`;
}

export function batchesSection(batches: readonly Batch[], name: (member: string) => string): TemplateResult | typeof nothing {
  if (batches.length === 0) return nothing;
  return html`<section class="stack tight" aria-labelledby="batches"><h2 id="batches">${t("Set aside at this desk")}</h2>
    <div class="tablebox"><table class="table"><thead><tr><th scope="col">${t("When")}</th><th scope="col">${t("Who")}</th><th scope="col">${t("Why")}</th>
      <th scope="col" class="number">${t("Reports")}</th><th scope="col" class="number">${t("Read by a person")}</th></tr></thead>
    <tbody>${batches.map(({ at, member, reason, reports, read }) => html`<tr><td><time datetime=${at}>${moment(at)}</time></td><td>${name(member)}</td>
      <td>${reasonWord(reason)}</td><td class="number">${count(reports)}</td><td class="number">${count(read)}</td></tr>`)}</tbody></table></div></section>`;
}

function reasonWord(reason: string): string {
  const known = ASIDE_REASONS.find((one) => one === reason);
  return known === undefined ? reason : asideWord(known);
}

function beside({ about, files }: Beside): TemplateResult | typeof nothing {
  if (about.length === 0 && files === 0) return nothing;
  return html`<p class="small muted">${about.map((one) => html`<span class="chip" dir="auto">${one}</span> `)}${files === 0 ? nothing : html`<span class="chip due">${tn("{n} file", "{n} files", files)}</span>`}</p>`;
}

/** A text with some of its places marked. */
function marked(text: string, marks: readonly (readonly [number, number])[]): TemplateResult {
  const parts: unknown[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), html`<mark>${text.slice(from, to)}</mark>`);
    at = to;
  }
  parts.push(text.slice(at));
  return html`<p class="written" dir="auto">${parts}</p>`;
}

/** Where a card, or a folded part of it, ends: once it was on the screen, so was every word before it. */
function end(thread: string, part = CARD): TemplateResult {
  return html`<span class="end" data-end=${thread} data-part=${part}></span>`;
}
