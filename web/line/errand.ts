/** A member tries the line through this page: the receipt and the statement came in the address, made by their worker. */
import { t } from "../elements/words";
import { readErrand } from "../seal/errand";
import { RefusedError, SealError } from "../seal/errors";
import { derive, newReceipt } from "../seal/receipt";
import { proveStatement, type Statement } from "../seal/statement";
import type { Draft } from "./draft";
import { notice } from "./frame";
import type { Office } from "./office";

/** The receipt of this report: fresh, or the one that the statement is bound to. */
export function receiptFor({ errand }: Draft): Uint8Array {
  if (errand === "") return newReceipt();
  try {
    return readErrand(errand).receipt;
  } catch (error) {
    if (error instanceof SealError) return newReceipt(); // Sending it refuses: a test must not arrive as a report.
    throw error;
  }
}

/**
 * The statement that goes into the report; none where no member files it.
 *
 * @throws RefusedError `errand` where it would not hold for whoever opens the report: nobody shall read a test as a report
 */
export function statementFor({ errand, receipt }: Draft, { manifest: { charter, office } }: Office): Statement | undefined {
  if (errand === "" || receipt === undefined) return undefined;
  try {
    const { statement } = readErrand(errand);
    const { id, signPublic } = derive(receipt, office);
    proveStatement(statement, charter, id, signPublic);
    return statement;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new RefusedError("errand", "The member's statement does not hold.");
  }
}

/** Says to the member what the desk will see, and when. */
export function errandNotice({ errand }: Draft): HTMLElement | null {
  return errand === "" ? null : notice("plain", t("This is a test"),
    t("It carries your signed statement under its seal. The people at the desk cannot tell it from a report before they open it; then it says that it was a test, and by whom."));
}
