/** A report of ours as it goes to another office: sealed to its desk, signed by this member, with our own documents. */

import { promiseDocument } from "../../ledger/promises.js";
import { RefusedError } from "../../seal/errors.js";
import { sealReport, type Drop } from "../../seal/filing.js";
import { parseManifest, writeManifest } from "../../seal/manifest.js";
import { b64, same } from "../../seal/primitives.js";
import { derive } from "../../seal/receipt.js";
import type { Origin, Original, Passed } from "../../seal/referral.js";
import { signOwnName } from "../../seal/referred.js";
import { hasRole } from "../../seal/roster.js";
import { entitled, makeStatement, type Purpose } from "../../seal/statement.js";
import type { Keyring } from "../keyring.js";
import type { ProvenPeer } from "../peers.js";
import { postAt, type OpenThread } from "./opening.js";

/**
 * Seal what `passed` says, to the other desk's key in force. Sealed anew it has the same mailbox.
 *
 * @throws RefusedError `statement-role`, `sheet-desk`, `desk-closed`, `referral-identity` (the person gave their name or a
 *   way to be reached to those who read the report: that goes no further), `not-proven`
 */
export async function sealReferral(open: OpenThread, keys: Keyring, peer: ProvenPeer, passed: Passed): Promise<Drop> {
  const { entry, proof } = keys.place, purpose = purposeOf(passed);
  if (!entitled(entry, "referral")) throw new RefusedError("statement-role", "Handlers and leads refer reports.");
  if (purpose === "own name" && !hasRole(entry, "officer", keys.office)) {
    throw new RefusedError("statement-role", "Only an officer signs in the organisation's name.");
  }
  const sheet = peer.manifest.sheets.get(b64(passed.desk));
  if (sheet === undefined || !same(peer.office, passed.at)) {
    throw new RefusedError("sheet-desk", "The other office has no such desk any more.");
  }
  const { id, signPublic } = derive(passed.receipt, peer.office);
  const answers = new Map([["what", passed.text]]), { language } = passed, { host } = keys.manifest.charter.record;
  const to = { office: peer.office, desk: passed.desk, thread: id, files: passed.files.map(({ hash }) => hash) };
  const origin: Origin = {
    host, documents: ownDocuments(keys),
    original: passed.manner === "unmodified" ? originalOf(open) : undefined,
    own: purpose === "own name" ? signOwnName(keys.vault.sign, { sign: signPublic, language, answers }, host, to) : undefined,
  };
  return sealReport({
    charter: peer.manifest.charter, sheet, receipt: passed.receipt, answers, language, answerable: true, referral: origin, files: passed.files.length === 0 ? undefined : passed.files,
    statement: makeStatement(keys.vault.sign, purpose, entry.bytes, proof, id, signPublic),
  });
}

/** What the member states by it. */
export function purposeOf({ manner }: Pick<Passed, "manner">): Purpose {
  return manner === "own" ? "own name" : "referral";
}

/** Who we are and who works here, without who reads: what proves the statement to people of another office. */
function ownDocuments(keys: Keyring): Uint8Array {
  return writeManifest({ ...parseManifest(keys.documents), sheets: new Map() });
}

function originalOf({ sealed, thread, contents }: OpenThread): Original {
  const { report } = thread;
  const envelope = contents.get("r0");
  const promise = postAt(sealed, "r", 0)?.promise;
  if (report === undefined || envelope === undefined || promise === undefined) {
    throw new RefusedError("not-proven", "The report itself failed a check, so it is not passed on as it is.");
  }
  if (report.name !== undefined || report.contact !== undefined) {
    throw new RefusedError("referral-identity", "The person gave a name or a way to be reached to this office alone.");
  }
  return { envelope, promise: promiseDocument(promise) };
}
