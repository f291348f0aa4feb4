/** Letters of clearance in the worker: sealed for their code, and opened by it. */
import { MalformedError } from "../seal/errors.js";
import { b64 } from "../seal/primitives.js";
import { derive, fromDigits, looksLikeDigits } from "../seal/receipt.js";
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { openClearance, sealClearance, type Cleared } from "./reports/clearance.js";
import { readWords } from "./wordlists.js";

declare module "./protocol.js" {
  interface Acts {
    /** The clearance of an open mailbox for its code alone; null where none was given. */
    "seal-clearance": Act<{ readonly thread: string }, { readonly id: string; readonly sealed: Uint8Array } | null>;
    /** Under which name the clearance of a typed code lies. */
    "name-clearance": Act<{ readonly code: string }, string>;
    "open-clearance": Act<{ readonly code: string; readonly sealed: Uint8Array }, Cleared>;
  }
}

register("seal-clearance", async ({ thread }) => {
  const made = await sealClearance(openReport(thread), keyring());
  return made === undefined ? null : { id: b64(made.id), sealed: made.sealed };
});

register("name-clearance", ({ code }) => b64(derive(read(code), keyring().office, "clearance").id));

register("open-clearance", ({ code, sealed }) => openClearance(read(code), sealed, keyring()));

function read(code: string): Uint8Array {
  const typed = code.trim();
  if (typed === "") throw new MalformedError("receipt-length", "Please type the code of the letter.");
  return looksLikeDigits(typed) ? fromDigits(typed) : readWords(typed);
}
