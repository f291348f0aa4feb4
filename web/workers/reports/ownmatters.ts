/**
 * A matter of the organisation's own: a case that nobody reported, in which it writes down what it reports in its own name.
 * It is born as an opened mailbox is (docs/formats.md §16), of which nobody keeps the code: it has no other side.
 */

import { RefusedError } from "../../seal/errors.js";
import { hasRole } from "../../seal/roster.js";
import type { Keyring } from "../keyring.js";
import { openBox, type BoxWish } from "./mailboxes.js";

/** Purpose of such a mailbox. */
export const OWN_MATTER = "own";

export type MatterWish = Omit<BoxWish, "purpose" | "document" | "ends">;

/** @throws RefusedError `statement-role` (this member does not sign for the organisation), `keys-people`, `custodian` */
export async function composeMatter(keys: Keyring, wish: MatterWish): Promise<{ readonly thread: Uint8Array; readonly parcel: Uint8Array }> {
  if (!hasRole(keys.place.entry, "officer", keys.office)) {
    throw new RefusedError("statement-role", "Only an officer begins a report in the organisation's name.");
  }
  const { thread, parcel } = await openBox(keys, { ...wish, purpose: OWN_MATTER, ends: false });
  return { thread, parcel };
}
