/** A report that another office has referred to us, or reports in its own name: which one, proven from its own root, and what it passes on. */

import { arrange } from "../../office/arrivals/answers.js";
import type { Referred } from "../../office/referral/types.js";
import { checkPromise, parsePromise } from "../../ledger/promises.js";
import { rootLogged } from "../../ledger/rooted.js";
import type { Report } from "../../seal/bodies.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { b64, same } from "../../seal/primitives.js";
import { proveOriginal, proveOwnName, proveReferrer, type Destination, type Referrer } from "../../seal/referred.js";
import type { Original } from "../../seal/referral.js";
import { fingerprint } from "../../seal/words.js";
import type { Keyring } from "../keyring.js";
import { isPeer } from "../peers.js";
import { listOf } from "../wordlists.js";

/**
 * @param found - where the report was found, and the hashes of its files: an officer signs for one desk and these alone
 * @param day - on which it came
 * @throws SealError where nothing proves which office it comes from
 */
export function referredBy(report: Report, found: Destination, day: string, keys: Keyring, language: string): Referred {
  const own = report.statement?.purpose === "own name";
  const referrer = referrerOf(report, found, day);
  const { F, charter, member } = referrer;
  const original = report.referral?.original;
  return {
    names: Object.fromEntries(charter.names), host: report.referral?.host ?? "", F: b64(F),
    words: fingerprint(F, listOf(language)), known: isPeer(keys, F), own, member: { id: b64(member.id), alias: member.alias },
    original: original === undefined ? null : passedOn(original, referrer),
  };
}

/** Which office it comes from, and who of it signed. Throws as `referredBy`. */
export function referrerOf(report: Report, found: Destination, day: string): Referrer {
  return report.statement?.purpose === "own name" ? proveOwnName(report, found, day, rootLogged)
    : proveReferrer(report, found.thread, day, rootLogged);
}

function passedOn(original: Original, { charter }: Referrer): NonNullable<Referred["original"]> {
  try {
    const { report, c } = proveOriginal(original, charter.office);
    const promise = parsePromise(original.promise);
    checkPromise(promise, charter.record.promise);
    if (!same(promise.office, charter.office) || !same(promise.leaf.subarray(32, 64), c)) {
      throw new RefusedError("promise", "The promise is of something else.");
    }
    return { day: promise.day, language: report.language, answers: arrange(report.answers, new Map()), fault: "" };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return { day: "", language: "", answers: [], fault: error.code };
  }
}
