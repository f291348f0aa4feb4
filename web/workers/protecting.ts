/** One step of protecting somebody: a note sealed to the case, and the days that its author signs. */
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { composeProtection, type ProtectionWish } from "./reports/protecting.js";

declare module "./protocol.js" {
  interface Acts {
    /** The answer is the parcel to post. */
    "compose-protection": Act<ProtectionWish & { readonly thread: string }, Uint8Array>;
  }
}

register("compose-protection", ({ thread, ...wish }) => composeProtection(openReport(thread), keyring(), wish));
