import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as chinese } from "@scure/bip39/wordlists/simplified-chinese.js";

import { H, join } from "../seal/primitives.js";
import { pack, wordsToEntropy, wordsToSeed, type WordList } from "../seal/words.js";

const ROOT_WORDS = 24;

/** The list in which a page of this language (BCP 47) prints words; English where the language has none. */
export function listOf(language: string): WordList {
  return language.toLowerCase().startsWith("zh") ? chinese : english;
}

/** Twelve words, in any of the office's lists, as sixteen bytes. Throws as `wordsToEntropy`. */
export function readWords(text: string): Uint8Array {
  return wordsToEntropy(text, [english, chinese]);
}

/** A root seed (32 bytes) as twenty-four BIP-39 words: 256 bits and eight check bits. */
export function rootWords(seed: Uint8Array, list: WordList): string[] {
  return pack(join(seed, H(seed).subarray(0, 1)), ROOT_WORDS, list);
}

/** The root seed of twenty-four printed words, in any of the office's lists. Throws as `wordsToSeed`. */
export function readRootWords(text: string): Uint8Array {
  return wordsToSeed(text, [english, chinese]);
}
