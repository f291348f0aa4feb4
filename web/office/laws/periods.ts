/** The periods that the line counts, row by row: the rule's, the office's own shorter one, what waits for a second person. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { outcomeWord } from "../../elements/outcome.js";
import { periodWord, type Unit } from "../../elements/period.js";
import { day, language, t, tn } from "../../elements/words.js";
import type { Outcome } from "../../seal/closing.js";
import { has } from "../facts.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { confirmButton, lookedUp } from "./confirming.js";
import { knownChip, sourceLine, type Known } from "./status.js";
import type { Law } from "./view.js";

const KEPT = "retention/";

interface Own {
  readonly id: string;
  readonly limit: number;
  readonly unit: Unit;
  readonly starts: string;
  /** The act by which it was asked for, base64url. */
  readonly what: string;
  readonly by: string;
  readonly second: string | null;
  readonly day: string | null;
}

export interface Period extends Known {
  /** A clock's id, or `retention/` and an outcome. */
  readonly row: string;
  readonly label: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly unit: Unit;
  readonly agreed: readonly Own[];
  readonly asked: Own | null;
}

export interface Around {
  readonly bench: Workbench;
  person(id: string): string;
  done(laws: readonly Law[]): void;
  failed(sentence: string): void;
}

interface Wanted {
  readonly law: string;
  readonly row: string;
  readonly limit: number;
  readonly unit: Unit;
  readonly starts: string;
}

/** What would change, as the server counted it. */
interface Preview {
  readonly limit: number;
  readonly unit: Unit;
  readonly running: number;
  readonly moved: number;
  readonly open: number;
}

export function periodsOf(law: Law, around: Around): HTMLElement {
  return make("details", { class: "stack tight", open: law.periods.some(({ asked, agreed }) => asked !== null || agreed.length > 0) },
    make("summary", {}, t("Periods that the line counts, and the office's own")),
    make("div", { class: "stack tight" }, make("p", { class: "muted small" }, t("An office may be quicker than its law, never slower. An administrator asks, somebody else agrees; it counts from a later day on, for what begins then, and everybody reads it on the public pages.")),
    make("ul", { class: "duelist", role: "list" }, law.periods.map((row) => line(law, row, around)))));
}

function line(law: Law, row: Period, around: Around): HTMLElement {
  const { facts } = around.bench;
  const { asked } = row, kept = row.row.startsWith(KEPT);
  const press = button(t("Make it shorter"), () => { void propose(law, row, around, press); }, "button secondary");
  return make("li", { class: "stack tight" },
    make("div", { class: "row apart" },
      make("div", {}, make("p", {}, nameOf(row), ...kept ? [" ", knownChip(row)] : []),
        make("p", { class: "small" }, t("The rule: {period}", { period: periodWord(row.limit, row.unit) })),
        sourceLine(row), kept ? lookedUp(row, around) : null,
        told(row, facts.today).map((one) => make("p", { class: "small" },
          make("strong", {}, t("The office: {period}", { period: periodWord(one.limit, one.unit) })), " ",
          one.starts > facts.today ? t("from {day}", { day: day(one.starts) }) : t("since {day}", { day: day(one.starts) }), " ",
          make("span", { class: "muted" }, t("({first} and {second})", { first: around.person(one.by), second: around.person(one.second ?? "") }))))),
      // A clock is confirmed among the clocks; how long something is kept stands here alone.
      make("div", { class: "row" }, kept ? confirmButton({ law: law.id, row: row.row, label: nameOf(row) }, row, around) : null, has(facts, "administrator") && asked === null && press)),
    asked !== null && waiting(law, row, asked, around));
}

/** The office's period that counts today, and those that are to come. */
function told({ agreed }: Period, today: string): Own[] {
  const now = agreed.filter(({ starts }) => starts <= today).reduce<Own | null>((latest, one) => latest === null || one.starts >= latest.starts ? one : latest, null);
  return [...now === null ? [] : [now], ...agreed.filter(({ starts }) => starts > today)];
}

function waiting(law: Law, row: Period, asked: Own, around: Around): HTMLElement {
  const { facts } = around.bench;
  const agree = button(t("See what changes, and agree"), () => { void second(law, row, asked, around, agree); });
  const back = button(t("Take it back"), () => { void takeBack(asked, around, back); }, "button secondary");
  return make("div", { class: "notice plain stack tight" },
    make("p", {}, t("{name} asks for {period} from {day} on. It counts for nothing until somebody else agrees.", {
      name: around.person(asked.by), period: periodWord(asked.limit, asked.unit), day: day(asked.starts),
    })),
    make("div", { class: "actions" }, asked.by !== facts.me.id && agree, back));
}

async function propose(law: Law, row: Period, around: Around, press: HTMLButtonElement): Promise<void> {
  const given = await askPeriod(row, around.bench.facts.today);
  if (given === null) return;
  await sign({ law: law.id, row: row.row, unit: row.unit, ...given }, row, null, "laws/own", around, press);
}

async function second(law: Law, row: Period, asked: Own, around: Around, press: HTMLButtonElement): Promise<void> {
  const wanted = { law: law.id, row: row.row, limit: asked.limit, unit: asked.unit, starts: asked.starts };
  await sign(wanted, row, asked.what, `laws/own/${asked.id}/agreement`, around, press);
}

async function takeBack(asked: Own, around: Around, press: HTMLButtonElement): Promise<void> {
  const { worker, session, api, facts } = around.bench;
  const sure = await ask({
    title: t("Take this back?"), act: t("Sign it"),
    body: t("Nothing changes then, and somebody can ask anew. That it was asked for, and that you took it back, stays in the record."),
  });
  if (!sure) return;
  await busy(press, () => attempt(around, async () => {
    const act = await worker.ask("sign-own-row-withdrawal", { office: facts.office, seen: asked.what, counter: await session.counter() });
    return api.post(`laws/own/${asked.id}/withdrawal`, { act });
  }));
}

/** Shows what would change, and signs it only after that was seen. */
async function sign(wanted: Wanted, row: Period, seen: string | null, path: string, around: Around, press: HTMLButtonElement): Promise<void> {
  const { worker, session, api, facts } = around.bench;
  await busy(press, async () => {
    let preview: Preview;
    try {
      preview = await api.post<Preview>("laws/own/preview", { ...wanted });
    } catch (error) {
      around.failed(sentenceOf(error));
      return;
    }
    if (await showChanges(wanted, row, preview, seen !== null) !== true) return;
    await attempt(around, async () => {
      const act = await worker.ask("sign-own-row", { office: facts.office, ...wanted, seen, counter: await session.counter() });
      return api.post(path, seen === null ? { ...wanted, act } : { act });
    });
  });
}

async function attempt(around: Around, act: () => Promise<unknown>): Promise<void> {
  try {
    const { laws } = await act() as { laws: readonly Law[] };
    around.done(laws);
    announce(t("Saved, and kept in the record."));
  } catch (error) {
    around.failed(sentenceOf(error));
  }
}

function askPeriod(row: Period, today: string): Promise<{ readonly limit: number; readonly starts: string } | null> {
  return openDialog<{ readonly limit: number; readonly starts: string }>(t("A shorter period of the office's own"), (close) => {
    const limit = field({ label: t("At most how many, in the rule's unit"), hint: t("The rule: {period}", { period: periodWord(row.limit, row.unit) }), classes: "short", inputmode: "numeric", maxlength: 5 });
    const starts = field({ label: t("From which day on"), hint: t("A day to come, such as {day}. What begins before keeps its period.", { day: after(today, 14) }), classes: "short", maxlength: 10 });
    const made = form(() => {
      clearFaults(made);
      const [said, from] = [limit.value().trim(), starts.value().trim()];
      const faults = [
        ...!/^[1-9][0-9]{0,4}$/.test(said) || Number(said) > row.limit ? [{ field: limit.id, message: t("Please write a number that is not greater than the rule's.") }] : [],
        ...!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(from) || from <= today ? [{ field: starts.id, message: t("Please write a day to come, such as {day}.", { day: after(today, 14) }) }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else close({ limit: Number(said), starts: from });
    }, make("p", {}, nameOf(row)), limit.element, starts.element,
    make("div", { class: "actions" }, submit(t("See what changes")), cancel()));
    return made;
  });
}

function showChanges(wanted: Wanted, row: Period, preview: Preview, agrees: boolean): Promise<boolean | null> {
  return openDialog<boolean>(t("What changes"), (close) => form(() => { close(true); },
    make("p", {}, nameOf(row)),
    make("dl", { class: "facts" },
      fact(t("So far"), periodWord(preview.limit, preview.unit)),
      fact(t("From {day} on", { day: day(wanted.starts) }), periodWord(wanted.limit, wanted.unit)),
      fact(t("The rule"), periodWord(row.limit, row.unit))),
    counted(row, preview).map((sentence) => make("p", {}, sentence)),
    make("p", { class: "hint" }, agrees
      ? t("Once you agree it cannot be taken back, only followed by another period from a later day on. Both names stand in the record.")
      : t("It counts for nothing until somebody else agrees, within a week.")),
    make("div", { class: "actions" }, submit(agrees ? t("Agree and sign") : t("Sign it")), cancel())));
}

/** What is counted, in whole sentences; no report is named. */
function counted({ row }: Period, { running, moved, open }: Preview): string[] {
  if (row.startsWith(KEPT)) {
    return [
      tn("{n} report is open at these desks. If it ends so, and from that day on, it is kept for the new period.", "{n} reports are open at these desks. Those that end so, and from that day on, are kept for the new period.", open),
      t("What is closed before keeps its period."),
    ];
  }
  return [
    tn("{n} clock runs under this row today.", "{n} clocks run under this row today.", running),
    moved === 0 ? t("None of them moves: what has begun keeps its period.") : tn("{n} of them would end on another day.", "{n} of them would end on another day.", moved),
  ];
}

function fact(name: string, value: string): HTMLElement {
  return make("div", {}, make("dt", {}, name), make("dd", {}, value));
}

function nameOf({ row, label }: Period): string {
  return row.startsWith(KEPT)
    ? t("Keep a case that ended as: {outcome}", { outcome: outcomeWord(row.slice(KEPT.length) as Outcome) })
    : inLanguage(label, language());
}

function after(today: string, days: number): string {
  const found = new Date(`${today}T12:00:00Z`);
  found.setUTCDate(found.getUTCDate() + days);
  return found.toISOString().slice(0, 10);
}
