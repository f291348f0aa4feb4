/** That two reports tell of the same event: a sealed note in each of them, written where the keys are. */
import type { PartedWhy, Related } from "../seal/related.js";
import { unb64 } from "../seal/primitives.js";
import { RefusedError } from "../seal/errors.js";
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { writePost } from "./reports/writing.js";

declare module "./protocol.js" {
  interface Acts {
    /** Says in a sealed note of an open thread that another tells of the same event, or, with `why`, that it does not any more. Throws `RefusedError` `related-self`. */
    "write-related": Act<{ readonly thread: string; readonly other: string; readonly why: PartedWhy | ""; readonly language: string }, Uint8Array>;
  }
}

register("write-related", ({ thread, other, why, language }) => {
  if (thread === other) throw new RefusedError("related-self", "A report is not another report of its own event.");
  const to = unb64(other, 16);
  const related: Related = why === "" ? { step: "linked", thread: to } : { step: "parted", thread: to, why };
  return writePost(openReport(thread), keyring(), { chain: "i", text: "", language, related });
});
