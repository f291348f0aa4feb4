import { SealError } from "../seal/errors.js";

/**
 * Anything about the record that does not hold: a proof, a signature, a form or an order.
 *
 * Codes are the same as in `fairline.ledger`, held together by `vectors/ledger.json`.
 */
export class LedgerError extends SealError {
  override readonly name = "LedgerError";
}
