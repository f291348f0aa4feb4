import { MalformedError, RefusedError } from "./errors.js";
import { asHash, asText, sorted, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { climb, leafHash, levels } from "./merkle.js";
import { b64, random, same } from "./primitives.js";
import { asProven, type Proven } from "./proven.js";

const SHALLOWEST = 4;
const DEEPEST = 12;

/** A member as the roster names them. Only whoever is shown an entry learns of it. */
export interface Entry {
  /** The entry as written, which is what the tree holds. */
  readonly bytes: Uint8Array;
  readonly id: Uint8Array;
  /** Raw Ed25519 public key. */
  readonly sign: Uint8Array;
  /** H(recipient). */
  readonly recipient: Uint8Array;
  readonly roles: readonly string[];
  /** How reporting persons see this member. */
  readonly alias: string;
}

/** Shows that an entry stands in the roster of one charter. */
export interface Proof {
  readonly charter: number;
  readonly place: number;
  readonly hashes: readonly Uint8Array[];
}

/** The roster as a charter names it. */
export interface Roster {
  readonly depth: number;
  readonly root: Uint8Array;
}

/** A roster as its administrator made it: to be kept, for its proofs. */
export interface BuiltRoster extends Roster {
  /** The 2^d leaf hashes in order. */
  readonly leaves: readonly Uint8Array[];
  /** Place of each entry, in the order the entries were given. */
  readonly places: readonly number[];
}

export function readEntry(bytes: Uint8Array): Entry {
  const entry = whole(parse(bytes), (fields) => ({
    bytes,
    id: fields.id("id"),
    sign: fields.bytes("sign", 32),
    recipient: fields.hash("recipient"),
    roles: fields.set("roles", asText),
    alias: fields.text("alias"),
    salt: fields.bytes("salt", 16),
  }));
  return { bytes, id: entry.id, sign: entry.sign, recipient: entry.recipient, roles: entry.roles, alias: entry.alias };
}

/** Write an entry with a fresh salt, so that who knows a member's keys cannot look for them in a charter. */
export function writeEntry(
  entry: Omit<Entry, "bytes">, salt: Uint8Array = random(16),
): Uint8Array {
  return write({
    id: b64(entry.id), sign: b64(entry.sign), recipient: b64(entry.recipient),
    roles: sorted(entry.roles), alias: entry.alias, salt: b64(salt),
  });
}

export function readProof(value: Json): Proof {
  return whole(value, (fields) => ({
    charter: fields.integer("charter"), place: fields.integer("place"), hashes: fields.list("hashes", asHash),
  }));
}

export function proofJson(proof: Proof): JsonObject {
  return { charter: proof.charter, place: proof.place, hashes: proof.hashes.map(b64) };
}

export function readRoster(value: Json): Roster {
  return whole(value, (fields) => ({
    depth: fields.integer("depth", SHALLOWEST, DEEPEST), root: fields.hash("root"),
  }));
}

/** Put entries at random places among random hashes, so that neither number nor names can be read off. */
export function buildRoster(entries: readonly Uint8Array[]): BuiltRoster {
  let depth = SHALLOWEST;
  while (2 ** depth < entries.length && depth <= DEEPEST) depth += 1;
  if (depth > DEEPEST) throw new RangeError("a roster has at most 4096 places");
  const leaves = Array.from({ length: 2 ** depth }, () => random(32));
  const free = leaves.map((_, place) => place);
  const places = entries.map((entry) => {
    const [place] = free.splice(randomBelow(free.length), 1);
    if (place === undefined) throw new RangeError("no place left");
    leaves[place] = leafHash(entry);
    return place;
  });
  const root = levels(leaves).at(-1)?.[0];
  if (root === undefined) throw new RangeError("no root");
  return { depth, root, leaves, places };
}

/** Proof for the entry at `place`. */
export function proofOf(roster: BuiltRoster, place: number, charter: number): Proof {
  const hashes = levels(roster.leaves).slice(0, -1).map((level, height) => {
    const beside = level[Math.floor(place / 2 ** height) ^ 1];
    if (beside === undefined) throw new RangeError("no such place");
    return beside;
  });
  return { charter, place, hashes };
}

/**
 * Prove an entry against a charter that was proven.
 *
 * @throws RefusedError `roster-proof`
 */
export function proveEntry(
  entry: Uint8Array, proof: Proof, charter: Proven<{ number: number; roster: Roster }>,
): Proven<Entry> {
  const { depth, root } = charter.roster;
  const fits = proof.charter === charter.number && proof.hashes.length === depth && proof.place < 2 ** depth;
  if (!fits || !same(climb(leafHash(entry), proof.place, proof.hashes), root)) {
    throw new RefusedError("roster-proof", "A member is not in the list that the office's root has signed.");
  }
  return asProven(readEntry(entry));
}

/** True if the roles name this one, for a desk or organisation where `at` is given. */
export function hasRole(entry: Entry, role: string, at?: Uint8Array): boolean {
  return entry.roles.includes(at === undefined ? role : `${role}@${b64(at)}`);
}

function randomBelow(limit: number): number {
  if (limit < 1) throw new MalformedError("roster-full", "There is no place left in the roster.");
  // Drawn again above the largest multiple: else the first places would be a little likelier.
  const most = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    const drawn = new DataView(random(4).buffer).getUint32(0);
    if (drawn < most) return drawn % limit;
  }
}
