/** A member files a report through the report page, to try the line: the statement is signed here, where the keys are. */
import { RefusedError } from "../seal/errors.js";
import { writeErrand } from "../seal/errand.js";
import { derive, newReceipt } from "../seal/receipt.js";
import { entitled, makeStatement } from "../seal/statement.js";
import { keyring } from "./keyring.js";
import { register } from "./registry.js";

declare module "./protocol.js" {
  interface Acts {
    /**
     * A receipt for one report and this member's statement that it is a test, for the report page's address. The
     * receipt opens that one report and nothing of this member's.
     */
    "test-errand": Act<null, string>;
  }
}

register("test-errand", () => {
  const keys = keyring();
  const { entry, proof } = keys.place;
  if (!entitled(entry, "test")) {
    throw new RefusedError("statement-role", "Tests are filed by auditors, oversight, administrators and leads.");
  }
  const receipt = newReceipt();
  const { id, signPublic } = derive(receipt, keys.office);
  return writeErrand({ receipt, statement: makeStatement(keys.vault.sign, "test", entry.bytes, proof, id, signPublic) });
});
