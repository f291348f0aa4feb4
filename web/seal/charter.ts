import { countSigners, nameJson, readName, type DocumentFile, type DocumentName } from "./document.js";
import { MalformedError, RefusedError } from "./errors.js";
import { asId, asText, Fields, sorted, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { b64, H, same } from "./primitives.js";
import { asProven, type Proven } from "./proven.js";
import { checkRecipient, type Recipient } from "./recipients.js";
import type { RootDocument } from "./root.js";
import { readRoster, type Roster } from "./roster.js";

/** Browsers refuse a charter after its `not_after`; we write this many days. */
export const CHARTER_DAYS = 120;
const MOST_DAYS = 180;
const MOST_CUSTODIANS = 9;
const CHARTER_LIMIT = 512 * 1024;

/** Another office by its fingerprint and host. */
export interface Peer {
  readonly F: Uint8Array;
  readonly host: string;
}

interface DeskCommon {
  readonly id: Uint8Array;
  readonly names: ReadonlyMap<string, string>;
  /** Desks whose people have no say in this one. */
  readonly independentOf: readonly Uint8Array[];
}
/** A desk of this office with its least acceptable sheet, or a pointer to another office's. */
export type Desk =
  | (DeskCommon & { readonly sheet: DocumentName; readonly outside?: undefined })
  | (DeskCommon & { readonly outside: Peer; readonly sheet?: undefined });

export interface Custody {
  readonly k: number;
  /** In the order of the deal, which the shares follow. */
  readonly custodians: readonly Recipient[];
}

export interface Charter {
  readonly doc: Uint8Array;
  readonly hash: Uint8Array;
  readonly office: Uint8Array;
  readonly number: number;
  readonly prev: Uint8Array | undefined;
  /** Number of the root document whose threshold signed. */
  readonly root: number;
  readonly from: string;
  readonly notAfter: string;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
  readonly desks: readonly Desk[];
  readonly roster: Roster;
  readonly custody: Custody | undefined;
  readonly oversight: Recipient | undefined;
  readonly paper: Recipient | undefined;
  readonly record: { readonly host: string; readonly promise: Uint8Array; readonly checkpoint: Uint8Array };
  readonly witnesses: readonly { readonly name: string; readonly key: Uint8Array }[];
  readonly vouchers: { readonly officer: Uint8Array; readonly treasurer: Uint8Array } | undefined;
  readonly noscript: string | undefined;
  readonly peers: readonly Peer[];
}

const recipientField = (value: Json): Recipient => checkRecipient(asText(value));

export function readCharter(doc: Uint8Array): Charter {
  return whole(parse(doc, CHARTER_LIMIT), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "charter");
    return {
      doc,
      hash: H(doc),
      office: fields.id("office"),
      number: fields.integer("number"),
      prev: fields.has("prev") ? fields.hash("prev") : undefined,
      root: fields.integer("root"),
      from: fields.day("from"),
      notAfter: fields.day("not_after"),
      zone: fields.text("zone"),
      names: fields.texts("names"),
      desks: readDesks(fields),
      roster: fields.read("roster", readRoster),
      custody: fields.optional("custody", readCustody),
      oversight: fields.optional("oversight", recipientField),
      paper: fields.optional("paper", recipientField),
      record: fields.read("record", (value) => whole(value, (record) => ({
        host: record.text("host"), promise: record.bytes("promise", 32), checkpoint: record.bytes("checkpoint", 32),
      }))),
      witnesses: fields.set("witnesses", (value) => whole(value, (one) => ({
        name: one.text("name"), key: one.bytes("key", 32),
      }))),
      vouchers: fields.optional("vouchers", (value) => whole(value, (keys) => ({
        officer: keys.bytes("officer"), treasurer: keys.bytes("treasurer"),
      }))),
      noscript: fields.optional("noscript", asText),
      peers: fields.set("peers", readPeer),
    };
  });
}

export function writeCharter(charter: Omit<Charter, "doc" | "hash">): Uint8Array {
  const { custody, record, vouchers } = charter;
  return write({
    v: 1, kind: "charter", office: b64(charter.office), number: charter.number,
    ...(charter.prev && { prev: b64(charter.prev) }),
    root: charter.root, from: charter.from, not_after: charter.notAfter, zone: charter.zone,
    names: Object.fromEntries(charter.names),
    desks: sorted(charter.desks.map(deskJson)),
    roster: { depth: charter.roster.depth, root: b64(charter.roster.root) },
    ...(custody && { custody: { k: custody.k, custodians: custody.custodians } }),
    ...(charter.oversight !== undefined && { oversight: charter.oversight }),
    ...(charter.paper !== undefined && { paper: charter.paper }),
    record: { host: record.host, promise: b64(record.promise), checkpoint: b64(record.checkpoint) },
    witnesses: sorted(charter.witnesses.map(({ name, key }) => ({ name, key: b64(key) }))),
    ...(vouchers && { vouchers: { officer: b64(vouchers.officer), treasurer: b64(vouchers.treasurer) } }),
    ...(charter.noscript !== undefined && { noscript: charter.noscript }),
    peers: sorted(charter.peers.map(peerJson)),
  });
}

/**
 * Prove a charter by the newest root document.
 *
 * @param today - the reader's own day: an old charter must not outlive who left
 * @param pin - number and hash of the newest charter seen before
 * @throws RefusedError `charter-root`, `charter-signature`, `charter-long`, `charter-date`, `charter-older`,
 *   `document-fork`
 */
export function proveCharter(
  file: DocumentFile, root: Proven<RootDocument>, today: string, pin?: DocumentName,
): Proven<Charter> {
  const charter = readCharter(file.doc);
  if (charter.root !== root.number || !same(charter.office, root.office)) {
    throw new RefusedError("charter-root", "The office's charter does not name its newest root.");
  }
  if (countSigners(file, "charter", root.keys.map((key) => key.ed25519)) < root.threshold) {
    throw new RefusedError("charter-signature", "Too few administrators have signed the office's charter.");
  }
  if (daysBetween(charter.from, charter.notAfter) > MOST_DAYS) {
    throw new RefusedError("charter-long", "The office's charter is meant to hold too long.");
  }
  if (today < charter.from || today > charter.notAfter) {
    throw new RefusedError("charter-date", "The office's charter is not in force on this day.");
  }
  checkPin(charter, pin, "charter-older");
  return asProven(charter);
}

/**
 * An earlier charter, proven by the hash in the one after it; its own signers may have left long ago.
 *
 * @throws RefusedError `charter-chain`
 */
export function proveEarlier(file: DocumentFile, next: Proven<Charter>): Proven<Charter> {
  const charter = readCharter(file.doc);
  if (next.prev === undefined || !same(charter.hash, next.prev) || !same(charter.office, next.office)) {
    throw new RefusedError("charter-chain", "An earlier charter is not the one that the next one names.");
  }
  return asProven(charter);
}

/**
 * Which charter proves an author: the one of that number, if it was in force on the day that the promise names.
 * Whoever left must not write on under the charter before; without a promise only the newest counts.
 *
 * @param charters - proven, the one in force among them
 */
export function inForce(
  charters: readonly Proven<Charter>[],
): (number: number, day?: string) => Proven<Charter> | undefined {
  const newest = Math.max(...charters.map((one) => one.number));
  return (number, day) => {
    const found = charters.find((one) => one.number === number);
    if (found === undefined || day === undefined) return found?.number === newest ? found : undefined;
    const next = charters.find((one) => one.number === number + 1);
    const over = number !== newest && (next === undefined || day > next.from);
    return found.from <= day && day <= found.notAfter && !over ? found : undefined;
  };
}

/** @throws RefusedError `code` for a number below the pin, `document-fork` for another document of its number */
export function checkPin(found: DocumentName, pin: DocumentName | undefined, code: string): void {
  if (pin === undefined) return;
  if (found.number < pin.number) throw new RefusedError(code, "An older document than this browser has seen is shown.");
  if (found.number === pin.number && !same(found.hash, pin.hash)) {
    throw new RefusedError("document-fork", "Two different documents bear the same number.");
  }
}

/** Desks of this office that are independent of `desk`, those elsewhere included. */
export function independentDesks(charter: Charter, desk: Uint8Array): readonly Desk[] {
  return charter.desks.filter((one) => one.independentOf.some((other) => same(other, desk)));
}

function daysBetween(first: string, last: string): number {
  return (Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000;
}

/** Each desk once: of two under one id, readers would not agree on which they seal to. */
function readDesks(fields: Fields): readonly Desk[] {
  const desks = fields.set("desks", readDesk);
  if (new Set(desks.map((desk) => b64(desk.id))).size !== desks.length) {
    throw new MalformedError("charter-desk", "The charter names a desk twice.");
  }
  return desks;
}

function readDesk(value: Json): Desk {
  return whole(value, (fields): Desk => {
    const common = {
      id: fields.id("id"), names: fields.texts("names"), independentOf: fields.set("independent_of", asId),
    };
    return fields.has("outside")
      ? { ...common, outside: fields.read("outside", readPeer) }
      : { ...common, sheet: fields.read("sheet", readName) };
  });
}

function deskJson(desk: Desk): JsonObject {
  return {
    id: b64(desk.id), names: Object.fromEntries(desk.names), independent_of: sorted(desk.independentOf.map(b64)),
    ...(desk.outside ? { outside: peerJson(desk.outside) } : { sheet: nameJson(desk.sheet) }),
  };
}

function readPeer(value: Json): Peer {
  return whole(value, (fields: Fields) => ({ F: fields.hash("F"), host: fields.text("host") }));
}

function peerJson(peer: Peer): JsonObject {
  return { F: b64(peer.F), host: peer.host };
}

/** Two at least, so that no one holds a name alone; nine at most. */
function readCustody(value: Json): Custody {
  return whole(value, (fields) => {
    const custody = { k: fields.integer("k"), custodians: fields.list("custodians", recipientField) };
    const n = custody.custodians.length;
    if (custody.k < 2 || custody.k > n || n > MOST_CUSTODIANS || new Set(custody.custodians).size !== n) {
      throw new MalformedError("custody-size", "The list of custodians is too short or too long.");
    }
    return custody;
  });
}
