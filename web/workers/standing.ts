/** Whether the charter by which a member of another office signed was still that office's on the day on which it came here. */

import { chartersBack } from "../line/charters.js";
import type { ProvenOffice } from "../line/door.js";
import { inForce } from "../seal/charter.js";
import type { DocumentName } from "../seal/document.js";
import { RefusedError } from "../seal/errors.js";
import { same } from "../seal/primitives.js";

/** Charters that are asked for at most: a report is read within days, and a year has some dozens. */
const MOST = 100;

/** In force; another was in force by then, so whoever signed may have left; that office never had this one. */
export type StandingThen = "in force" | "replaced" | "another";

/**
 * Who left a charter has its documents for ever, and could sign by them until their last day. That office itself says which
 * charters came after, proven from its root: whoever holds the old documents alone cannot keep them back here.
 *
 * @param office - proven from the F in our charter
 * @param named - the charter that came with the report
 * @param day - on which it came
 * @throws RefusedError `charter-chain` (what is shown is no chain), `charter-far` (more charters since than are asked for)
 */
export async function standingThen(office: ProvenOffice, named: DocumentName, day: string): Promise<StandingThen> {
  const { charter } = office.manifest;
  if (charter.number < named.number) return "another";
  if (charter.number - named.number > MOST) throw new RefusedError("charter-far", "Too many charters have followed.");
  const since = await chartersBack(office, named.number);
  const found = since.find(({ number }) => number === named.number);
  if (found === undefined || !same(found.hash, named.hash)) return "another";
  return inForce(since)(named.number, day) === undefined ? "replaced" : "in force";
}
