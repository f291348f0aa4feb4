/** The page to read of an exported case: what the workbench shows of it, as paragraphs, in the reader's language. */
import { html, render, type TemplateResult } from "lit-html";

import { day, direction, language, moment, size, t } from "../../elements/words.js";
import type { FilePart } from "../../export/protocol.js";
import type { Page, Paragraph } from "../../export/pdf.js";
import type { ExportReason } from "../../seal/exportedcase.js";
import type { Stood } from "../../seal/stood.js";
import { doingWords } from "../arrivals/doings.js";
import { deskName, personName, together } from "../arrivals/names.js";
import type { Acts, State } from "../arrivals/state.js";
import { storyColumn, writtenIn } from "../arrivals/story.js";
import type { Story } from "../arrivals/types.js";
import { worksheet } from "../cases/worksheet.js";
import type { Facts } from "../facts.js";
import { inLanguage } from "../page.js";
import { statusName } from "../arrivals/status.js";
import { stoodParagraphs } from "./stood.js";
import { reasonWord } from "./words.js";

export interface PageOf {
  readonly story: Story;
  readonly state: State;
  readonly files: readonly FilePart[];
  readonly reason: ExportReason;
  readonly words: string;
  readonly stood: Stood;
}

const BLOCKS = "p,li,h1,h2,h3,header,dt,dd,summary,section,div,ol,ul,dl,details,article";
const LEFT_OUT = "button,input,select,textarea,label,svg,template,.noprint,.progress";

/** What was written and done in a case, with nothing to press. */
export function readOnly(story: Story, facts: Facts): Paragraph[] {
  const work = paragraphsOf(html`${worksheet(story, { facts }, IDLE.acts)}`);
  return [
    { as: "heading", text: t("What was written") }, ...paragraphsOf(storyColumn(story, { savings: new Map(), acts: IDLE.files }, facts)),
    ...work.length === 0 ? [] : [{ as: "heading" as const, text: t("Work on this case") }, ...work],
  ];
}

export function pageOf({ story: shown, state: { facts: seen }, files, reason, words, stood }: PageOf): Page {
  // Whoever reads it later is not who took it out: nobody is "you" in it.
  const me = seen.people.find(({ id }) => id === seen.me.id);
  const facts: Facts = { ...seen, me: { ...seen.me, id: "" } };
  const story: Story = {
    ...shown, filer: shown.filer && { ...shown.filer, mine: false },
    entries: shown.entries.map((one) => ("mine" in one ? { ...one, mine: false, unread: false } : { ...one, unread: false })),
  };
  const title = t("Case {number}", { number: apart(story.thread) });
  const paragraph = (as: Paragraph["as"], text: string): Paragraph => ({ as, text });
  const line = (name: string, text: string): Paragraph[] => (text === "" ? [] : [paragraph("text", t("{name}: {value}", { name, value: text }))]);
  const paragraphs: Paragraph[] = [
    paragraph("title", title), paragraph("small", t("This file holds what the office exists to protect. Keep it as you keep its disk, and destroy it when it has served.")),
    ...line(t("Office"), inLanguage(facts.names, language())), ...line(t("Desk"), deskName(facts, story.desk)),
    ...line(t("Arrived"), day(story.day)), ...line(t("State"), statusName(story.status)), ...line(t("Written in"), writtenIn(story)),
    ...line(t("Contact"), story.contact), ...line(t("Their name"), story.name), ...line(t("Should not read this, asks the reporting person"), together([...story.mustNotSee])),
    ...line(t("Assigned"), together((story.case?.people ?? []).map((id) => personName(facts, id)))),
    ...line(t("Taken out"), `${day(facts.today)}, ${me?.name ?? me?.alias ?? ""}`), ...line(t("Why"), `${reasonWord(reason)} ${words}`.trim()),
    ...readOnly(story, facts), ...stoodParagraphs(stood, facts.today, facts),
  ];
  if (files.length > 0) paragraphs.push(paragraph("heading", t("Files")), ...files.map(({ part, name, size: bytes }) => paragraph("text", part === undefined
    ? t("{name} ({size}): not in this file", { name: apart(name), size: size(bytes) }) : t("{name} ({size}): {part}", { name: apart(name), size: size(bytes), part: apart(part) }))));
  paragraphs.push(paragraph("heading", t("What the desk did")), ...story.doings.map((one) => paragraph("text", `${doingWords(one, facts)} ${moment(one.at)}`)));
  return { title, language: language(), direction: direction(), paragraphs };
}

/** What nobody presses in a page to read. */
const IDLE = (() => {
  const none = (): undefined => undefined;
  const idle: ProxyHandler<() => undefined> = { get: () => none };
  const files = { look: none, save: none, stop: none, erase: none, erasing: { of: none } } as unknown as Parameters<typeof storyColumn>[1]["acts"];
  return { files, acts: { work: new Proxy(none, idle), copies: () => "" } as unknown as Acts };
})();

/** The texts of a template in the order in which they stand, without anything to press. */
export function paragraphsOf(template: TemplateResult): Paragraph[] {
  const host = document.createElement("div");
  render(template, host);
  const out: Paragraph[] = [];
  let loose = "";
  const put = (as: Paragraph["as"], text: string, written = false): void => { if (text.trim() !== "") out.push({ as, text: text.trim(), written }); };
  const flush = (): void => {
    put("text", collapsed(loose));
    loose = "";
  };
  const walk = (node: Node): void => {
    if (!(node instanceof Element)) {
      if (node.nodeType === Node.TEXT_NODE) loose += node.textContent ?? "";
      return;
    }
    if (node.matches(LEFT_OUT)) return;
    if (!node.matches(BLOCKS)) {
      if (node.querySelector(BLOCKS) === null) loose += textOf(node);
      else node.childNodes.forEach(walk);
      return;
    }
    flush();
    if (node.querySelector(BLOCKS) === null) put(kindOf(node), node.matches(".written") ? node.textContent : collapsed(textOf(node)), node.matches(".written"));
    else node.childNodes.forEach(walk);
    flush();
  };
  host.childNodes.forEach(walk);
  flush();
  render(html``, host);
  return out;
}

function kindOf(node: Element): Paragraph["as"] {
  if (node.matches("header,h1,h2,h3,summary,dt")) return "by";
  return node.matches(".small,.event,.muted") ? "small" : "text";
}

function textOf(node: Element): string {
  const copy = node.cloneNode(true) as Element, heads = node.matches("header");
  for (const one of copy.querySelectorAll(LEFT_OUT)) one.remove();
  // What stands in elements of its own stands apart on the screen.
  for (const one of copy.querySelectorAll("time,bdi,span,b")) one.before(heads && one.matches("time") ? " · " : " ");
  return copy.textContent;
}

/** So that a number keeps its own direction in a sentence of another (Unicode, directional isolates). */
function apart(text: string): string {
  return `\u2066${text}\u2069`;
}

function collapsed(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
