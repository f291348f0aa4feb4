/** The seal of a case file, opened with words or with a key. */
import { unseal } from "../seal/age.js";
import { MalformedError } from "../seal/errors.js";
import { CASE_FILE_MAX } from "../seal/limits.gen.js";
import { unsealWith, WORK } from "../seal/passphrases.js";
import { readIdentity } from "../seal/recipients.js";
import type { Ask } from "./protocol.js";

const KEY = "AGE-SECRET-KEY-";

/**
 * @throws MalformedError `export-size`, `age-…`; more rounds than we write are not waited for: each doubles the memory
 * @throws CannotOpenError `not-mine`, `age-payload`
 */
export async function unsealed({ file, opening }: Ask): Promise<Uint8Array> {
  if (file.length > CASE_FILE_MAX) throw new MalformedError("export-size", "This file is larger than a page can open.");
  const typed = opening.trim().split(/\s+/u).join(" ");
  return typed.startsWith(KEY) ? unseal(file, [readIdentity(typed)]) : unsealWith(file, typed.toLowerCase(), WORK);
}
