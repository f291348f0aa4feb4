/**
 * What is unlocked, in this worker's memory only. Modules of the worker use it; no act answers with any of it.
 */
import type { Charter } from "../seal/charter.js";
import type { DocumentName } from "../seal/document.js";
import type { Proven } from "../seal/proven.js";
import { RefusedError } from "../seal/errors.js";
import { pinsOf, type VerifiedManifest } from "../seal/manifest.js";
import { b64, same, sign, type Label } from "../seal/primitives.js";
import type { Identity, Recipient } from "../seal/recipients.js";
import type { Entry, Proof } from "../seal/roster.js";
import type { Vault } from "../seal/vault.js";

/** One epoch of a desk that this member can open. */
export interface Epoch {
  readonly number: number;
  readonly identity: Identity;
}

/** A member as the charter in force proves them; `entry.bytes` and `proof` are what an envelope's `by` carries. */
export interface Place {
  readonly entry: Proven<Entry>;
  readonly proof: Proof;
  /** Its hash stands in the entry. */
  readonly recipient: Recipient;
}

/** An unlocked member. */
export class Keyring {
  /** Epoch identities by desk id (base64url) and number. */
  readonly desks = new Map<string, Map<number, Epoch>>();
  /** Everybody in the charter in force, by member id (base64url). */
  readonly people = new Map<string, Place>();
  /** Charters before the one in force, newest first: what members wrote under them is proven by them. */
  earlier: readonly Proven<Charter>[] = [];
  /** The files of those charters, as they were served. */
  earlierFiles: readonly Uint8Array[] = [];
  /** The manifest as it was served and proven. */
  documents: Uint8Array = new Uint8Array();
  /** Pins have moved on since the vault was last stored. */
  moved = false;
  /** These keys answer an invitation under the id of who has others: they have no place before a charter names them. */
  waits = false;
  private proven: VerifiedManifest | undefined;
  private standing: Place | undefined;

  constructor(
    readonly office: Uint8Array,
    readonly member: Uint8Array,
    /** As opened; `pins` in it move forward with each proven manifest. */
    public vault: Vault,
    /** Newest first: the present seal key, then earlier ones. */
    readonly seals: readonly Identity[],
    readonly signPublic: Uint8Array,
  ) {}

  /** The manifest as this worker proved it from the pinned root. Throws `RefusedError` `no-manifest` before that. */
  get manifest(): VerifiedManifest {
    if (this.proven === undefined) throw new RefusedError("no-manifest", "The office's documents are not proven yet.");
    return this.proven;
  }

  /** Throws `RefusedError` `not-in-charter` for who was invited and stands in no charter yet. */
  get place(): Place {
    if (this.standing === undefined) throw new RefusedError("not-in-charter", "You are not in the office's charter yet.");
    return this.standing;
  }

  get placed(): boolean {
    return this.standing !== undefined;
  }

  /** Take a proven manifest and the people that it proves; pins move forward with it. */
  settle(manifest: VerifiedManifest, people: readonly Place[], earlier: readonly Proven<Charter>[]): void {
    this.proven = manifest;
    this.earlier = earlier;
    this.people.clear();
    for (const one of people) this.people.set(b64(one.entry.id), one);
    const own = this.people.get(b64(this.member));
    this.standing = this.waits && own !== undefined && !same(own.entry.sign, this.signPublic) ? undefined : own;
    const { root, charter, sheets } = pinsOf(manifest);
    const { pins } = this.vault;
    const news = [[pins.root, root], [pins.charter, charter], ...[...sheets ?? []].map(([desk, pin]) => [pins.sheets.get(desk), pin])];
    if (!news.some(([before, now]) => before === undefined || now === undefined || !same(before.hash, now.hash))) return;
    this.vault = { ...this.vault, pins: { ...pins, root, charter, sheets: new Map(sheets) } };
    this.moved = true;
  }

  /** Remember another office's newest charter: an older one is refused later. */
  sawPeer(peer: string, charter: DocumentName): void {
    const { pins } = this.vault;
    const before = pins.peers?.get(peer);
    if (before !== undefined && same(before.hash, charter.hash)) return;
    const peers = new Map(pins.peers).set(peer, { number: charter.number, hash: charter.hash });
    this.vault = { ...this.vault, pins: { ...pins, peers } };
    this.moved = true;
  }

  /** Put a root seed into the vault. */
  keepRoot(root: Uint8Array): void {
    this.vault = { ...this.vault, root };
    this.moved = true;
  }

  /** Remember a log's newest checkpoint: what is shown later must continue it. */
  saw(log: "arrivals" | "acts", checkpoint: string): void {
    const { pins } = this.vault;
    if (pins.checkpoints[log] === checkpoint) return;
    this.vault = { ...this.vault, pins: { ...pins, checkpoints: { ...pins.checkpoints, [log]: checkpoint } } };
    this.moved = true;
  }

  /** Sign as this member. */
  sign(label: Label, message: Uint8Array): Uint8Array {
    return sign(this.vault.sign, label, message);
  }

  /** Every epoch identity of a desk that this member can open, newest first. */
  deskIdentities(desk: Uint8Array): Identity[] {
    const epochs = this.desks.get(b64(desk));
    return epochs === undefined ? [] : [...epochs.values()].sort((a, b) => b.number - a.number).map((epoch) => epoch.identity);
  }

  /** The identity of one epoch of a desk, or undefined. */
  deskIdentity(desk: Uint8Array, epoch: number): Identity | undefined {
    return this.desks.get(b64(desk))?.get(epoch)?.identity;
  }
}

let held: Keyring | undefined;

/** The unlocked member. Throws `RefusedError` `locked`. */
export function keyring(): Keyring {
  if (held === undefined) throw new RefusedError("locked", "Your keys are locked. Please unlock them again; nothing was lost.");
  return held;
}

/** Hold the keys of who has just unlocked. */
export function hold(keys: Keyring): void {
  held = keys;
}

/** Forget all keys. The page also ends the worker: memory of a worker that has ended cannot be asked for anything. */
export function forget(): void {
  held = undefined;
}
