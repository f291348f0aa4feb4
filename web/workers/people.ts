/** Inviting people, and checking the keys that an invited browser sends back. */
import { fingerprint } from "../seal/words.js";
import { inviteId, joiningWords, proveJoining, readJoining, type Joining } from "../seal/invitation.js";
import { b64, H, join, kdf, random, same, unb64 } from "../seal/primitives.js";
import { RefusedError, SealError } from "../seal/errors.js";
import { keyring, type Keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { listOf } from "./wordlists.js";

const NONCE = 16;

/** A waiting joining as the server hands it over; base64url. */
export interface JoiningRow {
  readonly invitation: string;
  readonly inviter: string;
  readonly nonce: string;
  readonly doc: string;
  readonly sig: string;
  readonly mac: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Make an invitation. `fragment` belongs into a link that is handed over outside this server. */
    "invite": Act<
      { readonly member: string | null },
      { readonly id: Uint8Array; readonly nonce: Uint8Array; readonly member: Uint8Array; readonly fragment: string }
    >;
    /** The link of one's own open invitation once more. */
    "invite-again": Act<{ readonly nonce: string }, string>;
    /**
     * Whether an answer was made by who holds one's own invitation (null: somebody else's, so only the words
     * tell), and the eight words to compare with the person.
     */
    "check-joining": Act<
      { readonly row: JoiningRow; readonly language: string },
      {
        readonly genuine: boolean | null; readonly words: readonly string[];
        readonly member: string; readonly withRoot: boolean;
      }
    >;
    /** The eight words of one's own joining, once it is sure that it names one's own keys. Throws `joining-keys`. */
    "own-joining": Act<{ readonly doc: Uint8Array; readonly language: string }, readonly string[]>;
    /** F's eight words, for any fingerprint. */
    "fingerprint-words": Act<{ readonly fingerprint: Uint8Array; readonly language: string }, readonly string[]>;
  }
}

/** The secret of an invitation: only its inviter's browser can make it again, from the number that the server keeps. */
function secretOf(keys: Keyring, nonce: Uint8Array): Uint8Array {
  return kdf(keys.vault.index, "invite secret", nonce);
}

function fragmentOf(keys: Keyring, secret: Uint8Array): string {
  return b64(join(keys.vault.pins.F, secret));
}

/** Prove an answer to one's own invitation. Throws `RefusedError` `joining-mac`, `joining-signature`, `joining-office`. */
export function provenJoining(keys: Keyring, row: JoiningRow): Joining {
  const file = { doc: unb64(row.doc), signature: unb64(row.sig, 64), mac: unb64(row.mac, 32) };
  return proveJoining(file, keys.office, secretOf(keys, unb64(row.nonce, NONCE)), keys.vault.pins.F);
}

register("invite", ({ member }) => {
  const keys = keyring();
  const nonce = random(NONCE);
  const secret = secretOf(keys, nonce);
  return {
    id: inviteId(secret, keys.vault.pins.F), nonce,
    member: member === null ? random(16) : unb64(member, 16), fragment: fragmentOf(keys, secret),
  };
});

register("invite-again", ({ nonce }) => {
  const keys = keyring();
  return fragmentOf(keys, secretOf(keys, unb64(nonce, NONCE)));
});

register("check-joining", ({ row, language }) => {
  const keys = keyring();
  const doc = unb64(row.doc);
  const { id, root } = readJoining(doc);
  const shared = { words: joiningWords(doc, listOf(language)), member: b64(id), withRoot: root !== undefined };
  if (!same(unb64(row.inviter), keys.member)) return { genuine: null, ...shared };
  try {
    provenJoining(keys, row);
    return { genuine: true, ...shared };
  } catch (error) {
    if (error instanceof SealError) return { genuine: false, ...shared };
    throw error;
  }
});

register("own-joining", ({ doc, language }) => {
  const keys = keyring();
  const { sign, recipient } = readJoining(doc);
  if (!same(sign, keys.signPublic) || !keys.seals.some((seal) => seal.recipient === recipient)) {
    throw new RefusedError("joining-keys", "The server shows other keys in your name. Tell an administrator by telephone.");
  }
  return joiningWords(doc, listOf(language));
});

register("fingerprint-words", ({ fingerprint: hash, language }) => fingerprint(hash, listOf(language)));

/** H of what was joined with, for the act that records it. */
export function joiningHash(row: JoiningRow): Uint8Array {
  return H(unb64(row.doc));
}
