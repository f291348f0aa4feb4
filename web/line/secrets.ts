/** A receipt inside a text would hand the mailbox to whoever reads the text: it is found before anything is sealed. */
import { toDigits } from "../seal/receipt";
import { entropyToWords, type WordList } from "../seal/words";
import { digitOf } from "./receipt-sheet";

/** Whether `text` holds the receipt, as words of one of `lists` or as digits, however they are written. */
export function holdsReceipt(text: string, receipt: Uint8Array, lists: readonly WordList[]): boolean {
  const typed = squeezed(text);
  if (typed.includes(toDigits(receipt).join(""))) return true;
  // Four words in a row by chance: once in 10^13. Whoever quotes that much has copied their receipt.
  return lists.some((list) => {
    const words = entropyToWords(receipt, list).map(squeezed);
    return words.some((_, at) => at + 4 <= words.length && typed.includes(words.slice(at, at + 4).join("")));
  });
}

/** Letters and digits only, digits of any script as 0 to 9. */
function squeezed(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, "")
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
}
