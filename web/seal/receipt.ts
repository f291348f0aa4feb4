import { MalformedError, RefusedError } from "./errors.js";
import { hex, kdf, publicKey, random } from "./primitives.js";
import { identity, type Identity } from "./recipients.js";
import { entropyToWords, type WordList } from "./words.js";

/** Bytes of a receipt: 128 random bits need no password hash. */
export const RECEIPT = 16;
const VALUE_DIGITS = 39;
const CHECK_DIGITS = 3;
const CHECK = 997n;
const GROUP = 6;
const LIMIT = 1n << 128n;

/** What a mailbox is made of, all from the receipt; the server has only `H(auth)`. */
export interface Mailbox {
  /** 16 bytes; the first one is also the thread's id. */
  readonly id: Uint8Array;
  /** 32 bytes, sent in the body of a request, never in an address. */
  readonly auth: Uint8Array;
  readonly box: Identity;
  /** Ed25519 seed. */
  readonly sign: Uint8Array;
  readonly signPublic: Uint8Array;
  /** Key of the record's tags `T(chain, n)`. */
  readonly tag: Uint8Array;
}

/** A receipt is of a report, a code that a member's browser made for someone else, or the code of a letter of clearance. */
export type ReceiptKind = "mailbox" | "code" | "clearance";

export function newReceipt(): Uint8Array {
  return random(RECEIPT);
}

/** The mailbox id alone, which is also the thread's; `office` is the office id. */
export function mailboxId(receipt: Uint8Array, office: Uint8Array, kind: ReceiptKind = "mailbox"): Uint8Array {
  return kdf(receipt, `${kind} id`, office).slice(0, 16);
}

/** Derive the mailbox (formats.md §5); `office` is the office id, 16 bytes. */
export function derive(receipt: Uint8Array, office: Uint8Array, kind: ReceiptKind = "mailbox"): Mailbox {
  if (receipt.length !== RECEIPT) throw new MalformedError("receipt-length", "A receipt has sixteen bytes.");
  const sign = kdf(receipt, `${kind} sign`, office);
  return {
    id: mailboxId(receipt, office, kind),
    auth: kdf(receipt, `${kind} auth`, office),
    box: identity(kdf(receipt, `${kind} seal`, office)),
    sign,
    signPublic: publicKey(sign),
    tag: kdf(receipt, "record tag", office),
  };
}

/** Seven groups of six digits: the value in 39, then value mod 997 in three. */
export function toDigits(receipt: Uint8Array): string[] {
  const value = BigInt("0x" + hex(receipt));
  const digits = value.toString().padStart(VALUE_DIGITS, "0")
    + (value % CHECK).toString().padStart(CHECK_DIGITS, "0");
  return Array.from({ length: digits.length / GROUP }, (_, i) => digits.slice(i * GROUP, (i + 1) * GROUP));
}

/**
 * Read digits of any script, with any space or dash between them.
 *
 * @throws MalformedError `receipt-word` (something that is no digit), `receipt-length` (not 42 digits),
 *   `receipt-check` (the check digits do not fit)
 */
export function fromDigits(text: string): Uint8Array {
  const digits = Array.from(text.normalize("NFKD").replace(/[\s\p{Pd}\p{Cf}]/gu, ""), digitValue).join("");
  if (digits.length !== VALUE_DIGITS + CHECK_DIGITS) {
    throw new MalformedError("receipt-length", "The receipt has forty-two digits.");
  }
  const value = BigInt(digits.slice(0, VALUE_DIGITS));
  if (value >= LIMIT || value % CHECK !== BigInt(digits.slice(VALUE_DIGITS))) {
    throw new MalformedError("receipt-check", "These digits do not belong together: one is mistyped.");
  }
  const out = new Uint8Array(RECEIPT);
  let rest = value;
  for (let i = RECEIPT - 1; i >= 0; i -= 1) {
    out[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return out;
}

/** True if what was typed begins like digits, in any script, and not like words. */
export function looksLikeDigits(text: string): boolean {
  return /^[\s\p{Pd}\p{Cf}]*\p{Nd}/u.test(text);
}

/**
 * Whoever reads a text that holds the receipt could go on as the reporting person.
 *
 * @param lists - the lists that the receipt may have been written in
 * @throws RefusedError `receipt-inside`
 */
export function checkReceiptInside(
  receipt: Uint8Array, texts: readonly string[], lists: readonly WordList[],
): void {
  const written = [toDigits(receipt).join(""), ...lists.map((list) => entropyToWords(receipt, list).join(""))];
  for (const text of texts) {
    const bare = text.normalize("NFKD").toLowerCase().replace(/[\s\p{P}\p{Cf}]/gu, "");
    if (written.some((one) => bare.includes(one))) {
      throw new RefusedError("receipt-inside", "The text holds the receipt itself. Take it out before sending.");
    }
  }
}

/** Unicode keeps the ten digits of every script together, zero first. */
function digitValue(letter: string): string {
  if (!/^\p{Nd}$/u.test(letter)) {
    throw new MalformedError("receipt-word", "There is something among the digits that is no digit.");
  }
  const code = letter.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
