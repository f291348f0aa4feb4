/** A report that another office has referred to us: which office, proven from its own root, and what it passes on. */

import { arrange } from "../../office/arrivals/answers.js";
import type { Referred } from "../../office/referral/types.js";
import { checkPromise, parsePromise } from "../../ledger/promises.js";
import { rootLogged } from "../../ledger/rooted.js";
import type { Report } from "../../seal/bodies.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { b64, same } from "../../seal/primitives.js";
import { proveOriginal, proveReferrer, type Referrer } from "../../seal/referred.js";
import type { Original } from "../../seal/referral.js";
import { fingerprint } from "../../seal/words.js";
import type { Keyring } from "../keyring.js";
import { isPeer } from "../peers.js";
import { listOf } from "../wordlists.js";

/** @throws SealError where nothing proves which office referred it */
export function referredBy(report: Report, thread: Uint8Array, day: string, keys: Keyring, language: string): Referred {
  const referrer = proveReferrer(report, thread, day, rootLogged);
  const { F, charter, member } = referrer;
  const original = report.referral?.original;
  return {
    names: Object.fromEntries(charter.names), host: report.referral?.host ?? "", F: b64(F),
    words: fingerprint(F, listOf(language)), known: isPeer(keys, F), member: { id: b64(member.id), alias: member.alias },
    original: original === undefined ? null : passedOn(original, referrer),
  };
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
