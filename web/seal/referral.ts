import { fileNameJson, MOST_FILES, readFileName, type FileName } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { whole } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

/** Roots and one charter; nobody's is so long, and a report must stay a text. */
const DOCUMENTS_LIMIT = 1024 * 1024;

/** The member's own words; these and the report as it came; words in the name of the organisation that runs the office. */
export const MANNERS = ["masked", "unmodified", "own"] as const;
export type Manner = (typeof MANNERS)[number];

/** A report as it came to the first office: its envelope, and the promise of its entry as that office signed it. */
export interface Original {
  readonly envelope: Uint8Array;
  readonly promise: Uint8Array;
}

/** From which office a report comes. */
export interface Origin {
  /** Where that office's report door is. */
  readonly host: string;
  /** Its roots and its charter, as a manifest without sheets. */
  readonly documents: Uint8Array;
  /** What it passes on unmodified; undefined where the report is the referring member's own words. */
  readonly original?: Original | undefined;
  /** The officer's signature of what the organisation reports in its own name. */
  readonly own?: Uint8Array | undefined;
}

/** What the case keeps of a referral: the words of its mailbox at the other office, and what went there. */
export interface Passed {
  /** Sixteen bytes; whoever has them reads and writes in that mailbox. */
  readonly receipt: Uint8Array;
  /** Of the other office. */
  readonly F: Uint8Array;
  readonly host: string;
  /** The other office's id. */
  readonly at: Uint8Array;
  readonly desk: Uint8Array;
  /** What that office calls itself, by language. */
  readonly names: ReadonlyMap<string, string>;
  readonly deskNames: ReadonlyMap<string, string>;
  readonly manner: Manner;
  /** The member's words. */
  readonly text: string;
  readonly language: string;
  /** What went along, sealed under keys of their own for that office. */
  readonly files: readonly FileName[];
}

/** @throws MalformedError; RefusedError `referral-documents`, longer than the format allows */
export function readOrigin(value: Json): Origin {
  return whole(value, (fields) => {
    const documents = fields.bytes("documents");
    if (documents.length > DOCUMENTS_LIMIT) {
      throw new RefusedError("referral-documents", "The documents of the office that refers are longer than they may be.");
    }
    const original = fields.optional("original", (found) => whole(found, (one) => (
      { envelope: one.bytes("envelope"), promise: one.bytes("promise") })));
    return { host: fields.text("host"), documents, original, own: fields.has("own") ? fields.bytes("own", 64) : undefined };
  });
}

export function originJson({ host, documents, original, own }: Origin): JsonObject {
  return {
    host, documents: b64(documents),
    ...(original && { original: { envelope: b64(original.envelope), promise: b64(original.promise) } }),
    ...(own && { own: b64(own) }),
  };
}

export function readPassed(value: Json): Passed {
  return whole(value, (fields) => ({
    receipt: fields.bytes("receipt", 16), F: fields.hash("F"), host: fields.text("host"), at: fields.id("at"),
    desk: fields.id("desk"), names: fields.texts("names"), deskNames: fields.texts("desk_names"),
    manner: fields.one("manner", MANNERS), text: fields.text("text"), language: fields.text("language"),
    files: fields.has("files") ? fields.list("files", readFileName, MOST_FILES) : [],
  }));
}

export function passedJson(passed: Passed): JsonObject {
  return {
    receipt: b64(passed.receipt), F: b64(passed.F), host: passed.host, at: b64(passed.at), desk: b64(passed.desk),
    names: Object.fromEntries(passed.names), desk_names: Object.fromEntries(passed.deskNames), manner: passed.manner,
    text: passed.text, language: passed.language,
    ...(passed.files.length > 0 && { files: passed.files.map(fileNameJson) }),
  };
}
