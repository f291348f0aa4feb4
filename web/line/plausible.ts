import type { Promised } from "../ledger/promises";
import { MalformedError } from "../seal/errors";
import { plusDays } from "../elements/days";
import type { ProvenOffice } from "./door";
import { officeDay } from "./office";

/**
 * A promise for a day far ahead would never be due, and so never be broken. One day is left for clocks.
 *
 * @throws MalformedError `promise-day`
 */
export function requirePlausible(promise: Promised, office: Pick<ProvenOffice, "manifest">): void {
  if (promise.day > plusDays(officeDay(office), 1)) {
    throw new MalformedError("promise-day", "The server promised it for a day that is still to come.");
  }
}
