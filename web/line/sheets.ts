/** Earlier sheets of a desk, proven backwards: each names the hash of the one before it. */
import { RefusedError } from "../seal/errors";
import { b64, H, same } from "../seal/primitives";
import { recipientHash } from "../seal/recipients";
import { readSheet, type Sheet } from "../seal/sheet";
import type { ProvenOffice } from "./door";

/**
 * H of the recipients of a desk's sheets from the newest one back to that which followed number `report`: whoever could
 * read at the desk since. To whom the report itself went its own envelope says.
 *
 * @throws RefusedError `sheet-old` where one is not the one that the next names
 */
export async function recipientsSince(office: ProvenOffice, desk: string, report: number): Promise<Uint8Array[]> {
  const newest: Sheet | undefined = office.manifest.sheets.get(desk);
  const found = newest === undefined ? [] : [newest];
  for (;;) {
    const last = found.at(-1);
    if (last === undefined || last.number <= report + 1 || last.prev === undefined) return found.map(({ recipient }) => recipientHash(recipient));
    const doc = await office.door.get(`by-hash/${b64(last.prev)}`);
    const before = readSheet(doc);
    if (!same(H(doc), last.prev) || before.number !== last.number - 1 || !same(before.desk, last.desk)) {
      throw new RefusedError("sheet-old", "An earlier sheet is not the one that the next one names.");
    }
    found.push(before);
  }
}
