/**
 * Ways of unlocking: a passphrase and twelve printed words. Both are made together, because a new vault seed
 * leaves no old wrap alive; what was printed is typed back before anything is stored.
 */
import { RefusedError } from "../seal/errors.js";
import { b64, H, kdf, random, same } from "../seal/primitives.js";
import type { Identity } from "../seal/recipients.js";
import { newVaultSeed, paperIdentity, passphraseKeys, sealVault, unwrapSeed, wrapSeed, type Vault } from "../seal/vault.js";
import { entropyToWords, fingerprint, pack } from "../seal/words.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { stretch } from "./stretching.js";
import { listOf, readWords, rootWords } from "./wordlists.js";

const SALT = 16;
const PAPER_BYTES = 16;
const SUGGESTED_WORDS = 6;
const SUGGESTED_BYTES = 9;

/** Words that a person prints once; nothing of them is stored anywhere in clear. */
export interface PrintedSheet {
  /** Twelve words: the printed way back. */
  readonly wayBack: readonly string[];
  /** Twenty-four words: the root key of an administrator. */
  readonly root?: readonly string[] | undefined;
  /** F's eight words. */
  readonly office: readonly string[];
  /** F, base64url. */
  readonly fingerprint: string;
  /** Places (from 0) of the words to be typed back. */
  readonly asked: readonly AskedWord[];
}
export interface AskedWord {
  readonly part: "wayBack" | "root";
  readonly place: number;
}

/** What the server stores of the ways of unlocking; base64url except for the wraps' names. */
export interface StoredWays {
  readonly auth_hash: string;
  readonly salt: string;
  readonly paper_hash: string;
  readonly wraps: { readonly passphrase: string; readonly paper: string };
}

interface Wraps {
  readonly passphrase: Uint8Array;
  readonly paper: Uint8Array;
}

export interface MadeWays {
  readonly seed: Uint8Array;
  /** The sealed vault. */
  readonly file: Uint8Array;
  readonly stored: StoredWays;
  readonly sheet: PrintedSheet;
}

/** What the server may know of the printed way back; formats.md §8. */
export function paperAuth(entropy: Uint8Array, member: Uint8Array): Uint8Array {
  return kdf(entropy, "paper auth", member);
}

/** Make both ways anew around `vault`. `entropy` keeps the printed words that the person has. */
export async function makeWays(
  vault: Vault, passphrase: string, language: string, progress: (part: number) => void, entropy = random(PAPER_BYTES),
): Promise<MadeWays> {
  const salt = random(SALT);
  const login = passphraseKeys(await stretch(passphrase, salt, progress), salt);
  const seed = newVaultSeed();
  const paper = paperIdentity(entropy, vault.member);
  const [file, byPassphrase, byPaper] = await Promise.all([
    sealVault(seed, vault), wrapSeed(seed, login.wrap.recipient), wrapSeed(seed, paper.recipient),
  ]);
  const list = listOf(language);
  return {
    seed, file,
    stored: {
      auth_hash: b64(H(login.auth)), salt: b64(salt), paper_hash: b64(H(paperAuth(entropy, vault.member))),
      wraps: { passphrase: b64(byPassphrase), paper: b64(byPaper) },
    },
    sheet: {
      wayBack: entropyToWords(entropy, list),
      root: vault.root === undefined ? undefined : rootWords(vault.root, list),
      office: fingerprint(vault.pins.F, list),
      fingerprint: b64(vault.pins.F),
      asked: askedWords(vault.root !== undefined),
    },
  };
}

/** Two words of the way back and, for an administrator, two of the root key. */
function askedWords(root: boolean): AskedWord[] {
  const two = (part: AskedWord["part"], words: number): AskedWord[] => {
    const first = (random(1)[0] ?? 0) % (words / 2);
    const second = words / 2 + (random(1)[0] ?? 0) % (words / 2);
    return [{ part, place: first }, { part, place: second }];
  };
  return [...two("wayBack", 12), ...(root ? two("root", 24) : [])];
}

/** Throws `RefusedError` `typed-back` unless every asked word is the one that was printed. */
export function requireTypedBack(sheet: PrintedSheet, typed: readonly string[]): void {
  const tidy = (word: string): string => word.normalize("NFKD").trim().toLowerCase();
  const right = sheet.asked.every(({ part, place }, at) => {
    const printed = sheet[part]?.[place];
    return printed !== undefined && tidy(printed) === tidy(typed[at] ?? "");
  });
  if (!right || typed.length !== sheet.asked.length) {
    throw new RefusedError("typed-back", "These are not the words that were printed. Please look at your sheet again.");
  }
}

interface Change {
  readonly made: MadeWays;
  readonly before: Uint8Array;
}
let change: Change | undefined;

/** H of the vault file as the server holds it, and the seed it is sealed with; set at unlocking. */
export interface StoredVault {
  readonly seed: Uint8Array;
  readonly hash: Uint8Array;
}
let stored: StoredVault | undefined;

/** The vault as it stands on the server. */
export function storedVault(): StoredVault {
  if (stored === undefined) throw new RefusedError("locked", "Your keys are locked. Please unlock them again; nothing was lost.");
  return stored;
}

/** Note what the server holds now. */
export function vaultIsStored(now: StoredVault): void {
  stored = now;
}

/** Whether a way opens the vault; nothing is changed. */
async function opens(wrap: Uint8Array, identity: Identity): Promise<boolean> {
  try {
    return same(await unwrapSeed(wrap, identity), storedVault().seed);
  } catch {
    return false;
  }
}

/** Try a way without changing anything. Throws `RefusedError` `way-back` if it does not open the vault. */
async function requireOpens(wrap: Uint8Array, identity: Identity): Promise<void> {
  if (!await opens(wrap, identity)) {
    throw new RefusedError("way-back", "These words do not open your keys. They may be of an older sheet.");
  }
}

declare module "./protocol.js" {
  interface Acts {
    /** Open the vault by the printed words, without changing anything. */
    "try-way-back": Act<{ readonly words: string; readonly wrap: Uint8Array }, null>;
    /**
     * What the server is shown before ways in change: that whoever sits here has the passphrase or the printed words,
     * and not only a page that was left open. Throws `RefusedError` `not-yours` where they do not open the vault.
     */
    "prove-person": Act<
      TypedProof,
      { readonly auth: Uint8Array } | { readonly paper: Uint8Array }
    >;
    /** Make a new passphrase and a new printed sheet; nothing is stored before the sheet was typed back. */
    "change-ways": Act<{ readonly passphrase: string; readonly language: string }, PrintedSheet>;
    "change-ways-typed": Act<
      { readonly typed: readonly string[] },
      { readonly before: Uint8Array; readonly file: Uint8Array; readonly ways: StoredWays }
    >;
    /** Six words drawn at random (66 bits) for who wishes not to make up a passphrase. */
    "suggest-passphrase": Act<null, readonly string[]>;
    /** The server has stored what `change-ways-typed` gave. */
    "change-ways-stored": Act<null, null>;
  }
}

register("suggest-passphrase", () => pack(random(SUGGESTED_BYTES), SUGGESTED_WORDS, listOf("en")));

register("try-way-back", async ({ words, wrap }) => {
  await requireOpens(wrap, paperIdentity(readWords(words), keyring().member));
  return null;
});

register("prove-person", (typed, { progress }) => provePerson(typed, progress));

/** What a person types to show that it is they who sit here, and what the server keeps to hold it against. */
export interface TypedProof {
  readonly passphrase: string;
  /** The twelve words of the printed sheet, in place of the passphrase; else empty. */
  readonly words: string;
  readonly salt: Uint8Array;
  readonly wraps: Wraps;
}

/** @throws RefusedError `not-yours`, `way-back` where it does not open the vault */
export async function provePerson(
  { passphrase, words, salt, wraps }: TypedProof, progress: (part: number) => void,
): Promise<{ readonly auth: Uint8Array } | { readonly paper: Uint8Array }> {
  const { member } = keyring();
  if (words.trim() !== "") {
    const entropy = readWords(words);
    await requireOpens(wraps.paper, paperIdentity(entropy, member));
    return { paper: paperAuth(entropy, member) };
  }
  const keys = passphraseKeys(await stretch(passphrase, salt, progress), salt);
  if (!await opens(wraps.passphrase, keys.wrap)) throw new RefusedError("not-yours", "This is not the passphrase that opens your keys. Nothing was changed.");
  return { auth: keys.auth };
}

register("change-ways", async ({ passphrase, language }, { progress }) => {
  const made = await makeWays(keyring().vault, passphrase, language, progress);
  change = { made, before: storedVault().hash };
  return made.sheet;
});

register("change-ways-typed", ({ typed }) => {
  const { made, before } = begun();
  requireTypedBack(made.sheet, typed);
  return { before, file: made.file, ways: made.stored };
});

register("change-ways-stored", () => {
  const { made } = begun();
  vaultIsStored({ seed: made.seed, hash: H(made.file) });
  change = undefined;
  return null;
});

function begun(): Change {
  if (change === undefined) throw new RefusedError("not-begun", "Please begin again: nothing was changed.");
  return change;
}
