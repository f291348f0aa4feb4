import { unseal } from "../age.js";
import { unlockByPassphrase } from "../argon2.js";
import { verifiesRaw } from "../ed25519.js";
import { parse, write } from "../jsontext.js";
import { H, hex, kdf, mac, publicKey, sign, unb64, utf8, verify, type Label } from "../primitives.js";
import { padme, sizeClass } from "../padding.js";
import { derive, fromDigits, looksLikeDigits, toDigits, type ReceiptKind } from "../receipt.js";
import { checkRecipient, identity, readIdentity, recipientHash } from "../recipients.js";
import { combine } from "../shares.js";
import { paperIdentity, readVault, vaultIdentity, writeVault } from "../vault.js";
import { entropyToWords, fingerprint, strangeWords, wordsToEntropy } from "../words.js";
import * as stream from "../stream.js";

import { ATTACHMENTS } from "./attachments.js";
import { CASE_KEYS, ENVELOPES, FILINGS, KEYS, THREADS } from "./conversations.js";
import { DOCUMENTS } from "./documents.js";
import { EXPORTS } from "./exports.js";
import { FORMS } from "./forms.js";
import { INDEXES } from "./indexes.js";
import type { Input, Operation } from "./input.js";
import { NOTEBOOKS } from "./notebooks.js";
import { OPENINGS } from "./openings.js";
import { PANELS } from "./panels.js";
import { wordList } from "./wordlists.js";
import { REFERRALS } from "./referrals.js";
import { WORKS } from "./works.js";

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
  receipt: {
    "derive": (i) => {
      const { id, auth, box, sign: seed, signPublic, tag } = derive(i.bytes("receipt"), i.bytes("office"), i.text("kind") as ReceiptKind);
      return { id, auth, box: box.recipient, sign: seed, sign_public: signPublic, tag };
    },
    "to-words": (i) => entropyToWords(i.bytes("entropy"), wordList(i.text("list"))),
    "from-words": (i) => wordsToEntropy(i.text("text"), i.texts("lists").map(wordList)),
    "strange-words": (i) => strangeWords(i.text("text"), wordList(i.text("list"))),
    "fingerprint": (i) => fingerprint(i.bytes("hash"), wordList(i.text("list"))),
    "to-digits": (i) => toDigits(i.bytes("receipt")),
    "from-digits": (i) => fromDigits(i.text("text")),
    "looks-like-digits": (i) => looksLikeDigits(i.text("text")),
  },
  padding: {
    "padme": (i) => padme(i.number("size")),
    "size-class": (i) => sizeClass(i.number("size")),
  },
  shares: {
    combine: (i) => combine(
      new Map(i.objects("shares").map((share) => [share.number("index"), share.bytes("share")])), i.all("hashes"),
    ),
  },
  vault: {
    "login": async (i) => {
      const cost = { memory: i.number("memory"), passes: i.number("passes") };
      const { auth, wrap } = await unlockByPassphrase(i.text("passphrase"), i.bytes("salt"), undefined, cost);
      return { auth, wrap: wrap.recipient };
    },
    "paper": (i) => paperIdentity(i.bytes("entropy"), i.bytes("member")).recipient,
    "vault-identity": (i) => vaultIdentity(i.bytes("seed"), i.bytes("member")).recipient,
    "read-vault": (i) => writeVault(readVault(utf8(i.text("text")))),
  },
  sealed: {
    open: (i) => unseal(i.bytes("file"), i.all("seeds").map(identity)),
  },
  attachment: ATTACHMENTS,
  root: DOCUMENTS, charter: DOCUMENTS, roster: DOCUMENTS, sheet: DOCUMENTS, manifest: DOCUMENTS,
  envelope: ENVELOPES, bodies: ENVELOPES, thread: THREADS, keys: KEYS, casekeys: CASE_KEYS,
  form: FORMS,
  export: EXPORTS,
  referral: REFERRALS,
  index: INDEXES,
  notebook: NOTEBOOKS,
  work: WORKS,
  panel: PANELS,
  opening: OPENINGS,
  filing: FILINGS, statement: FILINGS, invitation: FILINGS,
};
