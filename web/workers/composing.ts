/** The next charter, and the next root document where administrators come or go, made from what is in force. */
import { plusDays } from "../elements/days.js";
import { CHARTER_DAYS, writeCharter, type Charter, type Desk, type Peer } from "../seal/charter.js";
import { RefusedError } from "../seal/errors.js";
import { b64, H, random, same } from "../seal/primitives.js";
import { recipientHash, type Recipient } from "../seal/recipients.js";
import { writeRoot, type RootKey } from "../seal/root.js";
import { buildRoster, proofOf, readEntry, writeEntry, type Entry, type Proof } from "../seal/roster.js";
import { custodyOf, type CustodyWish } from "./custody.js";
import { requireApart } from "./independence.js";
import type { Keyring } from "./keyring.js";

/** A member of the next charter. */
export interface Candidate {
  readonly id: Uint8Array;
  readonly sign: Uint8Array;
  readonly recipient: Recipient;
  readonly roles: readonly string[];
  readonly alias: string;
  readonly root: RootKey | undefined;
}

export interface Composed {
  readonly root: Uint8Array | undefined;
  readonly charter: Uint8Array;
  readonly entries: readonly { readonly entry: Entry; readonly proof: Proof }[];
  /** Shows co-signers that nobody else stands in the list. */
  readonly filler: Uint8Array;
}

export interface NextParts {
  readonly people: readonly Candidate[];
  readonly desks: readonly Desk[];
  readonly names: ReadonlyMap<string, string>;
  readonly custody?: CustodyWish | undefined;
  /** Left out: as they are. */
  readonly peers?: readonly Peer[] | undefined;
  readonly today: string;
}

/** Make the documents. Throws `RefusedError` `no-administrator`, `desk-shared`, and as `custodyOf`. */
export function compose(keys: Keyring, parts: NextParts): Composed {
  const { manifest } = keys;
  const root = nextRoot(keys, parts.people);
  const entries = parts.people.map((person) => readEntry(writeEntry({
    id: person.id, sign: person.sign, recipient: recipientHash(person.recipient), roles: person.roles, alias: person.alias,
  }, random(16))));
  requireApart(parts.desks, entries);
  const roster = buildRoster(entries.map((entry) => entry.bytes));
  const number = manifest.charter.number + 1;
  const charter = writeCharter({
    ...manifest.charter, number, prev: manifest.charter.hash, root: manifest.root.number + (root === undefined ? 0 : 1),
    from: parts.today, notAfter: plusDays(parts.today, CHARTER_DAYS), names: parts.names, desks: parts.desks, roster,
    custody: custodyOf(parts.people, manifest.charter.custody, parts.custody), oversight: oversightOf(parts.people), peers: parts.peers ?? manifest.charter.peers,
  });
  return {
    root, charter, filler: roster.filler,
    entries: entries.map((entry, at) => ({ entry, proof: proofOf(roster, roster.places[at] ?? 0, number) })),
  };
}

/** Every desk of ours with its newest sheet as the least acceptable one: a leaver's seed dies with the charter. */
export function desksNow(keys: Keyring): Desk[] {
  const { charter, sheets } = keys.manifest;
  return charter.desks.map((desk) => {
    const sheet = sheets.get(b64(desk.id));
    if (desk.sheet === undefined || sheet === undefined) return desk;
    return { id: desk.id, names: desk.names, independentOf: desk.independentOf, sheet: { number: sheet.number, hash: sheet.hash } };
  });
}

/** A root document if the administrators' root keys change: threshold two from the second key on. */
function nextRoot(keys: Keyring, people: readonly Candidate[]): Uint8Array | undefined {
  const { root } = keys.manifest;
  const next = people.filter((one) => one.roles.includes("administrator")).flatMap((one) => one.root ?? []);
  if (next.length === 0) throw new RefusedError("no-administrator", "An office needs an administrator with a root key.");
  const kept = next.length === root.keys.length && next.every((key) => root.keys.some((one) => same(one.ed25519, key.ed25519)));
  if (kept) return undefined;
  return writeRoot({
    office: root.office, number: root.number + 1, prev: H(root.doc), keys: next, threshold: next.length === 1 ? 1 : 2,
  });
}

function oversightOf(people: readonly Candidate[]): Recipient | undefined {
  return people.find((one) => one.roles.includes("oversight"))?.recipient;
}

/** As the proposal travels to the server and to the other administrators. */
export interface ProposalDocuments {
  readonly root: Uint8Array | null;
  readonly charter: Uint8Array;
}

/** Refuse a proposal that does not follow what is in force, whatever it changes. */
export function requireFollows(charter: Charter, root: { readonly number: number } | undefined, keys: Keyring): void {
  const { manifest } = keys;
  const rootNumber = manifest.root.number + (root === undefined ? 0 : 1);
  const follows = charter.number === manifest.charter.number + 1 && charter.prev !== undefined
    && same(charter.prev, manifest.charter.hash) && same(charter.office, manifest.office) && charter.root === rootNumber;
  if (!follows) throw new RefusedError("proposal-old", "This proposal does not follow the charter in force. Please propose it anew.");
  for (const desk of charter.desks) {
    const sheet = manifest.sheets.get(b64(desk.id));
    if (desk.sheet !== undefined && sheet !== undefined && !same(desk.sheet.hash, sheet.hash)) {
      throw new RefusedError("proposal-sheet", "A desk has a newer sheet than this proposal names. Please propose it anew.");
    }
  }
}
