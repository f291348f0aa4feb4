/** In the story of a report: which office it came from, what that office passed on, and what we passed on ourselves. */
import { html, nothing, type TemplateResult } from "lit-html";

import { day, language, t } from "../../elements/words.js";
import { inLanguage } from "../page.js";
import type { ReferralEntry } from "../arrivals/types.js";
import type { Referred } from "./types.js";

/** Proven from that office's own root; red where our own charter does not name it. */
export function referredLine(referred: Referred): TemplateResult {
  const name = inLanguage(referred.names, language());
  const signed = t("Signed by {name} of that office; the signature is proven by its own documents.", { name: referred.member.alias });
  if (referred.own) return ownLine(referred, name);
  return html`<div class=${referred.known ? "notice plain" : "notice danger"} id="referred">
    <p>${referred.known ? t("Referred by {office}, which our charter names.", { office: name })
      : t("It says that {office} referred it. Our charter does not name that office: whoever can run a server can call it so. Compare its eight words with that office by another way before you rely on it.", { office: name })}
      <span class="small">${signed} <bdi class="code">${referred.host}</bdi></span></p>
    ${referred.known ? nothing : html`<p class="code" translate="no">${referred.words.join(" ")}</p>`}
    <p class="small">${t("Whoever answers here writes to that office. The person who made the report talks with that office, and not with us.")}</p></div>
    ${referred.original === null ? nothing : original(referred.original, name)}`;
}

/** An organisation's own report: who signed it for which organisation, and whether our charter names its office. */
function ownLine({ known, words, host, member }: Referred, office: string): TemplateResult {
  const signed = t("Signed for this desk, with just these words and files, by {name}, who signs for that organisation; its own documents prove it.", { name: member.alias });
  return html`<div class=${known ? "notice plain" : "notice danger"} id="referred" data-own>
    <p>${known ? t("{office}, which our charter names, reports this in its own name.", { office })
      : t("It says that {office} reports this in its own name. Our charter does not name that office: whoever can run a server can call it so. Compare its eight words with that office by another way before you rely on it.", { office })}
      <span class="small">${signed} <bdi class="code">${host}</bdi></span></p>
    ${known ? nothing : html`<p class="code" translate="no">${words.join(" ")}</p>`}
    <p class="small">${t("Whoever answers here writes to that organisation. If it hands over what others brought to it, they talk with it, and not with us.")}</p></div>`;
}

function original({ day: when, language: tag, answers, fault }: NonNullable<Referred["original"]>, name: string): TemplateResult {
  if (fault !== "") {
    return html`<div class="notice danger" id="original"><p>${t("A report is attached as it came there, and it failed a check, so it is not shown.")} <span class="code">${fault}</span></p></div>`;
  }
  return html`<section class="message theirs" id="original"><header><b>${t("The report as it came to {office}, unchanged", { office: name })}</b> <time datetime=${when}>${day(when)}</time></header>
    <p class="small">${t("Its author's signature and that office's acknowledgement of this day are proven. Of its files those came along that stand with the words of that office; ask for others that you need.")}</p>
    <div class="stack">${answers.map((answer) => html`<section class="stack tight"><h2 class="asked">${answer.label}</h2>
      <p class="written" dir="auto" lang=${tag}>${answer.text}</p></section>`)}</div></section>`;
}

export function passedOnWords(one: ReferralEntry): string {
  const office = inLanguage(one.names, language());
  return one.mine ? t("You passed this on to {office}.", { office }) : t("{name} passed this on to {office}.", { name: one.author, office });
}
