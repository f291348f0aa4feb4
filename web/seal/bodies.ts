import { readSlip, slipJson, type Slip } from "./closing.js";
import { correctionJson, readCorrection, type Correction } from "./correction.js";
import { nameJson, readName, type DocumentName } from "./document.js";
import { asHash, asId, asText, whole, type Fields } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";
import { checkRecipient, type Recipient } from "./recipients.js";
import { originJson, readOrigin, type Origin } from "./referral.js";
import { SHARE } from "./shares.js";
import { readStatement, statementJson, type Statement } from "./statement.js";

/** Bodies are texts: attachments lie beside the envelope. */
export const BODY_LIMIT = 4 * 1024 * 1024;

/** What a message is about where it asks for protection (docs/formats.md §22). */
export const ASKED = ["measures", "retaliation", "compensation"] as const;
export type AskedFor = (typeof ASKED)[number];

/** What the reporting person is known by from here on: the report, an opening or a rekey gives it. */
export interface ReporterKeys {
  /** Raw Ed25519 public key. */
  readonly sign: Uint8Array;
  readonly box: Recipient;
  /** Key of the record's tags. */
  readonly tag: Uint8Array;
}

/** How a name can later be opened: `K2` here, and the hashes of the shares of `K`. */
export interface Dealt {
  readonly K2: Uint8Array;
  readonly shares: readonly Uint8Array[];
}

export interface Report extends ReporterKeys {
  /** By the form's question. */
  readonly answers: ReadonlyMap<string, string>;
  readonly language: string;
  readonly contact: string | undefined;
  /** Who they are, for everybody who reads the report; under seal it is in `dealt`. */
  readonly name?: string | undefined;
  readonly dealt: Dealt | undefined;
  readonly mustNotSee: readonly string[];
  readonly charter: DocumentName;
  readonly sheet: DocumentName;
  /** False where the receipt was declined: nobody can read an answer. */
  readonly answerable: boolean;
  readonly statement: Statement | undefined;
  /** From which office it comes, if one referred it. */
  readonly referral?: Origin | undefined;
  /** What the person remembers of an earlier report whose receipt they lost, if this goes on with it. */
  readonly continues?: string | undefined;
}

export interface Message {
  readonly text: string;
  readonly language: string;
  readonly contact?: string | undefined;
  readonly dealt?: Dealt | undefined;
  readonly withdraws?: "contact" | undefined;
  /** What they ask for, or tell, where it is about protection; in a message of the reporting person only. */
  readonly protection?: AskedFor | undefined;
  /** How a case ended; in a message of the office only. */
  readonly closing?: Slip | undefined;
  /** Code of a person concerned's letter of clearance, 16 bytes (docs/formats.md §16); in a message of the office only. */
  readonly clearance?: Uint8Array | undefined;
  /** What an office that referred a report says has changed since; in the mailbox of a referral only. */
  readonly correction?: Correction | undefined;
}

export interface Rekey extends ReporterKeys {
  /** The new mailbox id; the thread's id stays. */
  readonly id: Uint8Array;
}

/** A note, or a notice to the reporting person. */
export interface Text {
  readonly text: string;
  readonly language: string;
}

/** Who reads from here on. */
export interface CaseHandover {
  readonly generation: number;
  readonly recipient: Recipient;
  readonly people: readonly Uint8Array[];
}
/** The first word in a mailbox that a member opened for somebody. */
export interface Opening extends ReporterKeys {
  readonly purpose: string;
  readonly until: string;
}

export interface IdentityCard {
  readonly name: string;
  readonly contact: string;
  readonly note: string;
}

export interface Share {
  readonly index: number;
  /** 33 bytes. */
  readonly share: Uint8Array;
  /** H of every share of the deal. */
  readonly hashes: readonly Uint8Array[];
}

const recipientField = (value: Json): Recipient => checkRecipient(asText(value));

function body<T>(bytes: Uint8Array, read: (fields: Fields) => T): T {
  return whole(parse(bytes, BODY_LIMIT), read);
}

function reporterKeys(fields: Fields): ReporterKeys {
  return { sign: fields.bytes("sign", 32), box: fields.read("box", recipientField), tag: fields.bytes("tag", 32) };
}

function reporterJson(keys: ReporterKeys): JsonObject {
  return { sign: b64(keys.sign), box: keys.box, tag: b64(keys.tag) };
}

/** One without the other would open nothing. */
function dealtFields(fields: Fields): Dealt | undefined {
  if (!fields.has("K2") && !fields.has("shares")) return undefined;
  return { K2: fields.bytes("K2", 32), shares: fields.list("shares", asHash) };
}

function dealtJson(dealt: Dealt | undefined): JsonObject {
  return dealt === undefined ? {} : { K2: b64(dealt.K2), shares: dealt.shares.map(b64) };
}

export function readReport(bytes: Uint8Array): Report {
  return body(bytes, (fields) => ({
    answers: fields.texts("answers"),
    language: fields.text("language"),
    contact: fields.optional("contact", asText),
    name: fields.optional("name", asText),
    ...reporterKeys(fields),
    dealt: dealtFields(fields),
    mustNotSee: fields.list("must_not_see", asText),
    charter: fields.read("charter", readName),
    sheet: fields.read("sheet", readName),
    answerable: fields.flag("answerable"),
    statement: fields.optional("statement", readStatement),
    referral: fields.optional("referral", readOrigin),
    continues: fields.optional("continues", asText),
  }));
}

export function writeReport(report: Report): Uint8Array {
  return write({
    answers: Object.fromEntries(report.answers), language: report.language,
    ...(report.contact !== undefined && { contact: report.contact }),
    ...(report.name !== undefined && { name: report.name }),
    ...reporterJson(report), ...dealtJson(report.dealt),
    must_not_see: report.mustNotSee, charter: nameJson(report.charter), sheet: nameJson(report.sheet),
    answerable: report.answerable,
    ...(report.statement && { statement: statementJson(report.statement) }),
    ...(report.referral && { referral: originJson(report.referral) }),
    ...(report.continues !== undefined && { continues: report.continues }),
  });
}

/** @param from - the chain: only the reporting person's messages carry more than a text */
export function readMessage(bytes: Uint8Array, from: "r" | "o"): Message {
  return body(bytes, (fields) => {
    const text = { text: fields.text("text"), language: fields.text("language") };
    if (from === "o") {
      return {
        ...text, closing: fields.optional("closing", (value) => whole(value, readSlip)), clearance: fields.optional("clearance", asId),
      };
    }
    return {
      ...text,
      contact: fields.optional("contact", asText),
      dealt: dealtFields(fields),
      withdraws: fields.has("withdraws") ? fields.one("withdraws", ["contact"] as const) : undefined,
      correction: fields.optional("correction", (value) => whole(value, readCorrection)),
      protection: fields.has("protection") ? fields.one("protection", ASKED) : undefined,
    };
  });
}

export function writeMessage(message: Message): Uint8Array {
  return write({
    text: message.text, language: message.language,
    ...(message.contact !== undefined && { contact: message.contact }),
    ...dealtJson(message.dealt),
    ...(message.withdraws && { withdraws: message.withdraws }),
    ...(message.protection && { protection: message.protection }),
    ...(message.closing && { closing: slipJson(message.closing) }),
    ...(message.clearance && { clearance: b64(message.clearance) }),
    ...(message.correction && { correction: correctionJson(message.correction) }),
  });
}

export function readRekey(bytes: Uint8Array): Rekey {
  return body(bytes, (fields) => ({ id: fields.id("id"), ...reporterKeys(fields) }));
}

export function writeRekey(rekey: Rekey): Uint8Array {
  return write({ id: b64(rekey.id), ...reporterJson(rekey) });
}

/** Of a `note` or a `notice`. */
export function readText(bytes: Uint8Array): Text {
  return body(bytes, (fields) => ({ text: fields.text("text"), language: fields.text("language") }));
}

export function writeText(text: Text): Uint8Array {
  return write({ text: text.text, language: text.language });
}

export function readHandover(bytes: Uint8Array): CaseHandover | Opening {
  return body(bytes, (fields): CaseHandover | Opening => fields.has("generation")
    ? {
        generation: fields.integer("generation"), recipient: fields.read("recipient", recipientField),
        people: fields.list("people", asId),
      }
    : { purpose: fields.text("purpose"), until: fields.day("until"), ...reporterKeys(fields) });
}

export function writeHandover(handover: CaseHandover | Opening): Uint8Array {
  return write("generation" in handover
    ? { generation: handover.generation, recipient: handover.recipient, people: handover.people.map(b64) }
    : { purpose: handover.purpose, until: handover.until, ...reporterJson(handover) });
}

export function readIdentityCard(bytes: Uint8Array): IdentityCard {
  return body(bytes, (fields) => ({
    name: fields.text("name"), contact: fields.text("contact"), note: fields.text("note"),
  }));
}

export function writeIdentityCard(card: IdentityCard): Uint8Array {
  return write({ name: card.name, contact: card.contact, note: card.note });
}

export function readShare(bytes: Uint8Array): Share {
  return body(bytes, (fields) => ({
    index: fields.integer("index"), share: fields.bytes("share", SHARE), hashes: fields.list("hashes", asHash),
  }));
}

export function writeShare(share: Share): Uint8Array {
  return write({ index: share.index, share: b64(share.share), hashes: share.hashes.map(b64) });
}

/** A seed by its number: of an epoch or of a case's generation. */
export interface NumberedSeed {
  readonly number: number;
  readonly seed: Uint8Array;
}

/** Someone that a `keys` file is sealed to. */
export interface Keyholder {
  readonly id: Uint8Array;
  /** H(recipient). */
  readonly recipient: Uint8Array;
}

export interface DeskKeys {
  readonly epochs: readonly NumberedSeed[];
  readonly people: readonly Keyholder[];
}

export interface CaseKeys {
  readonly generations: readonly NumberedSeed[];
  readonly people: readonly Keyholder[];
  readonly barred: readonly Uint8Array[];
  /** `c` of the report. */
  readonly report: Uint8Array;
}

const seedField = (value: Json): NumberedSeed => whole(value, (fields) => ({
  number: fields.integer("number"), seed: fields.bytes("seed", 32),
}));
const holderField = (value: Json): Keyholder => whole(value, (fields) => ({
  id: fields.id("id"), recipient: fields.hash("recipient"),
}));
const seedJson = ({ number, seed }: NumberedSeed): JsonObject => ({ number, seed: b64(seed) });
const holderJson = ({ id, recipient }: Keyholder): JsonObject => ({ id: b64(id), recipient: b64(recipient) });

export function readDeskKeys(bytes: Uint8Array): DeskKeys {
  return body(bytes, (fields) => ({
    epochs: fields.list("epochs", seedField), people: fields.list("people", holderField),
  }));
}

export function writeDeskKeys(keys: DeskKeys): Uint8Array {
  return write({ epochs: keys.epochs.map(seedJson), people: keys.people.map(holderJson) });
}

export function readCaseKeys(bytes: Uint8Array): CaseKeys {
  return body(bytes, (fields) => ({
    generations: fields.list("generations", seedField), people: fields.list("people", holderField),
    barred: fields.list("barred", asId), report: fields.hash("report"),
  }));
}

export function writeCaseKeys(keys: CaseKeys): Uint8Array {
  return write({
    generations: keys.generations.map(seedJson), people: keys.people.map(holderJson),
    barred: keys.barred.map(b64), report: b64(keys.report),
  });
}
