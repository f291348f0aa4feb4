import { MalformedError, RefusedError } from "./errors.js";
import { asHash, asText, sorted, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { climb, leafHash, levels } from "./merkle.js";
import { b64, kdf, random, same } from "./primitives.js";
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
  /** Seed of the hashes at empty places, 32 bytes; co-signers are shown it, outsiders never. */
  readonly filler: Uint8Array;
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

/** Put entries at random places among hashes like theirs, so that neither number nor names can be read off. */
export function buildRoster(entries: readonly Uint8Array[]): BuiltRoster {
  let depth = SHALLOWEST;
  while (2 ** depth < entries.length && depth <= DEEPEST) depth += 1;
  if (depth > DEEPEST) throw new RangeError("a roster has at most 4096 places");
  const filler = random(32);
  const free = Array.from({ length: 2 ** depth }, (_, place) => place);
  const shown = new Map<number, Uint8Array>();
  const places = entries.map((entry) => {
    const [place] = free.splice(randomBelow(free.length), 1);
    if (place === undefined) throw new RangeError("no place left");
    shown.set(place, entry);
    return place;
  });
  const leaves = leavesOf(depth, shown, filler);
  return { depth, root: rootOf(leaves), leaves, places, filler };
}

/**
 * Refuse a roster in which more stands than is shown: an administrator signs for everybody in it, or for nobody.
 *
 * @param shown - every entry by its place
 * @param filler - seed of all other places, 32 bytes
 * @throws RefusedError `roster-hidden`
 */
export function requireWhole(roster: Roster, shown: ReadonlyMap<number, Uint8Array>, filler: Uint8Array): void {
  const fits = [...shown.keys()].every((place) => place >= 0 && place < 2 ** roster.depth);
  if (!fits || !same(rootOf(leavesOf(roster.depth, shown, filler)), roster.root)) {
    throw new RefusedError("roster-hidden", "Somebody could stand in the list of people who is not shown.");
  }
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

function leavesOf(depth: number, shown: ReadonlyMap<number, Uint8Array>, filler: Uint8Array): Uint8Array[] {
  return Array.from({ length: 2 ** depth }, (_, place) => {
    const entry = shown.get(place);
    if (entry !== undefined) return leafHash(entry);
    const salt = new Uint8Array(4);
    new DataView(salt.buffer).setUint32(0, place);
    return kdf(filler, "roster filler", salt);
  });
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const root = levels(leaves).at(-1)?.[0];
  if (root === undefined) throw new RangeError("no root");
  return root;
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
