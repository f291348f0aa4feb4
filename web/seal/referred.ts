import { readReport, type Report } from "./bodies.js";
import type { Charter } from "./charter.js";
import { checkSignature, readEnvelope } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { parseManifest, proveStanding, type LogClaim } from "./manifest.js";
import { same } from "./primitives.js";
import type { Proven } from "./proven.js";
import type { Original } from "./referral.js";
import type { Entry } from "./roster.js";
import { proveStatement } from "./statement.js";

/** The office that referred a report, and who of it did. */
export interface Referrer {
  /** The office for ever; whether our charter names it is another question. */
  readonly F: Uint8Array;
  /** Of that office, in force on the day. */
  readonly charter: Proven<Charter>;
  /** A handler or lead of it. */
  readonly member: Proven<Entry>;
}

/**
 * Prove which office referred this report, by its own documents as of the day on which the report came.
 *
 * @throws RefusedError `referral-statement` (no statement of that purpose, or none of an office), `referral-documents`
 *   (with sheets), and as `manifest` and `statement` say
 */
export function proveReferrer(
  { statement, referral, sign }: Pick<Report, "statement" | "referral" | "sign">, thread: Uint8Array, today: string,
  logged: (claim: LogClaim) => boolean,
): Referrer {
  if (statement?.purpose !== "referral" || referral === undefined) {
    throw new RefusedError("referral-statement", "Nobody of an office states to have referred this.");
  }
  const files = parseManifest(referral.documents);
  if (files.sheets.size > 0) {
    throw new RefusedError("referral-documents", "The documents of the office that refers have more than they may.");
  }
  const { F, charter } = proveStanding(files, { today, logged });
  return { F, charter, member: proveStatement(statement, charter, thread, sign) };
}

/**
 * Read what is passed on unmodified; that the first office promised it, its promise tells.
 *
 * @param office - id of the office that refers
 * @throws RefusedError `referral-original` if it is no report to that office, `envelope-signature` if it is not its
 *   author's; MalformedError as `envelope` says
 */
export function proveOriginal({ envelope: bytes }: Original, office: Uint8Array): { readonly report: Report; readonly c: Uint8Array } {
  const envelope = readEnvelope(bytes);
  const { kind, office: to, by } = envelope.header;
  const other = (): RefusedError =>
    new RefusedError("referral-original", "What was passed on is no report to the office that passes it on.");
  if (kind !== "report" || !same(to, office) || by.key === undefined) throw other();
  const report = readReport(envelope.body);
  if (!same(report.sign, by.key)) throw other();
  checkSignature(envelope, by.key);
  return { report, c: envelope.c };
}
