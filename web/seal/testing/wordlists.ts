import { wordlist as czech } from "@scure/bip39/wordlists/czech.js";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as french } from "@scure/bip39/wordlists/french.js";
import { wordlist as italian } from "@scure/bip39/wordlists/italian.js";
import { wordlist as japanese } from "@scure/bip39/wordlists/japanese.js";
import { wordlist as korean } from "@scure/bip39/wordlists/korean.js";
import { wordlist as portuguese } from "@scure/bip39/wordlists/portuguese.js";
import { wordlist as simplified } from "@scure/bip39/wordlists/simplified-chinese.js";
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js";
import { wordlist as traditional } from "@scure/bip39/wordlists/traditional-chinese.js";

import type { WordList } from "../words.js";

const LISTS: Readonly<Record<string, WordList>> = {
  "english": english, "chinese simplified": simplified, "chinese traditional": traditional, "czech": czech,
  "french": french, "italian": italian, "japanese": japanese, "korean": korean, "portuguese": portuguese,
  "spanish": spanish,
};

/** All ten lists at once: for tests only, a page loads one. */
export function wordList(name: string): WordList {
  const list = LISTS[name];
  if (list === undefined) throw new RangeError(`no list of words ${name}`);
  return list;
}

export const ALL_LISTS: readonly WordList[] = Object.values(LISTS);
