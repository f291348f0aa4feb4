/** What an authority is told at one row of a law, filled in here and kept sealed in the case; nothing of it is sent from here. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { copyButton } from "../../elements/copy.js";
import { day, language, t } from "../../elements/words.js";
import { make } from "../../elements/make.js";
import { printSheet } from "../../elements/print.js";
import { SAID_MOST, type Answer } from "../../seal/submission.js";
import { personName } from "../arrivals/names.js";
import type { ShownSubmission } from "../cases/worktypes.js";
import type { Noted } from "../cases/worknotes.js";
import type { Facts } from "../facts.js";
import { button, cancel, field, form, submit, type Field } from "../fields.js";
import { inLanguage } from "../page.js";
import { dutyLabel, type Begun, type DutyRow } from "./types.js";

/** What was filled in at a row, oldest first. */
export function toldAt(law: string, { row }: Pick<DutyRow, "row">, all: readonly ShownSubmission[]): ShownSubmission[] {
  return all.filter((one) => one.law === law && one.row === row);
}

/** What a row begins with: what is changed, or what the same law was told of the same thing last. */
export function beginning(law: string, { contents }: Pick<DutyRow, "contents">, all: readonly ShownSubmission[], before?: ShownSubmission): ReadonlyMap<string, string> {
  const known = before === undefined ? all.filter((one) => one.law === law).sort((a, b) => a.n - b.n) : [before];
  const said = new Map(known.flatMap(({ answers }) => answers.map(({ content, said: words }): [string, string] => [content, words])));
  return new Map(contents.flatMap(({ id }): [string, string][] => { const words = said.get(id); return words === undefined ? [] : [[id, words]]; }));
}

/** The dialog; null where it is left. @param before - what is changed; without it a new one is made */
export function askTold(begun: Pick<Begun, "law" | "version">, row: DutyRow, all: readonly ShownSubmission[], before?: ShownSubmission): Promise<Noted | null> {
  const title = dutyLabel(row), begins = beginning(begun.law, row, all, before);
  return openDialog<Noted>(title, (close) => {
    const fields = row.contents.map(({ id, text }): { readonly content: string; readonly asked: string; readonly field: Field } => {
      const asked = inLanguage(text, language());
      return { content: id, asked, field: field({ label: asked, rows: 3, maxlength: SAID_MOST, value: begins.get(id) ?? "" }) };
    });
    const made = form(() => {
      clearFaults(made);
      const answers = fields.map(({ content, asked, field: one }): Answer => ({ content, asked, said: one.value().trim() })).filter(({ said }) => said !== "");
      const [first] = fields;
      if (answers.length > 0) close({ note: { kind: "submission", id: before?.id ?? "", law: begun.law, version: begun.version, row: row.row, title, answers }, text: "" });
      else if (first !== undefined) showFaults(made, [{ field: first.field.id, message: t("Please fill in one of them at least.") }]);
    },
    make("p", { class: "hint" }, t("This is what the law requires to be told here. What you leave empty is left out.")),
    before === undefined && begins.size > 0 ? make("p", { class: "hint" }, t("What was told before stands in it already: change what is no longer so.")) : null,
    ...fields.map((one) => one.field.element),
    make("p", { class: "hint" }, t("It is kept sealed in the case, for those assigned alone. Nothing is sent from here.")),
    make("div", { class: "actions" }, submit(t("Keep it")), cancel()));
    return made;
  });
}

/** One that was filled in, folded: to read, change, copy and print. */
export function toldPart(one: ShownSubmission, law: string, facts: Facts, change: () => void): HTMLElement {
  return make("details", { class: "stack tight", "data-told": one.id },
    make("summary", {}, t("What is told here: {name}, {day}", { name: personName(facts, one.by), day: day(one.at.slice(0, 10), "short") })),
    make("div", { class: "stack tight" }, answersOf(one),
      make("p", { class: "row noprint" }, button(t("Change"), change, "link"), copyButton(t("Copy"), () => one.text),
        button(t("Print it"), () => { printSheet(paperOf(one, law, facts.today), t("Letter")); }, "button secondary"))));
}

/** Where an authority has a form of its own, these words go there by hand. */
export function noForm(): HTMLElement {
  return make("p", { class: "small muted" }, t("Authorities have forms and portals of their own. This page has none of them, of no country: it has what the law itself names. Copy it to where your authority wants it, or print it, and then note that it was done."));
}

function answersOf({ answers, language: tag }: ShownSubmission): HTMLElement {
  return make("dl", { class: "stack tight", lang: tag }, answers.map(({ asked, said }) => make("div", {},
    make("dt", { class: "small muted", dir: "auto" }, asked), make("dd", { class: "written", dir: "auto" }, said))));
}

function paperOf(one: ShownSubmission, law: string, today: string): HTMLElement {
  return make("article", { class: "stack", lang: one.language },
    make("h1", { dir: "auto" }, one.title), make("p", { class: "muted" }, make("bdi", {}, law), " · ", make("bdi", {}, day(today))),
    one.answers.map(({ asked, said }) => make("section", { class: "stack tight" }, make("h2", { dir: "auto" }, asked), make("p", { class: "written", dir: "auto" }, said))));
}
