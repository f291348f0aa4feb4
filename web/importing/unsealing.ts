/** The seal of a case file, opened with words or with a key: the file itself stays where it lies. */
import { HEADER_LIMIT, readHead } from "../seal/age.js";
import { MalformedError } from "../seal/errors.js";
import { CASE_FILE_MAX } from "../seal/limits.gen.js";
import { readHeadWith, WORK } from "../seal/passphrases.js";
import { readIdentity } from "../seal/recipients.js";
import { NONCE_SIZE } from "../seal/stream.js";
import type { Ask, Unsealed } from "./protocol.js";

const KEY = "AGE-SECRET-KEY-";

/**
 * @throws MalformedError `export-size`, `age-…`; more rounds than we write are not waited for: each doubles the memory
 * @throws CannotOpenError `not-mine`
 */
export async function unsealed({ file, opening }: Ask): Promise<Unsealed> {
  if (file.size > CASE_FILE_MAX) throw new MalformedError("export-size", "This file is larger than a page can open.");
  const begin = new Uint8Array(await file.slice(0, HEADER_LIMIT + NONCE_SIZE).arrayBuffer());
  const typed = opening.trim().split(/\s+/u).join(" ");
  const { key, size } = await (typed.startsWith(KEY) ? readHead(begin, [readIdentity(typed)]) : readHeadWith(begin, typed.toLowerCase(), WORK));
  return { key, start: size };
}
