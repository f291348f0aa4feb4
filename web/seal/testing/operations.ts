import { unseal } from "../age.js";
import { verifiesRaw } from "../ed25519.js";
import { parse, write, type Json } from "../jsontext.js";
import { H, hex, kdf, mac, publicKey, sign, unb64, verify, type Label } from "../primitives.js";
import { checkRecipient, identity, readIdentity, recipientHash } from "../recipients.js";
import * as stream from "../stream.js";

/** Inputs of one vector, read as `vectors/README.md` says. */
export class Input {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  has(name: string): boolean {
    return name in this.fields;
  }

  bytes(name: string): Uint8Array {
    return unb64(this.text(name));
  }

  text(name: string): string {
    const value = this.fields[name];
    if (typeof value !== "string") throw new TypeError(`vector input ${name} is no text`);
    return value;
  }

  number(name: string): number {
    const value = this.fields[name];
    if (typeof value !== "number") throw new TypeError(`vector input ${name} is no number`);
    return value;
  }

  json(name: string): Json {
    return this.fields[name] as Json;
  }

  texts(name: string): string[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) throw new TypeError(`vector input ${name} is no list`);
    return value.map(String);
  }

  all(name: string): Uint8Array[] {
    return this.texts(name).map((text) => unb64(text));
  }
}

/** What an operation gives: bytes are compared in base64url, everything else as JSON. */
export type Operation = (input: Input) => unknown;

const label = (input: Input): Label => input.text("label") as Label;

export const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  primitives: {
    "hash": (i) => H(i.bytes("message")),
    "kdf": (i) => kdf(i.bytes("ikm"), i.text("label"), i.has("salt") ? i.bytes("salt") : undefined, i.number("length")),
    "mac": (i) => mac(i.bytes("key"), i.bytes("message")),
    "public-key": (i) => publicKey(i.bytes("seed")),
    "sign": (i) => sign(i.bytes("seed"), label(i), i.bytes("message")),
    "verify": (i) => {
      verify(i.bytes("public"), label(i), i.bytes("message"), i.bytes("signature"));
      return true;
    },
    "unb64": (i) => hex(unb64(i.text("text"), i.has("size") ? i.number("size") : undefined)),
  },
  ed25519: {
    strict: (i) => verifiesRaw(i.bytes("public"), i.bytes("message"), i.bytes("signature")),
  },
  jsontext: {
    parse: (i) => parse(i.bytes("text"), i.has("limit") ? i.number("limit") : undefined),
    write: (i) => write(i.json("value")),
  },
  stream: {
    "payload-key": (i) => stream.payloadKey(i.bytes("file_key"), i.bytes("nonce")),
    "seal-chunk": (i) => stream.sealChunk(i.bytes("key"), i.number("index"), i.number("count"), i.bytes("plain")),
    "open-chunk": (i) => stream.openChunk(i.bytes("key"), i.number("index"), i.number("count"), i.bytes("sealed")),
    "plain-size": (i) => stream.plainSize(i.number("sealed")),
    "payload": (i) => {
      const sealed = stream.seal(i.bytes("key"), new Uint8Array(i.number("size")).fill(i.number("byte")));
      return { size: sealed.length, hash: H(sealed) };
    },
  },
  recipients: {
    "identity": (i) => {
      const { text, recipient } = identity(i.bytes("seed"));
      return { identity: text, recipient, hash: recipientHash(recipient) };
    },
    "read-identity": (i) => readIdentity(i.text("text")).seed,
    "check-recipient": (i) => checkRecipient(i.text("text")) !== "",
  },
  sealed: {
    open: (i) => unseal(i.bytes("file"), i.all("seeds").map(identity)),
  },
};
