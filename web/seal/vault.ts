import { seal, unseal } from "./age.js";
import { MalformedError, RefusedError } from "./errors.js";
import { asBytes, whole } from "./fields.js";
import { parse, write, type Json } from "./jsontext.js";
import { pinsJson, readPins, type Pins } from "./pins.js";
import { b64, kdf, random, same } from "./primitives.js";
import { identity, type Identity, type Opener, type Recipient } from "./recipients.js";

const VAULT_LIMIT = 512 * 1024;
const SEED = 32;

/** Everything secret that a member holds. */
export interface Vault {
  readonly member: Uint8Array;
  /** Ed25519 seed. */
  readonly sign: Uint8Array;
  /** Seed of the age identity that key files are sealed to. */
  readonly seal: Uint8Array;
  /** Key of the member's own index pages. */
  readonly index: Uint8Array;
  /** Earlier seal seeds, newest first. */
  readonly old: readonly Uint8Array[];
  /** Root seed of an administrator. */
  readonly root?: Uint8Array | undefined;
  readonly pins: Pins;
}

/** A new member's keys. */
export function newVault(member: Uint8Array, F: Uint8Array, root?: Uint8Array): Vault {
  return {
    member, sign: random(SEED), seal: random(SEED), index: random(SEED), old: [], root,
    pins: { F, sheets: new Map(), checkpoints: {} },
  };
}

export function newVaultSeed(): Uint8Array {
  return random(SEED);
}

/** The identity that opens the vault file of this member. */
export function vaultIdentity(vaultSeed: Uint8Array, member: Uint8Array): Identity {
  return identity(kdf(vaultSeed, "vault", member));
}

/** The vault as stored. Compare-and-swap is on H of these bytes. */
export async function sealVault(vaultSeed: Uint8Array, vault: Vault): Promise<Uint8Array> {
  return seal(writeVault(vault), [vaultIdentity(vaultSeed, vault.member).recipient]);
}

/**
 * @throws CannotOpenError `not-mine` and as age files do
 * @throws RefusedError `vault-member` if it is somebody else's
 * @throws MalformedError as age files and JSON do
 */
export async function openVault(file: Uint8Array, vaultSeed: Uint8Array, member: Uint8Array): Promise<Vault> {
  const vault = readVault(await unseal(file, [vaultIdentity(vaultSeed, member)]));
  if (!same(vault.member, member)) throw new RefusedError("vault-member", "This vault belongs to somebody else.");
  return vault;
}

/** What comes of a passphrase: what the server is told (it stores the hash), and what opens the wrap. */
export interface PassphraseKeys {
  readonly auth: Uint8Array;
  readonly wrap: Identity;
}

/** @param stretched - Argon2id of the passphrase (NFC), 32 bytes; see `argon2.ts` */
export function passphraseKeys(stretched: Uint8Array, salt: Uint8Array): PassphraseKeys {
  return { auth: kdf(stretched, "login auth", salt), wrap: identity(kdf(stretched, "login wrap", salt)) };
}

/** The identity of a printed code (sixteen bytes, twelve words). */
export function paperIdentity(entropy: Uint8Array, member: Uint8Array): Identity {
  return identity(kdf(entropy, "paper wrap", member));
}

/** Wrap the vault seed for one way in. */
export async function wrapSeed(vaultSeed: Uint8Array, recipient: Recipient): Promise<Uint8Array> {
  if (vaultSeed.length !== SEED) throw new RangeError("32 bytes");
  return seal(vaultSeed, [recipient]);
}

/** @throws CannotOpenError `not-mine` if this is not the way in that the wrap was made for */
export async function unwrapSeed(wrap: Uint8Array, opener: Opener): Promise<Uint8Array> {
  const seed = await unseal(wrap, [opener]);
  if (seed.length !== SEED) throw new MalformedError("vault-seed", "A wrap holds something that is no key.");
  return seed;
}

/** The JSON that is sealed. */
export function writeVault(vault: Vault): Uint8Array {
  return write({
    v: 1, member: b64(vault.member), sign: b64(vault.sign), seal: b64(vault.seal), index: b64(vault.index),
    old: vault.old.map(b64),
    ...(vault.root && { root: b64(vault.root) }),
    pins: pinsJson(vault.pins),
  });
}

export function readVault(plain: Uint8Array): Vault {
  const seed = (value: Json): Uint8Array => asBytes(value, SEED);
  return whole(parse(plain, VAULT_LIMIT), (fields) => {
    fields.is("v", 1);
    return {
      member: fields.id("member"),
      sign: fields.read("sign", seed),
      seal: fields.read("seal", seed),
      index: fields.read("index", seed),
      old: fields.list("old", seed),
      root: fields.optional("root", seed),
      pins: fields.read("pins", readPins),
    };
  });
}
