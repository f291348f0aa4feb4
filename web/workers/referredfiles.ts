/**
 * Files that go along with a referral: opened here and sealed anew under keys of their own for the other office's desk. Parts
 * go to our own server, which keeps them until that office has promised the report. No key of a file leaves this worker.
 */
import type { FileName } from "../seal/envelope.js";
import { RefusedError } from "../seal/errors.js";
import { attachmentOf } from "./arrivals.js";
import { sealAnew } from "./files/anew.js";
import { told } from "./peers.js";
import "./protocol.js";
import { register } from "./registry.js";

interface Passing {
  readonly thread: string;
  /** The file as the open report names it, base64url. */
  readonly blob: string;
  /** The other office's desk. */
  readonly desk: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Seal a file of the open report anew for another office's desk; our server holds it whole when this answers. */
    "pass-file": Act<Passing, null>;
    /** They are on their way: another referral gets files of its own. */
    "files-passed": Act<{ readonly thread: string; readonly desk: string }, null>;
  }
}

/** What was sealed since the keys were unlocked: asked again for the same, it is the same file. */
const passed = new Map<string, FileName>();

register("pass-file", ({ thread, blob, desk }, { progress }) => told(async () => {
  const key = [thread, blob, desk].join(" ");
  if (passed.has(key)) return null;
  const named = attachmentOf(thread, blob);
  passed.set(key, await sealAnew(named, thread, { desk, path: `threads/${thread}/referrals/parts` }, progress));
  return null;
}));

register("files-passed", ({ thread, desk }) => {
  for (const key of [...passed.keys()]) if (key.startsWith(`${thread} `) && key.endsWith(` ${desk}`)) passed.delete(key);
  return null;
});

/** As it was sealed for that desk. Throws `RefusedError` `file-unsealed`. */
export function sealedFor(thread: string, blob: string, desk: string): FileName {
  const found = passed.get([thread, blob, desk].join(" "));
  if (found === undefined) throw new RefusedError("file-unsealed", "A file was not sealed for that office. Please choose it again.");
  return found;
}
