/** What a member's browser looks at when it unlocks, besides what reporting persons are shown. */
import type { LogName } from "../ledger/checkpoints.js";
import { writeNote } from "../ledger/notes.js";
import { SealError } from "../seal/errors.js";
import { same } from "../seal/primitives.js";
import { recipientHash } from "../seal/recipients.js";
import { hasRole } from "../seal/roster.js";
import { keyring, type Keyring } from "./keyring.js";
import "./protocol.js";
import { recordOf, remembered } from "./record.js";
import { register } from "./registry.js";

const LOGS = ["arrivals", "acts"] as const satisfies readonly LogName[];

declare module "./protocol.js" {
  interface Acts {
    /**
     * Whether the record continues what this member saw before, and a custodian still finds their own key: codes of
     * what does not hold, empty if all does. The newest checkpoints move into the vault.
     */
    "watch": Act<null, readonly string[]>;
  }
}

register("watch", async () => {
  const keys = keyring();
  const codes = new Set(await recordCodes(keys));
  if (!isFoundAsCustodian(keys)) codes.add("custody");
  return [...codes];
});

async function recordCodes(keys: Keyring): Promise<string[]> {
  const record = recordOf(keys);
  const codes: string[] = [];
  for (const log of LOGS) {
    try {
      const seen = remembered(keys.vault.pins.checkpoints[log]);
      const newest = await record.newest(log);
      if (newest === undefined) {
        if (seen !== undefined) codes.push("record-rollback");
        continue;
      }
      if (seen !== undefined) await record.grown(log, seen, newest.checkpoint);
      keys.saw(log, writeNote(newest.note, (line) => line.name === newest.checkpoint.origin));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      codes.push(error.code);
    }
  }
  return codes;
}

/** Names that are given under seal must reach exactly the custodians whom the roots have signed, oneself among them. */
function isFoundAsCustodian(keys: Keyring): boolean {
  const { custody } = keys.manifest.charter;
  if (!keys.placed || custody === undefined) return true;
  const { entry } = keys.place;
  const named = custody.custodians.some((one) => same(recipientHash(one), entry.recipient));
  return named === hasRole(entry, "custodian");
}
