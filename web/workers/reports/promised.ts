/** A promise of this office, by the record key of the charter that was in force on its day. */
import { checkPromise, type Promised } from "../../ledger/promises.js";
import { inForce } from "../../seal/charter.js";
import { same } from "../../seal/primitives.js";
import type { Keyring } from "../keyring.js";

/**
 * On the day of a new charter the keys of both count. Where no proven charter covers the day, the one in force does: a
 * key that the office has given up promises nothing for days on which it was not its key.
 *
 * @throws LedgerError `promise-signature`
 */
export function checkPromised(promise: Promised, { manifest, earlier }: Pick<Keyring, "manifest" | "earlier">): void {
  const charters = [manifest.charter, ...earlier];
  const of = inForce(charters);
  const then = charters.filter(({ number }) => of(number, promise.day) !== undefined).map(({ record }) => record.promise);
  const keys = then.filter((key, at) => then.findIndex((one) => same(one, key)) === at);
  const [first = manifest.charter.record.promise, ...others] = keys;
  const other = others.find((key) => holds(promise, key));
  checkPromise(promise, other ?? first);
}

function holds(promise: Promised, key: Uint8Array): boolean {
  try {
    checkPromise(promise, key);
    return true;
  } catch {
    return false;
  }
}
