/** The published record: was a promise kept, and is a mailbox that the server does not have in it after all? */
import { publishedDay, type PublishedDay } from "../../ledger/batches";
import { origin } from "../../ledger/checkpoints";
import { promiseState, type PromiseState } from "../../ledger/keeping";
import { findThread, searchTags } from "../../ledger/leaves";
import type { Promised } from "../../ledger/promises";
import { asBytes, whole } from "../../seal/fields";
import { parse } from "../../seal/jsontext";
import { utf8 } from "../../seal/primitives";
import { plusDays } from "../days";
import { officeDay, type Office } from "../office";
import { addressOf, get, Refused } from "../wire";

/** A day of the arrivals log, proven; undefined while it is not out. */
export async function dayOf(office: Office, day: string): Promise<PublishedDay | undefined> {
  const { record } = office.manifest.charter;
  try {
    const [batch, head] = await Promise.all([
      get(addressOf(office.id, `record/arrivals/${day}`)), get(addressOf(office.id, `record/arrivals/${day}/head`)),
    ]);
    const { checkpoint, peaks } = whole(parse(head), (fields) => {
      fields.is("v", 1);
      fields.is("kind", "day");
      return { checkpoint: utf8(fields.text("checkpoint")), peaks: fields.list("peaks", (value) => asBytes(value, 32)) };
    });
    const name = origin(record.host, office.office, "arrivals");
    return publishedDay("arrivals", name, record.checkpoint, { checkpoint, peaks, batch }, day);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

/** What became of promises, each day fetched once. */
export async function statesOf(office: Office, promises: readonly Promised[]): Promise<readonly PromiseState[]> {
  const today = officeDay(office);
  const days = new Map<string, Promise<PublishedDay | undefined>>();
  return Promise.all(promises.map(async (promise) => {
    const day = days.get(promise.day) ?? (promise.day >= today ? Promise.resolve(undefined) : dayOf(office, promise.day));
    days.set(promise.day, day);
    return promiseState(promise, office.manifest.charter.record.promise, await day, today);
  }));
}

export interface Trace {
  readonly day: string;
  readonly chain: "r" | "o";
  readonly n: number;
}

/**
 * Looks for entries of a receipt in the record, from the newest day back, until a day is not there.
 *
 * @param tag - the record tag of the receipt
 * @param seen - called before each day
 * @param going - false ends the search
 */
export async function search(
  office: Office, tag: Uint8Array, seen: (day: string, done: number) => void, going: () => boolean,
): Promise<readonly Trace[]> {
  const chains = [{ chain: "r", tags: searchTags(tag, "r") }, { chain: "o", tags: searchTags(tag, "o") }] as const;
  const found: Trace[] = [];
  let day = plusDays(officeDay(office), -1);
  let missing = 0;
  for (let done = 0; going() && missing < 3; done += 1) {
    seen(day, done);
    const published = await dayOf(office, day);
    // The night's work may be late: the record ends only where three days in a row are not there.
    missing = published === undefined ? missing + 1 : 0;
    for (const { chain, tags } of chains) {
      for (const n of findThread(published?.entries ?? [], tags).keys()) found.push({ day, chain, n });
    }
    day = plusDays(day, -1);
  }
  return found;
}
