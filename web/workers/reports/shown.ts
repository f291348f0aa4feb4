/**
 * Whether the reporting person was shown the documents that this office has. A report names number and hash of the
 * charter and the sheet that its author's browser had proven: if keys were signed for outsiders alone, this is where
 * the office can find out.
 */

import type { Report } from "../../seal/bodies.js";
import type { DocumentName } from "../../seal/document.js";
import { b64, same } from "../../seal/primitives.js";
import type { Keyring } from "../keyring.js";

/** `shown-other`: another document of that number; `shown-newer`: one of which this browser has proven none yet. */
export type Shown = "shown-other" | "shown-newer";

/**
 * Compare what a report names with what this member's browser has proven. What is older than anything at hand cannot
 * be judged and is no fault.
 *
 * @param desk - id of the desk where the report lies
 */
export function shownTo(report: Report, desk: Uint8Array, keys: Keyring): Shown | undefined {
  const verdicts = [verdict(report.charter, charterNames(keys)), verdict(report.sheet, sheetNames(desk, keys))];
  return verdicts.find((one) => one === "shown-other") ?? verdicts.find((one) => one !== undefined);
}

function verdict(named: DocumentName, held: readonly DocumentName[]): Shown | undefined {
  const those = held.filter(({ number }) => number === named.number);
  if (those.length > 0) return those.every(({ hash }) => same(hash, named.hash)) ? undefined : "shown-other";
  return held.length > 0 && held.every(({ number }) => number < named.number) ? "shown-newer" : undefined;
}

/** Each charter proves itself and, by `prev`, the one before it. */
function charterNames({ manifest, earlier }: Keyring): DocumentName[] {
  return [manifest.charter, ...earlier].flatMap((one) => [one, ...before(one)]);
}

/** Sheets that the manifest holds, and those that a charter at hand once named as the least. */
function sheetNames(desk: Uint8Array, { manifest, earlier }: Keyring): DocumentName[] {
  const newest = manifest.sheets.get(b64(desk));
  // Of a desk that has ended no sheets are served any more, and nothing can be judged by the least ones alone.
  if (newest === undefined) return [];
  const least = [manifest.charter, ...earlier].flatMap(({ desks }) => desks)
    .flatMap(({ id, sheet }) => sheet !== undefined && same(id, desk) ? [sheet] : []);
  return [...manifest.sheetNames.get(b64(desk)) ?? [], ...least, newest, ...before(newest)];
}

function before({ number, prev }: { readonly number: number; readonly prev: Uint8Array | undefined }): DocumentName[] {
  return prev === undefined ? [] : [{ number: number - 1, hash: prev }];
}
