/** Answering an invitation: this browser makes its own keys and hands in the public halves. */
import { RefusedError } from "../seal/errors.js";
import type { JsonObject } from "../seal/jsontext.js";
import { checkSecret, inviteId, joiningJson, joiningWords, makeJoining } from "../seal/invitation.js";
import { b64, H, publicKey, random, unb64 } from "../seal/primitives.js";
import { identity } from "../seal/recipients.js";
import { rootKey } from "../seal/rootkeys.js";
import { newVault } from "../seal/vault.js";
import { hold, Keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { makeWays, requireTypedBack, vaultIsStored, type MadeWays, type PrintedSheet, type StoredWays } from "./ways.js";
import { listOf } from "./wordlists.js";

const FRAGMENT_BYTES = 64;

export interface JoiningWire {
  readonly invitation: string;
  readonly joining: JsonObject;
  readonly recipient: string;
  readonly vault: string;
  readonly ways: StoredWays;
}

declare module "./protocol.js" {
  interface Acts {
    /** Under which id the server knows the link's invitation, and the office that it names. Throws for a broken link. */
    "read-invitation": Act<{ readonly fragment: string }, { readonly invitation: string; readonly fingerprint: string }>;
    "join": Act<
      {
        readonly fragment: string; readonly office: Uint8Array; readonly member: Uint8Array; readonly withRoot: boolean;
        readonly passphrase: string; readonly language: string;
        /** The id is of a member in the charter, whose present keys count until a charter names these. */
        readonly again: boolean;
      },
      /** What is printed, and the eight words that the administrators compare with this person by voice. */
      { readonly sheet: PrintedSheet; readonly words: readonly string[] }
    >;
    "join-typed": Act<{ readonly typed: readonly string[] }, JoiningWire>;
    "join-stored": Act<null, null>;
  }
}

interface Joined {
  readonly made: MadeWays;
  readonly wire: JoiningWire;
  readonly keys: Keyring;
}
let joined: Joined | undefined;

function readFragment(fragment: string): { F: Uint8Array; secret: Uint8Array } {
  const bytes = unb64(fragment, FRAGMENT_BYTES);
  return { F: bytes.slice(0, 32), secret: checkSecret(bytes.slice(32)) };
}

register("read-invitation", ({ fragment }) => {
  const { F, secret } = readFragment(fragment);
  return { invitation: b64(inviteId(secret, F)), fingerprint: b64(F) };
});

register("join", async ({ fragment, office, member, withRoot, passphrase, language, again }, { progress }) => {
  const { F, secret } = readFragment(fragment);
  const vault = newVault(member, F, withRoot ? random(32) : undefined);
  const seal = identity(vault.seal);
  const sign = publicKey(vault.sign);
  const file = makeJoining({
    office, id: member, sign, recipient: seal.recipient, root: vault.root === undefined ? undefined : rootKey(vault.root),
  }, vault.sign, secret, F);
  const made = await makeWays(vault, passphrase, language, progress);
  const keys = new Keyring(office, member, vault, [seal], sign);
  keys.waits = again;
  joined = {
    made, keys,
    wire: {
      invitation: b64(inviteId(secret, F)), joining: joiningJson(file), recipient: seal.recipient, vault: b64(made.file),
      ways: made.stored,
    },
  };
  return { sheet: made.sheet, words: joiningWords(file.doc, listOf(language)) };
});

register("join-typed", ({ typed }) => {
  const { made, wire } = begun();
  requireTypedBack(made.sheet, typed);
  return wire;
});

register("join-stored", () => {
  const { made, keys } = begun();
  vaultIsStored({ seed: made.seed, hash: H(made.file) });
  hold(keys);
  joined = undefined;
  return null;
});

function begun(): Joined {
  if (joined === undefined) throw new RefusedError("not-begun", "Please begin again: nothing was stored.");
  return joined;
}
