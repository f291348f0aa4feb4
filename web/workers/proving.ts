/** The office's documents and people, proven from the pinned root before anything else is done. */
import { dayAt } from "../elements/days.js";
import { rootLogged } from "../ledger/rooted.js";
import type { Facts, PersonFacts, DeskFacts } from "../office/facts.js";
import { proveManifest, parseManifest, type VerifiedManifest } from "../seal/manifest.js";
import { RefusedError } from "../seal/errors.js";
import { parse } from "../seal/jsontext.js";
import { b64, same } from "../seal/primitives.js";
import { checkRecipient, recipientHash } from "../seal/recipients.js";
import { hasRole, proveEntry, readProof } from "../seal/roster.js";
import { readCharter, type Charter } from "../seal/charter.js";
import { parseFile } from "../seal/document.js";
import { asProven, type Proven } from "../seal/proven.js";
import { fingerprint } from "../seal/words.js";
import { keyring, type Keyring, type Place } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { holdsRoot } from "./rootkeys.js";
import { listOf } from "./wordlists.js";

/** A person as the server tells of them. `entry` and `proof` are proven here; name and days are its word. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly joined: string;
  readonly way_back_tried: string;
  readonly root: Uint8Array;
  readonly recipient: string;
  readonly entry: Uint8Array;
  /** JSON bytes. */
  readonly proof: Uint8Array;
}

declare module "./protocol.js" {
  interface Acts {
    /** Prove manifest and people; pins move on. `now` is the browser's own clock. */
    "prove": Act<
      {
        readonly manifest: Uint8Array; readonly people: readonly PersonRow[];
        /** Document files of earlier charters, newest first. */
        readonly earlier: readonly Uint8Array[];
        readonly now: number; readonly language: string;
      },
      Facts
    >;
    /**
     * Compare what another door shows with what was proven: codes of what differs, empty if nothing does. A
     * reporting person would seal to what is shown there.
     */
    "compare": Act<{ readonly manifest: Uint8Array; readonly now: number }, readonly string[]>;
  }
}

register("prove", ({ manifest: bytes, people, earlier, now, language }) => {
  const keys = keyring();
  const manifest = proven(bytes, now, keys);
  const places = people.map((row) => provenPlace(row, manifest));
  keys.documents = bytes;
  const before = chained(manifest.charter, earlier);
  keys.settle(manifest, places, before);
  keys.earlierFiles = earlier.slice(0, before.length);
  if (keys.placed && !same(keys.place.entry.sign, keys.signPublic)) {
    throw new RefusedError("not-your-keys", "The charter names other keys for you than the ones you hold.");
  }
  return facts(keys, people, dayAt(now, manifest.charter.zone), language);
});

register("compare", ({ manifest: bytes, now }) => {
  const keys = keyring();
  const ours = keys.manifest;
  let shown: VerifiedManifest;
  try {
    shown = proven(bytes, now, keys);
  } catch (error) {
    if (error instanceof RefusedError) return [error.code];
    throw error;
  }
  const differs = new Set<string>();
  if (!same(shown.charter.hash, ours.charter.hash)) differs.add("charter");
  for (const [desk, sheet] of ours.sheets) {
    const there = shown.sheets.get(desk);
    if (there === undefined || !same(there.hash, sheet.hash)) differs.add("sheet");
    const own = there && keys.desks.get(desk)?.get(there.epoch);
    if (there !== undefined && own !== undefined && own.identity.recipient !== there.recipient) differs.add("epoch");
  }
  return [...differs];
});

function proven(bytes: Uint8Array, now: number, keys: Keyring): VerifiedManifest {
  const files = parseManifest(bytes);
  const { zone, notAfter } = readCharter(files.charter.doc);
  const day = dayAt(now, zone);
  // One that has run out is proven as of its last day: else nobody could unlock any more, nor sign the next one. What it
  // is good for then is to be read; nothing but the next charter goes out under it (`Api.ended`).
  const today = day > notAfter ? notAfter : day;
  const manifest = proveManifest(files, { today, pins: keys.vault.pins, logged: rootLogged });
  if (!same(manifest.office, keys.office)) throw new RefusedError("root-fork", "This is not the office that your keys are for.");
  return manifest;
}

/** Each earlier charter is named by the hash in the one after it, down from the proven one. */
function chained(newest: Proven<Charter>, files: readonly Uint8Array[]): Proven<Charter>[] {
  const chain: Proven<Charter>[] = [];
  let after: Charter = newest;
  for (const file of files) {
    const charter = readCharter(parseFile(file).doc);
    if (after.prev === undefined || !same(charter.hash, after.prev)) break;
    chain.push(asProven(charter));
    after = charter;
  }
  return chain;
}

function provenPlace(row: PersonRow, manifest: VerifiedManifest): Place {
  const proof = readProof(parse(row.proof));
  const entry = proveEntry(row.entry, proof, manifest.charter);
  const recipient = checkRecipient(row.recipient);
  if (b64(entry.id) !== row.id || !same(entry.recipient, recipientHash(recipient))) {
    throw new RefusedError("roster-proof", "A member's keys are not the ones that the office's root has signed.");
  }
  return { entry, proof, recipient };
}

function facts(keys: Keyring, people: readonly PersonRow[], today: string, language: string): Facts {
  const { manifest } = keys;
  const { charter, root } = manifest;
  const persons = people.map((row) => personFacts(row, keys));
  const own = keys.placed ? persons.find((one) => one.id === b64(keys.member)) : undefined;
  return {
    office: b64(keys.office), names: Object.fromEntries(charter.names), zone: charter.zone,
    fingerprint: b64(manifest.F), words: fingerprint(manifest.F, listOf(language)),
    root: { number: root.number, keys: root.keys.length, threshold: root.threshold, held: holdsRoot(keys) },
    charter: { number: charter.number, from: charter.from, notAfter: charter.notAfter },
    custody: { k: charter.custody?.k ?? 0, custodians: charter.custody?.custodians.length ?? 0 },
    desks: deskFacts(keys), people: persons,
    peers: charter.peers.map((peer) => ({ F: b64(peer.F), host: peer.host, words: fingerprint(peer.F, listOf(language)) })),
    me: own ?? {
      id: b64(keys.member), name: "", alias: "", roles: [], joined: "", wayBackTried: "",
      holdsRoot: keys.vault.root !== undefined,
    },
    placed: keys.placed, today,
  };
}

function personFacts(row: PersonRow, keys: Keyring): PersonFacts {
  const place = keys.people.get(row.id);
  return {
    id: row.id, name: row.name, alias: place?.entry.alias ?? "", roles: place?.entry.roles ?? [], joined: row.joined,
    wayBackTried: row.way_back_tried,
    holdsRoot: keys.manifest.root.keys.some((key) => same(key.ed25519, row.root)),
  };
}

function deskFacts(keys: Keyring): DeskFacts[] {
  const found: DeskFacts[] = [];
  for (const desk of keys.manifest.charter.desks) {
    const id = b64(desk.id);
    const sheet = keys.manifest.sheets.get(id);
    if (sheet === undefined) continue;
    found.push({
      id, names: Object.fromEntries(desk.names), open: sheet.open, epoch: sheet.epoch, sheet: sheet.number,
      form: b64(sheet.form), profile: b64(sheet.profile), independentOf: desk.independentOf.map(b64),
      unlocked: [...keys.desks.get(id)?.keys() ?? []],
      people: [...keys.people.values()].filter(({ entry }) => hasRole(entry, "handler", desk.id) || hasRole(entry, "lead", desk.id))
        .map(({ entry }) => b64(entry.id)),
    });
  }
  return found;
}
