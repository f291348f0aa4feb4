import { MalformedError } from "./errors.js";
import { H } from "./primitives.js";

/** A BIP-39 list: 2 048 words in NFKD. Its caller loads it, so that a page carries only its own language's. */
export type WordList = readonly string[];

/** Names of the lists as formats.md §5 has them, with the module of `@scure/bip39/wordlists/` that holds each. */
export const LISTS = {
  "english": "english", "chinese simplified": "simplified-chinese", "chinese traditional": "traditional-chinese",
  "czech": "czech", "french": "french", "italian": "italian", "japanese": "japanese", "korean": "korean",
  "portuguese": "portuguese", "spanish": "spanish",
} as const;

const WORD_BITS = 11;
const ENTROPY = 16;
const RECEIPT_WORDS = 12;
const SEED = 32;
const SEED_WORDS = 24;
/** Accents of Latin letters only: in Japanese a mark makes another word. */
const ACCENTS = /[\u0300-\u036f]/g;
const HAN = /^\p{Script=Han}+$/u;

/** The bytes as words of eleven bits each; spare bits at the end are zero. */
export function pack(bytes: Uint8Array, count: number, list: WordList): string[] {
  const words: string[] = [];
  let held = 0, bits = 0, at = 0;
  while (words.length < count) {
    while (bits < WORD_BITS) {
      held = ((held << 8) | (bytes[at] ?? 0)) & 0xfffff;
      at += 1;
      bits += 8;
    }
    bits -= WORD_BITS;
    words.push(list[(held >> bits) & 0x7ff] ?? "");
  }
  return words;
}

/** The first 88 bits of a hash as eight words, to be compared by people. */
export function fingerprint(hash: Uint8Array, list: WordList): string[] {
  return pack(hash.subarray(0, 11), 8, list);
}

/** Sixteen bytes as twelve BIP-39 words (entropy and four check bits). */
export function entropyToWords(entropy: Uint8Array, list: WordList): string[] {
  if (entropy.length !== ENTROPY) throw new RangeError("sixteen bytes");
  const whole = new Uint8Array(ENTROPY + 1);
  whole.set(entropy);
  whole[ENTROPY] = (H(entropy)[0] ?? 0) & 0xf0;
  return pack(whole, RECEIPT_WORDS, list);
}

/**
 * Sixteen bytes from twelve words as people write them: any case, any white space, accents or none, Chinese
 * with or without spaces.
 *
 * @param lists - the lists to try, the page's own language first
 * @throws MalformedError `receipt-length` (not twelve words), `receipt-word` (a word is in no list),
 *   `receipt-check` (the check bits do not fit: a typing error)
 */
export function wordsToEntropy(text: string, lists: readonly WordList[]): Uint8Array {
  const words = split(text);
  if (words.length !== RECEIPT_WORDS) {
    throw new MalformedError("receipt-length", "The receipt has twelve words.");
  }
  return fromWords(words, lists, ENTROPY);
}

/**
 * Thirty-two bytes from the twenty-four words of a printed root key, read as a receipt's are.
 *
 * @throws MalformedError `root-length` (not twenty-four words), `receipt-word`, `receipt-check`
 */
export function wordsToSeed(text: string, lists: readonly WordList[]): Uint8Array {
  const words = split(text);
  if (words.length !== SEED_WORDS) throw new MalformedError("root-length", "A printed root key has twenty-four words.");
  return fromWords(words, lists, SEED);
}

function fromWords(words: readonly string[], lists: readonly WordList[], size: number): Uint8Array {
  let known = false;
  for (const list of lists) {
    const indexes = lookUp(words, list);
    if (indexes === null) continue;
    known = true;
    const entropy = unpack(indexes, size);
    if (entropy !== null) return entropy;
  }
  if (!known) throw new MalformedError("receipt-word", "One of these words is in no list of receipt words.");
  throw new MalformedError("receipt-check", "These words do not belong together: one is mistyped or misplaced.");
}

/** The places (from 0) of words that the list does not hold, so that a page can mark them. */
export function strangeWords(text: string, list: WordList): number[] {
  const find = finder(list);
  return split(text).flatMap((word, place) => (find(word) === -1 ? [place] : []));
}

function split(text: string): string[] {
  const tidy = text.normalize("NFKD").toLowerCase().trim();
  const words = tidy.split(/\s+/u).filter((word) => word !== "");
  return words.length === 1 && HAN.test(tidy) ? Array.from(tidy) : words;
}

function lookUp(words: readonly string[], list: WordList): number[] | null {
  const find = finder(list);
  const indexes = words.map(find);
  return indexes.includes(-1) ? null : indexes;
}

function finder(list: WordList): (word: string) => number {
  const exact = new Map(list.map((word, index) => [word, index]));
  const bare = new Map(list.map((word, index) => [word.replace(ACCENTS, ""), index]));
  return (word) => exact.get(word) ?? bare.get(word.replace(ACCENTS, "")) ?? -1;
}

/** The bytes, if the check bits behind them fit: one for each four bytes. */
function unpack(indexes: readonly number[], size: number): Uint8Array | null {
  const whole = new Uint8Array(size + 1);
  let held = 0, bits = 0, at = 0;
  for (const index of indexes) {
    held = ((held << WORD_BITS) | index) & 0x7ffff;
    bits += WORD_BITS;
    while (bits >= 8) {
      bits -= 8;
      whole[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  if (bits > 0) whole[at] = (held << (8 - bits)) & 0xff;
  const entropy = whole.slice(0, size);
  return whole[size] === ((H(entropy)[0] ?? 0) & (0xff << (8 - size / 4)) & 0xff) ? entropy : null;
}
