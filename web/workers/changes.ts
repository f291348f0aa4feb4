/** What a new charter changes, told in plain values so that a person can judge it before signing. */
import type { Charter, Peer } from "../seal/charter.js";
import { b64, same } from "../seal/primitives.js";
import type { RootDocument } from "../seal/root.js";
import type { Entry } from "../seal/roster.js";
import { fingerprint, type WordList } from "../seal/words.js";
import { claimsChanged } from "./independence.js";
import type { Keyring } from "./keyring.js";
import { listOf } from "./wordlists.js";

/** One change. Ids are base64url; texts are as they will stand in the charter. */
export type Change =
  | {
    readonly kind: "joins"; readonly member: string; readonly alias: string; readonly roles: readonly string[];
    readonly words: readonly string[];
  }
  | { readonly kind: "leaves"; readonly member: string; readonly alias: string }
  | {
    readonly kind: "roles"; readonly member: string; readonly alias: string;
    readonly given: readonly string[]; readonly taken: readonly string[];
  }
  | { readonly kind: "keys"; readonly member: string; readonly alias: string; readonly words: readonly string[] }
  | { readonly kind: "alias"; readonly member: string; readonly before: string; readonly after: string }
  | { readonly kind: "desk-new" | "desk-gone" | "desk-names"; readonly desk: string; readonly names: Readonly<Record<string, string>> }
  | {
    readonly kind: "independent" | "dependent"; readonly names: Readonly<Record<string, string>>;
    /** Names of the desk of which it is, or no longer is, independent. */
    readonly of: Readonly<Record<string, string>>;
  }
  | { readonly kind: "office-names"; readonly names: Readonly<Record<string, string>> }
  | { readonly kind: "root"; readonly keys: number; readonly threshold: number; readonly come: number; readonly go: number }
  | { readonly kind: "custody"; readonly k: number; readonly custodians: number }
  | { readonly kind: "oversight" | "record" }
  | { readonly kind: "peer-new" | "peer-gone"; readonly host: string; readonly words: readonly string[] }
  | { readonly kind: "until"; readonly day: string };

/** The eight words of the answer by which an entry's keys came; none where there is no such answer at hand. */
export type WordsOf = (entry: Entry) => readonly string[];

/** Everything that `next` would change against what is in force; `sound.ts` refuses what has no line here. */
export function changesTo(
  next: Charter, entries: readonly Entry[], root: RootDocument | undefined, keys: Keyring, wordsOf: WordsOf,
  list = listOf("en"),
): Change[] {
  const { charter, root: oldRoot } = keys.manifest;
  const found: Change[] = [];
  if (root !== undefined) {
    const held = (list: RootDocument["keys"], key: Uint8Array): boolean => list.some((one) => same(one.ed25519, key));
    found.push({
      kind: "root", keys: root.keys.length, threshold: root.threshold,
      come: root.keys.filter((key) => !held(oldRoot.keys, key.ed25519)).length,
      go: oldRoot.keys.filter((key) => !held(root.keys, key.ed25519)).length,
    });
  }
  found.push(...peopleChanges(entries, keys, wordsOf), ...deskChanges(next, charter), ...independenceChanges(next, charter));
  if (json(next.names) !== json(charter.names)) found.push({ kind: "office-names", names: Object.fromEntries(next.names) });
  if (JSON.stringify(next.custody) !== JSON.stringify(charter.custody)) {
    found.push({ kind: "custody", k: next.custody?.k ?? 0, custodians: next.custody?.custodians.length ?? 0 });
  }
  if (next.oversight !== charter.oversight) found.push({ kind: "oversight" });
  const { record } = next;
  const sameRecord = record.host === charter.record.host && same(record.promise, charter.record.promise)
    && same(record.checkpoint, charter.record.checkpoint);
  if (!sameRecord) found.push({ kind: "record" });
  found.push(...peerChanges(next.peers, charter.peers, list), { kind: "until", day: next.notAfter });
  return found;
}

/** An office to refer to is its fingerprint at its host: where either changes, another takes its place. */
function peerChanges(next: readonly Peer[], before: readonly Peer[], list: WordList): Change[] {
  const told = (kind: "peer-new" | "peer-gone") => ({ F, host }: Peer): Change => ({ kind, host, words: kind === "peer-new" ? fingerprint(F, list) : [] });
  const without = (one: readonly Peer[], other: readonly Peer[]): Peer[] =>
    one.filter(({ F, host }) => !other.some((peer) => same(peer.F, F) && peer.host === host));
  return [...without(next, before).map(told("peer-new")), ...without(before, next).map(told("peer-gone"))];
}

function peopleChanges(entries: readonly Entry[], keys: Keyring, wordsOf: WordsOf): Change[] {
  const found: Change[] = [];
  const before = new Map([...keys.people].map(([id, place]) => [id, place.entry as Entry]));
  for (const entry of entries) {
    const member = b64(entry.id);
    const { alias, roles } = entry;
    const old = before.get(member);
    before.delete(member);
    if (old === undefined) {
      found.push({ kind: "joins", member, alias, roles, words: wordsOf(entry) });
      continue;
    }
    if (!same(old.sign, entry.sign) || !same(old.recipient, entry.recipient)) {
      found.push({ kind: "keys", member, alias, words: wordsOf(entry) });
    }
    const given = roles.filter((role) => !old.roles.includes(role));
    const taken = old.roles.filter((role) => !roles.includes(role));
    if (given.length + taken.length > 0) found.push({ kind: "roles", member, alias, given, taken });
    if (old.alias !== alias) found.push({ kind: "alias", member, before: old.alias, after: alias });
  }
  for (const [member, { alias }] of before) found.push({ kind: "leaves", member, alias });
  return found;
}

function deskChanges(next: Charter, charter: Charter): Change[] {
  const found: Change[] = [];
  const before = new Map(charter.desks.map((desk) => [b64(desk.id), desk]));
  for (const desk of next.desks) {
    const id = b64(desk.id);
    const names = Object.fromEntries(desk.names);
    const old = before.get(id);
    before.delete(id);
    if (old === undefined) found.push({ kind: "desk-new", desk: id, names });
    else if (json(old.names) !== json(desk.names)) found.push({ kind: "desk-names", desk: id, names });
  }
  for (const [id, desk] of before) found.push({ kind: "desk-gone", desk: id, names: Object.fromEntries(desk.names) });
  return found;
}

function independenceChanges(next: Charter, charter: Charter): Change[] {
  return claimsChanged(next.desks, charter.desks).map(({ desk, other, claimed }) => ({
    kind: claimed ? "independent" : "dependent", names: Object.fromEntries(desk.names), of: Object.fromEntries(other.names),
  }));
}

function json(names: ReadonlyMap<string, string>): string {
  return JSON.stringify([...names].sort());
}
