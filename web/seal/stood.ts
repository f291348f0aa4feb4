/**
 * What an office kept beside a case when it was taken out: of the person concerned, of a panel, of duties (docs/formats.md
 * §15). None of it lies in the case's chains: it is the word of who took the case out.
 */
import { asDay, asText, whole, type Fields } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

const STEPS = ["nobody", "agreed", "given", "delayed", "heard", "asked", "answered"] as const;
const ROWS = ["waiting", "open", "running", "late", "done", "not-owed"] as const;
const SAID = ["yes", "no", "none"] as const;
const MOST = 1000, MOST_SEATS = 100;

/** A step towards the person concerned. */
export interface StoodStep {
  readonly step: (typeof STEPS)[number];
  readonly reason: string;
  readonly day: string;
  /** The last day that they were given to answer. */
  readonly until: string | undefined;
}

/** Somebody on a panel, and what they sent back. */
export interface StoodSeat {
  readonly member: Uint8Array;
  readonly says: (typeof SAID)[number];
  readonly text: string;
}

/** The question to a panel that was in force; its words are a note of the case. */
export interface StoodPanel {
  /** The last day that the reporting person was given. */
  readonly until: string;
  readonly ended: boolean;
  /** What each of them read; empty before they were seated. */
  readonly document: string;
  readonly seats: readonly StoodSeat[];
}

/** A row of a law, and how it stood. */
export interface StoodRow {
  readonly row: string;
  readonly label: Readonly<Record<string, string>>;
  readonly state: (typeof ROWS)[number];
  readonly in_time: boolean;
  /** The first moment at which it was too late, UTC to the minute. */
  readonly due: string | undefined;
  /** The last day in time, where days are counted. */
  readonly day: string | undefined;
  readonly done: string | undefined;
}

/** A law that made the organisation tell its authority something. */
export interface StoodDuty {
  readonly law: string;
  readonly names: Readonly<Record<string, string>>;
  readonly rows: readonly StoodRow[];
}

/** All of it; what a case had nothing of is empty. */
export interface Stood {
  readonly hearing: readonly StoodStep[];
  readonly panel: StoodPanel | undefined;
  readonly duties: readonly StoodDuty[];
}

export function stoodJson({ hearing, panel, duties }: Stood): JsonObject {
  return {
    hearing: hearing.map(({ step, reason, day, until }): Json => ({ step, reason, day, ...(until !== undefined && { until }) })),
    ...(panel && { panel: {
      until: panel.until, ended: panel.ended, document: panel.document,
      seats: panel.seats.map(({ member, says, text }): Json => ({ member: b64(member), says, text })),
    } }),
    duties: duties.map(({ law, names, rows }): Json => ({
      law, names: { ...names }, rows: rows.map(({ row, label, state, in_time, due, day, done }): Json => ({
        row, label: { ...label }, state, in_time, ...(due !== undefined && { due }), ...(day !== undefined && { day }), ...(done !== undefined && { done }),
      })),
    })),
  };
}

/** @throws MalformedError `json-…` */
export function readStood(value: Json): Stood {
  return whole(value, (fields) => ({
    hearing: fields.list("hearing", (one) => whole(one, readStep), MOST),
    panel: fields.optional("panel", (one) => whole(one, readPanel)),
    duties: fields.list("duties", (one) => whole(one, readDuty), MOST),
  }));
}

function readStep(fields: Fields): StoodStep {
  return { step: fields.one("step", STEPS), reason: fields.text("reason"), day: fields.day("day"), until: fields.optional("until", asDay) };
}

function readPanel(fields: Fields): StoodPanel {
  return {
    until: fields.day("until"), ended: fields.flag("ended"), document: fields.text("document"),
    seats: fields.list("seats", (one) => whole(one, readSeat), MOST_SEATS),
  };
}

function readSeat(fields: Fields): StoodSeat {
  return { member: fields.id("member"), says: fields.one("says", SAID), text: fields.text("text") };
}

function readDuty(fields: Fields): StoodDuty {
  return { law: fields.text("law"), names: texts(fields, "names"), rows: fields.list("rows", (one) => whole(one, readRow), MOST) };
}

function readRow(fields: Fields): StoodRow {
  return {
    row: fields.text("row"), label: texts(fields, "label"), state: fields.one("state", ROWS), in_time: fields.flag("in_time"),
    due: fields.optional("due", asText), day: fields.optional("day", asDay), done: fields.optional("done", asText),
  };
}

function texts(fields: Fields, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.texts(name));
}
