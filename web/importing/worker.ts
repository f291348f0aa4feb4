/** The worker that opens the seal of a case file: words take a quarter of a gigabyte for a second, which ends with it. */
import { SealError } from "../seal/errors.js";
import type { Ask, Reply } from "./protocol.js";
import { unsealed } from "./unsealing.js";

globalThis.addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  const send = (reply: Reply): void => { globalThis.postMessage(reply); };
  unsealed(data).then(
    (found) => { send({ unsealed: found }); },
    (error: unknown) => { send({ failed: error instanceof SealError ? error.code : "fault" }); },
  );
});
