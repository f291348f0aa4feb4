import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { bech32 } from "@scure/base";
import type { Identity as AgeIdentity } from "age-encryption";

import { MalformedError } from "./errors.js";
import { H, utf8 } from "./primitives.js";

/** A post-quantum hybrid recipient, `age1pq1…`, lower case, 1 959 characters. */
export type Recipient = string;

/** Whatever may find the file key in a header: an identity of ours, one as text, or a passkey of `age-encryption`. */
export type Opener = Identity | AgeIdentity | string;

const RECIPIENT_PREFIX = "age1pq";
const IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-";
const PUBLIC_SIZE = 1216;

/** `id(seed)`: the secret half of a recipient. Its 32 bytes are `seed`. */
export class Identity {
  private known: Recipient | undefined;

  constructor(readonly seed: Uint8Array) {
    if (seed.length !== 32) throw new MalformedError("age-identity", "A secret key has the wrong length.");
  }

  /** `AGE-SECRET-KEY-PQ-1…`, upper case, for other age tools. */
  get text(): string {
    return bech32.encodeFromBytes(IDENTITY_PREFIX, this.seed).toUpperCase();
  }

  /** `age1pq1…`, lower case. */
  get recipient(): Recipient {
    this.known ??= bech32.encode(RECIPIENT_PREFIX, bech32.toWords(MLKEM768X25519.getPublicKey(this.seed)), false);
    return this.known;
  }
}

/** `id(seed)` of the formats. */
export function identity(seed: Uint8Array): Identity {
  return new Identity(seed);
}

/** The identity that an age tool wrote as `AGE-SECRET-KEY-PQ-1…`. @throws MalformedError `age-identity` */
export function readIdentity(text: string): Identity {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text);
    if (text === text.toUpperCase() && prefix.toUpperCase() === IDENTITY_PREFIX) return new Identity(bytes);
  } catch {
    // Told below, without the library's quotation of a secret.
  }
  throw new MalformedError("age-identity", "This is not a secret key of the kind we use.");
}

/** @throws MalformedError `age-recipient` unless the text is a hybrid recipient in its one spelling */
export function checkRecipient(text: string): Recipient {
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false);
    const lower = text === text.toLowerCase();
    if (lower && prefix === RECIPIENT_PREFIX && bech32.fromWords(words).length === PUBLIC_SIZE) return text;
  } catch {
    // Told below, without the library's quotation of the text.
  }
  throw new MalformedError("age-recipient", "This is not a public key of the kind we use.");
}

/** H(recipient): over the lower-case text. */
export function recipientHash(text: Recipient): Uint8Array {
  return H(utf8(text));
}
