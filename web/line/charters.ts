/** Earlier charters, proven backwards: each names the hash of the one before it. */
import { proveEarlier, type Charter } from "../seal/charter";
import { parseFile } from "../seal/document";
import type { Proven } from "../seal/proven";
import type { ProvenOffice } from "./door";

/**
 * The charters from the one in force down to number `least`, newest first.
 *
 * @throws RefusedError `charter-chain` where one is not the one that the next names
 */
export async function chartersBack(office: ProvenOffice, least: number): Promise<readonly Proven<Charter>[]> {
  const found: Proven<Charter>[] = [office.manifest.charter];
  for (;;) {
    const newest = found.at(-1);
    if (newest === undefined || newest.number <= least || newest.prev === undefined) return found;
    const file = parseFile(await office.door.get(`charter/${newest.number - 1}`));
    found.push(proveEarlier(file, newest));
  }
}
