import { whole, type Fields } from "./fields.js";
import type { JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";

/** They wrote; they were heard; they said that they will say nothing; it was offered, and the time given has passed. */
export const STATEMENTS = ["written", "spoken", "declined", "offered"] as const;
export type StatementWay = (typeof STATEMENTS)[number];
export const MOST_DAYS = 180;

/** A file of the case that goes to the mailbox once that is open, sealed anew. */
export interface GoingFile {
  /** As the case names it. */
  readonly blob: Uint8Array;
  /** Under which its reader gets it. */
  readonly name: string;
  /** Bytes in clear. */
  readonly size: number;
}

/** Another thread that belongs to this one: a mailbox opened from this case, or the case that one was opened from. */
export interface Tied {
  readonly thread: Uint8Array;
  /** What the other thread is. */
  readonly side: "mailbox" | "case";
  readonly purpose: string;
  /** Of a helper's mailbox: it has gone out once a message of the office there brings one of this name and size. */
  readonly file?: GoingFile | undefined;
}

/** A step of a hearing, as a note of the case has it. */
export type Hearing =
  /** The note's text is a notice as it shall go to a person concerned, who is given so many days to answer. */
  | { readonly step: "draft"; readonly days: number }
  /** The note's author, who did not write the draft, agrees that it goes as it stands; `draft` is `c` of its note. */
  | { readonly step: "agreed"; readonly draft: Uint8Array }
  /** The person's statement is there, or was offered in vain; the note's text says what was done, and why so. */
  | { readonly step: "heard"; readonly how: StatementWay };

export function readTied(fields: Fields): Tied {
  return {
    thread: fields.id("thread"), side: fields.one("as", ["mailbox", "case"] as const), purpose: fields.text("purpose"),
    file: fields.optional("file", (value) => whole(value, readGoing)),
  };
}

function readGoing(fields: Fields): GoingFile {
  return { blob: fields.id("blob"), name: fields.text("name"), size: fields.integer("size") };
}

export function tiedJson({ thread, side, purpose, file }: Tied): JsonObject {
  return { thread: b64(thread), as: side, purpose, ...(file && { file: { blob: b64(file.blob), name: file.name, size: file.size } }) };
}

/** @throws MalformedError `json-type` for a step or a way of no list */
export function readHearing(fields: Fields): Hearing {
  switch (fields.one("step", ["draft", "agreed", "heard"] as const)) {
    case "draft": return { step: "draft", days: fields.integer("days", 1, MOST_DAYS) };
    case "agreed": return { step: "agreed", draft: fields.hash("draft") };
    case "heard": return { step: "heard", how: fields.one("how", STATEMENTS) };
  }
}

export function hearingJson(hearing: Hearing): JsonObject {
  return hearing.step === "agreed" ? { step: hearing.step, draft: b64(hearing.draft) } : { ...hearing };
}
