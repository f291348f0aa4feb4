/** Signing in and unlocking: what the passphrase or the printed words become, and what they open. */
import { CannotOpenError, RefusedError } from "../seal/errors.js";
import { H, publicKey } from "../seal/primitives.js";
import { identity, type Identity } from "../seal/recipients.js";
import { openVault, paperIdentity, passphraseKeys, sealVault, unwrapSeed } from "../seal/vault.js";
import { forget, hold, Keyring, keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { stretch } from "./stretching.js";
import { paperAuth, storedVault, vaultIsStored } from "./ways.js";
import { readWords } from "./wordlists.js";

declare module "./protocol.js" {
  interface Acts {
    /** What the server is shown at sign-in; what opens the wrap stays here until `unlock`. */
    "sign-in-values": Act<
      {
        readonly passphrase: string; readonly words: string;
        /** As the server gave them for this name. */
        readonly salt: Uint8Array; readonly member: Uint8Array;
      },
      { readonly auth?: Uint8Array; readonly paper?: Uint8Array }
    >;
    "unlock": Act<
      {
        readonly office: Uint8Array; readonly member: Uint8Array; readonly vault: Uint8Array;
        readonly wraps: { readonly passphrase: Uint8Array; readonly paper: Uint8Array };
        /** The keys lie aside until a charter names them in the place of the member's present ones. */
        readonly waits: boolean;
      },
      null
    >;
    /** The vault as it should be stored now; null if the server has it already. */
    "moved-pins": Act<null, { readonly before: Uint8Array; readonly file: Uint8Array } | null>;
    "lock": Act<null, null>;
  }
}

const ways: { passphrase?: Identity; paper?: Identity } = {};

register("sign-in-values", async ({ passphrase, words, salt, member }, { progress }) => {
  const values: { auth?: Uint8Array; paper?: Uint8Array } = {};
  if (passphrase !== "") {
    const keys = passphraseKeys(await stretch(passphrase, salt, progress), salt);
    ways.passphrase = keys.wrap;
    values.auth = keys.auth;
  }
  if (words.trim() !== "") {
    const entropy = readWords(words);
    ways.paper = paperIdentity(entropy, member);
    values.paper = paperAuth(entropy, member);
  }
  return values;
});

register("unlock", async ({ office, member, vault: file, wraps, waits }) => {
  const seed = await openAny(wraps);
  const vault = await openVault(file, seed, member);
  vaultIsStored({ seed, hash: H(file) });
  const seals = [vault.seal, ...vault.old].map((one) => identity(one));
  const keys = new Keyring(office, member, vault, seals, publicKey(vault.sign));
  keys.waits = waits;
  hold(keys);
  delete ways.passphrase;
  delete ways.paper;
  return null;
});

async function openAny(wraps: { passphrase: Uint8Array; paper: Uint8Array }): Promise<Uint8Array> {
  const tries = [[ways.passphrase, wraps.passphrase], [ways.paper, wraps.paper]] as const;
  for (const [way, wrap] of tries) {
    if (way === undefined) continue;
    try {
      return await unwrapSeed(wrap, way);
    } catch (error) {
      if (!(error instanceof CannotOpenError)) throw error;
    }
  }
  throw new RefusedError("vault-wrap", "You are signed in, but what you typed does not open your keys.");
}

register("moved-pins", async () => {
  const keys = keyring();
  if (!keys.moved) return null;
  const { seed, hash } = storedVault();
  const file = await sealVault(seed, keys.vault);
  vaultIsStored({ seed, hash: H(file) });
  keys.moved = false;
  return { before: hash, file };
});

register("lock", () => {
  forget();
  return null;
});
