/**
 * What must hold of a colleague's proposal before a root key signs it. Nothing here is taken from the server's word:
 * whatever the page cannot show, or nobody can prove, is not signed.
 */
import { writeCharter, type Charter, type Desk } from "../seal/charter.js";
import type { DocumentFile } from "../seal/document.js";
import { RefusedError } from "../seal/errors.js";
import { readJoining, type Joining } from "../seal/invitation.js";
import { b64, H, same } from "../seal/primitives.js";
import { recipientHash } from "../seal/recipients.js";
import type { RootDocument } from "../seal/root.js";
import { hasRole, type Entry } from "../seal/roster.js";
import { readSheet } from "../seal/sheet.js";
import { claimsChanged, requireApart } from "./independence.js";
import type { Keyring } from "./keyring.js";

/** What the server shows beside a proposal. */
export interface Evidence {
  /** The first sheet of a new desk. */
  readonly sheet: DocumentFile | undefined;
  /** Answers to invitations, as bytes: the eight words are of these. */
  readonly joinings: readonly Uint8Array[];
}

/**
 * Refuse a proposal that follows what is in force, and still must not be signed.
 *
 * @throws RefusedError `roster-proof` (somebody stands there twice), `custodian-handles`, `custody-people`,
 *   `oversight-people`, `joining-missing`, `root-stranger`, `desk-sheet`, `desk-shared`, `proposal-unshown`
 */
export function requireSound(
  next: Charter, entries: readonly Entry[], root: RootDocument | undefined, evidence: Evidence, keys: Keyring,
): void {
  if (new Set(entries.map(({ id }) => b64(id))).size !== entries.length) {
    throw new RefusedError("roster-proof", "Somebody stands twice in the list of people.");
  }
  requireCustody(next, entries);
  const joinings = evidence.joinings.map((doc) => readJoining(doc));
  requireKnownKeys(entries, joinings, keys);
  if (root !== undefined) requireRoot(root, entries, joinings, keys);
  for (const desk of next.desks) requireDesk(desk, evidence.sheet, keys);
  claimsChanged(next.desks, keys.manifest.charter.desks);
  requireApart(next.desks, entries);
  requireShown(next, keys.manifest.charter);
}

/** The answer to an invitation by which these keys came, whose eight words the person reads out. */
export function joiningOf(entry: Entry, joinings: readonly Uint8Array[]): Uint8Array | undefined {
  return joinings.find((doc) => fits(readJoining(doc), entry));
}

function fits(joining: Joining, entry: Entry): boolean {
  return same(joining.id, entry.id) && same(joining.sign, entry.sign)
    && same(recipientHash(joining.recipient), entry.recipient);
}

/** Names are sealed to exactly the people whom the list calls custodians, and to none who reads reports. */
function requireCustody(next: Charter, entries: readonly Entry[]): void {
  const custodians = entries.filter((entry) => hasRole(entry, "custodian"));
  if (custodians.some(({ roles }) => roles.some((role) => role.startsWith("handler@") || role.startsWith("lead@")))) {
    throw new RefusedError("custodian-handles", "A custodian of names cannot also handle reports or lead a desk.");
  }
  const named = (next.custody?.custodians ?? []).map((recipient) => b64(recipientHash(recipient)));
  const listed = new Set(custodians.map(({ recipient }) => b64(recipient)));
  if (named.some((hash) => !listed.has(hash)) || (next.custody !== undefined && named.length !== listed.size)) {
    throw new RefusedError("custody-people", "Names would be sealed to others than the custodians in the list of people.");
  }
  const { oversight } = next;
  const oversees = oversight === undefined || entries.some((entry) => hasRole(entry, "oversight")
    && same(entry.recipient, recipientHash(oversight)));
  if (!oversees) throw new RefusedError("oversight-people", "Oversight would be somebody who is not in the list of people.");
}

/** Keys that are new to this browser came with an answer to an invitation; one's own are known anyway. */
function requireKnownKeys(entries: readonly Entry[], joinings: readonly Joining[], keys: Keyring): void {
  // Who is only invited is shown nobody's answer but their own: they vouch for themselves, administrators for all.
  for (const entry of keys.placed ? entries : entries.filter(({ id }) => same(id, keys.member))) {
    const now = keys.people.get(b64(entry.id))?.entry;
    if (now !== undefined && same(now.sign, entry.sign) && same(now.recipient, entry.recipient)) continue;
    const own = same(entry.id, keys.member) && same(entry.sign, keys.signPublic)
      && keys.seals.some((seal) => same(recipientHash(seal.recipient), entry.recipient));
    if (own || joinings.some((joining) => fits(joining, entry))) continue;
    throw new RefusedError("joining-missing", "There is no answer to an invitation for keys that this proposal names.");
  }
}

/** The next root document follows the one in force, and each key that it adds is one of a new administrator. */
function requireRoot(
  root: RootDocument, entries: readonly Entry[], joinings: readonly Joining[], keys: Keyring,
): void {
  const before = keys.manifest.root;
  const follows = root.number === before.number + 1 && root.prev !== undefined && same(root.prev, before.hash)
    && same(root.office, before.office);
  if (!follows) throw new RefusedError("proposal-old", "This proposal does not follow the root in force. Please propose it anew.");
  const known = (key: Uint8Array): boolean => before.keys.some((one) => same(one.ed25519, key))
    || joinings.some((joining) => joining.root !== undefined && same(joining.root.ed25519, key)
      && entries.some((entry) => hasRole(entry, "administrator") && fits(joining, entry)));
  if (keys.placed && !root.keys.every(({ ed25519 }) => known(ed25519))) {
    throw new RefusedError("root-stranger", "The root would get a key that no new administrator has made.");
  }
}

/** A new desk begins closed, under a sheet that is shown; an old one stays what it is. */
function requireDesk(desk: Desk, file: DocumentFile | undefined, keys: Keyring): void {
  const old = keys.manifest.charter.desks.find((one) => same(one.id, desk.id));
  if (old !== undefined) {
    if (standing(old) !== standing(desk)) throw unshown();
    return;
  }
  if (desk.sheet === undefined || desk.independentOf.length > 0) throw unshown();
  const sheet = file === undefined ? undefined : readSheet(file.doc);
  const begins = sheet !== undefined && same(H(sheet.doc), desk.sheet.hash) && same(sheet.desk, desk.id)
    && same(sheet.office, keys.office) && sheet.number === 0 && desk.sheet.number === 0 && !sheet.open;
  if (!begins) throw new RefusedError("desk-sheet", "A new desk does not begin closed, with the sheet that is shown.");
}

/** What no page of ours changes must not change: a paper key, for one, reads every desk's keys. */
function requireShown(next: Charter, now: Charter): void {
  const { zone, paper, witnesses, vouchers, noscript } = next;
  if (!same(writeCharter({ ...now, zone, paper, witnesses, vouchers, noscript }), writeCharter(now))) throw unshown();
}

/** Where it is: name, sheet and independence are judged elsewhere. */
function standing({ outside }: Desk): string {
  return JSON.stringify(outside === undefined ? [] : [outside.host, b64(outside.F)]);
}

function unshown(): RefusedError {
  return new RefusedError("proposal-unshown", "This proposal changes something that this page cannot show.");
}
