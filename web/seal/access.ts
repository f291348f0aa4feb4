import { asText, whole, wrongType } from "./fields.js";
import { parse, write } from "./jsontext.js";

export const NAMES_MOST = 8;
const LEAST = 2, MOST = 200, LIMIT = 64 * 1024;

/** A person's request for what an office holds about them, sealed to those who hold its cases. */
export interface AccessRequest {
  /** As they are called and written; each is looked for word by word. */
  readonly names: readonly string[];
  /** How it was made sure that it is they who ask, outside this program. */
  readonly verified: string;
  readonly language: string;
}

/** Whether this can be looked for: one letter would be found everywhere. */
export function isName(name: string): boolean {
  const { length } = Array.from(name);
  return length >= LEAST && length <= MOST && !name.startsWith(" ") && !name.endsWith(" ");
}

/** Throws MalformedError as fields do; `json-type` for no name, too many, or one that is too short or too long. */
export function readAccess(bytes: Uint8Array): AccessRequest {
  return whole(parse(bytes, LIMIT), (fields) => {
    const names = fields.list("names", asText, NAMES_MOST);
    if (names.length === 0 || !names.every(isName)) throw wrongType();
    return { names, verified: fields.text("verified"), language: fields.text("language") };
  });
}

export function writeAccess({ names, verified, language }: AccessRequest): Uint8Array {
  return write({ names: [...names], verified, language });
}
