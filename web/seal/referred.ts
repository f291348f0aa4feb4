import { readReport, type Report } from "./bodies.js";
import type { Charter } from "./charter.js";
import { checkSignature, readEnvelope } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { parseManifest, proveStanding, type LogClaim } from "./manifest.js";
import { H, join, same, sign, utf8, verifies } from "./primitives.js";
import type { Proven } from "./proven.js";
import type { Original } from "./referral.js";
import { hasRole, type Entry } from "./roster.js";
import { proveStatement, type Purpose } from "./statement.js";

/** The office that referred a report, and who of it did. */
export interface Referrer {
  /** The office for ever; whether our charter names it is another question. */
  readonly F: Uint8Array;
  /** Of that office, in force on the day. */
  readonly charter: Proven<Charter>;
  /** A handler or lead of it; of a report in its own name, its officer. */
  readonly member: Proven<Entry>;
}

/** Where a report goes, or was found. */
export interface Destination {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  /** Hashes of its attachments' sealed bytes, in their order. */
  readonly files: readonly Uint8Array[];
}

/** What an officer signs of a report: who reports by which key, and the words. */
export type OwnWords = Pick<Report, "sign" | "language" | "answers">;

/**
 * Prove which office referred this report, by its own documents as of the day on which the report came.
 *
 * @throws RefusedError `referral-statement` (no statement of that purpose, or none of an office), `referral-documents`
 *   (with sheets), and as `manifest` and `statement` say
 */
export function proveReferrer(
  report: Pick<Report, "statement" | "referral" | "sign">, thread: Uint8Array, today: string, logged: (claim: LogClaim) => boolean,
): Referrer {
  if (report.referral?.own !== undefined) throw unstated();
  return proven(report, "referral", thread, today, logged);
}

/**
 * Prove which organisation reports this in its own name, and which officer of it signed just this for this desk.
 *
 * @param to - where it was found; at another place, or with other files, it has another signature
 * @throws RefusedError as `proveReferrer`; `statement-role` also for an officer of another organisation than the one whose
 *   documents these are; `own-name` (something stands in it that its officer does not sign, or no signature),
 *   `own-signature`
 */
export function proveOwnName(report: Report, to: Destination, today: string, logged: (claim: LogClaim) => boolean): Referrer {
  const found = proven(report, "own name", to.thread, today, logged);
  const { referral, answers, mustNotSee } = report;
  if (!hasRole(found.member, "officer", found.charter.office)) {
    throw new RefusedError("statement-role", "Who states to have filed this is no officer of that organisation.");
  }
  const more = [report.contact, report.name, report.continues, referral?.original].some((one) => one !== undefined);
  if (referral?.own === undefined || more || mustNotSee.length > 0 || answers.size !== 1 || !answers.has("what")) {
    throw new RefusedError("own-name", "An organisation's own report is its officer's words and files, all signed.");
  }
  if (!verifies(found.member.sign, "statement", ownMessage(report, referral.host, to), referral.own)) {
    throw new RefusedError("own-signature", "The officer of that organisation did not sign this for this desk.");
  }
  return found;
}

/** The officer's signature of what a report says and to whom. `host` is that of the organisation's own report door. */
export function signOwnName(seed: Uint8Array, words: OwnWords, host: string, to: Destination): Uint8Array {
  return sign(seed, "statement", ownMessage(words, host, to));
}

function ownMessage({ sign: key, language, answers }: OwnWords, host: string, { office, desk, thread, files }: Destination): Uint8Array {
  const told = [host, language, answers.get("what") ?? ""].map((one) => H(utf8(one)));
  return join(utf8("own name to"), Uint8Array.of(0), office, desk, thread, key, ...told, ...files);
}

function proven(
  { statement, referral, sign: key }: Pick<Report, "statement" | "referral" | "sign">, purpose: Purpose, thread: Uint8Array,
  today: string, logged: (claim: LogClaim) => boolean,
): Referrer {
  if (statement?.purpose !== purpose || referral === undefined) throw unstated();
  const files = parseManifest(referral.documents);
  if (files.sheets.size > 0) {
    throw new RefusedError("referral-documents", "The documents of the office that refers have more than they may.");
  }
  const { F, charter } = proveStanding(files, { today, logged });
  return { F, charter, member: proveStatement(statement, charter, thread, key) };
}

function unstated(): RefusedError {
  return new RefusedError("referral-statement", "Nobody of an office states to have referred this.");
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
