import { MalformedError, RefusedError } from "./errors.js";
import { asText, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { b64, H, kdf, mac, same, sign, verifies } from "./primitives.js";
import { checkRecipient, type Recipient } from "./recipients.js";
import type { RootKey } from "./root.js";
import { fingerprint, type WordList } from "./words.js";

const SECRET_SIZE = 32;

/** What the invited browser answers with: the public halves of keys that it made itself. */
export interface Joining {
  readonly office: Uint8Array;
  readonly id: Uint8Array;
  readonly sign: Uint8Array;
  readonly recipient: Recipient;
  /** Of a future administrator. */
  readonly root: RootKey | undefined;
}

/** A joining as sent: signed by its own key, and by who holds the invitation's secret. */
export interface JoiningFile {
  readonly doc: Uint8Array;
  readonly signature: Uint8Array;
  readonly mac: Uint8Array;
}

/** Under this the server knows the invitation; it never learns the secret. 16 bytes. */
export function inviteId(secret: Uint8Array, F: Uint8Array): Uint8Array {
  return kdf(secret, "invite id", F).slice(0, 16);
}

export function makeJoining(joining: Joining, signSeed: Uint8Array, secret: Uint8Array, F: Uint8Array): JoiningFile {
  const doc = write({
    v: 1, kind: "joining", office: b64(joining.office), id: b64(joining.id), sign: b64(joining.sign),
    recipient: joining.recipient,
    ...(joining.root && { root: { ed25519: b64(joining.root.ed25519), mldsa44: b64(joining.root.mldsa44) } }),
  });
  return { doc, signature: sign(signSeed, "joining", doc), mac: mac(kdf(secret, "invite", F), doc) };
}

/**
 * Prove that the keys come from who was invited.
 *
 * @throws MalformedError `base64` for a secret of another length
 * @throws RefusedError `joining-mac`, `joining-signature`, `joining-office`
 */
export function proveJoining(
  file: JoiningFile, office: Uint8Array, secret: Uint8Array, F: Uint8Array,
): Joining {
  if (!same(mac(kdf(checkSecret(secret), "invite", F), file.doc), file.mac)) {
    throw new RefusedError("joining-mac", "These keys were not made by who holds the invitation.");
  }
  const joining = readJoining(file.doc);
  if (!verifies(joining.sign, "joining", file.doc, file.signature)) {
    throw new RefusedError("joining-signature", "Whoever sent these keys does not hold them.");
  }
  if (!same(joining.office, office)) throw new RefusedError("joining-office", "These keys are for another office.");
  return joining;
}

export function readJoining(doc: Uint8Array): Joining {
  return whole(parse(doc), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "joining");
    return {
      office: fields.id("office"),
      id: fields.id("id"),
      sign: fields.bytes("sign", 32),
      recipient: fields.read("recipient", (value) => checkRecipient(asText(value))),
      root: fields.optional("root", (value) => whole(value, (key) => ({
        ed25519: key.bytes("ed25519", 32), mldsa44: key.hash("mldsa44"),
      }))),
    };
  });
}

/** The eight words that the other administrators compare with the invited, by voice. */
export function joiningWords(doc: Uint8Array, list: WordList): string[] {
  return fingerprint(H(doc), list);
}

export function joiningJson(file: JoiningFile): JsonObject {
  return { doc: b64(file.doc), sig: b64(file.signature), mac: b64(file.mac) };
}

export function readJoiningFile(value: Json): JoiningFile {
  return whole(value, (fields) => ({
    doc: fields.bytes("doc"), signature: fields.bytes("sig", 64), mac: fields.bytes("mac", 32),
  }));
}

/** The secret of an invitation, as it stands in the link's fragment. @throws MalformedError `base64` */
export function checkSecret(secret: Uint8Array): Uint8Array {
  if (secret.length !== SECRET_SIZE) throw new MalformedError("base64", "An invitation's secret has 32 bytes.");
  return secret;
}
