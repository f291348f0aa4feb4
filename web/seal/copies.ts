import { BODY_LIMIT } from "./bodies.js";
import { asId, whole, wrongType } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { readVote, voteJson, type Vote } from "./panel.js";
import { b64 } from "./primitives.js";
import { checkRecipient, type Recipient } from "./recipients.js";

export const PURPOSES = ["translation", "opinion", "reading", "decision"] as const;
/** What a helper is asked for; a decision is a panel's. */
export const HELPING = ["translation", "opinion", "reading"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** One document for a member outside the case. */
export interface GivenCopy {
  readonly title: string;
  /** What was to be hidden is not in it. */
  readonly text: string;
  readonly language: string;
  readonly purpose: Purpose;
  /** Last day on which it may be read. */
  readonly until: string;
  /** How many passages were taken out. */
  readonly masked: number;
  /** Of the case: an answer is sealed to it. */
  readonly reply: Recipient;
  /** Thread id, for a panel alone: nobody decides of what they cannot name. */
  readonly matter?: Uint8Array | undefined;
}

/** What a helper sends back. */
export interface CopyAnswer {
  readonly text: string;
  readonly language: string;
  /** `c` of the document that it answers. */
  readonly copy: Uint8Array;
  /** Of a member of a panel. */
  readonly vote?: Vote | undefined;
}

export function readGivenCopy(bytes: Uint8Array): GivenCopy {
  const found = whole(parse(bytes, BODY_LIMIT), (fields) => ({
    title: fields.text("title"), text: fields.text("text"), language: fields.text("language"), purpose: fields.one("purpose", PURPOSES),
    until: fields.day("until"), masked: fields.integer("masked"), reply: checkRecipient(fields.text("reply")), matter: fields.optional("matter", asId),
  }));
  if ((found.matter === undefined) === (found.purpose === "decision")) throw wrongType();
  return found;
}

export function writeGivenCopy({ title, text, language, purpose, until, masked, reply, matter }: GivenCopy): Uint8Array {
  return write({ title, text, language, purpose, until, masked, reply, ...matter && { matter: b64(matter) } });
}

export function readCopyAnswer(bytes: Uint8Array): CopyAnswer {
  return whole(parse(bytes, BODY_LIMIT), (fields) => ({ text: fields.text("text"), language: fields.text("language"), copy: fields.hash("copy"), vote: fields.optional("vote", readVote) }));
}

export function writeCopyAnswer({ text, language, copy, vote }: CopyAnswer): Uint8Array {
  return write({ text, language, copy: b64(copy), ...vote && { vote: voteJson(vote) } });
}
