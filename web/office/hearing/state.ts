/** How a case stands towards the person concerned, as the server counts it, in words. */
import { day, t } from "../../elements/words.js";
import type { StatementWay } from "../../seal/hearing.js";

export const DELAYS = ["evidence", "safety", "order", "unknown", "unreachable"] as const;
export type Delay = (typeof DELAYS)[number];

export interface HearingState {
  readonly state: "due" | "late" | "delayed" | "given" | "nobody";
  readonly due: string | null;
  readonly reason: "" | Delay;
  /** `c` of the draft that a second person has agreed to, base64url. */
  readonly agreed: string;
  readonly until: string | null;
  readonly heard: "" | StatementWay;
  readonly substantiable: boolean;
}

export function delayWord(reason: Delay): string {
  switch (reason) {
    case "evidence": return t("Evidence could vanish");
    case "safety": return t("Somebody would be in danger");
    case "order": return t("A court or an authority forbids it");
    case "unknown": return t("Who it is is not known yet");
    case "unreachable": return t("They cannot be reached");
  }
}

/** One sentence for where it stands. */
export function standingWord(found: HearingState): string {
  const at = found.due === null ? "" : day(found.due);
  switch (found.state) {
    case "due": return t("Inform them by {day}, or say why not yet.", { day: at });
    case "late": return t("Late since {day}: inform them, or say why not.", { day: at });
    case "delayed": return t("Not yet: {reason}. Looked at again by {day}.", { reason: found.reason === "" ? "" : delayWord(found.reason), day: at });
    case "given": return found.heard === "" ? t("Informed. They may answer until {day}.", { day: found.until === null ? "" : day(found.until) }) : t("Informed and heard.");
    case "nobody": return t("Nobody is concerned in this case.");
  }
}
