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
  /** `c` of every notice that went. */
  readonly given: readonly string[];
  /** `c` of the notices that went and have no statement yet, the oldest first. */
  readonly waits: readonly string[];
  readonly substantiable: boolean;
}

export const REQUESTS = ["objection", "correction", "deletion"] as const;
export type RequestKind = (typeof REQUESTS)[number];
export const DECISIONS = ["granted", "partly", "refused"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Something that the holder of a mailbox asks for. */
export interface Asked {
  readonly kind: RequestKind;
  readonly asked: string;
  readonly due: string;
  readonly answered: string | null;
  readonly decision: "" | Decision;
}

export function requestWord(kind: RequestKind): string {
  switch (kind) {
    case "objection": return t("They object");
    case "correction": return t("Something is to be corrected");
    case "deletion": return t("Something is to be deleted");
  }
}

export function decisionWord(decision: Decision): string {
  switch (decision) {
    case "granted": return t("granted");
    case "partly": return t("granted in part");
    case "refused": return t("refused");
  }
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

/** A notice that has not gone yet: the newest draft, and the one that a second person agreed to last. */
export interface Pending<Draft> {
  readonly draft: Draft | undefined;
  readonly agreed: Draft | undefined;
}

/** What is on its way to somebody. Each notice is to one person, so a case may have several, one after another. */
export function pendingOf<Draft extends { readonly c: string }>(drafts: readonly Draft[], found: Pick<HearingState, "agreed" | "given">): Pending<Draft> {
  const open = (one: Draft | undefined): Draft | undefined => (one === undefined || found.given.includes(one.c) ? undefined : one);
  return { draft: open(drafts.at(-1)), agreed: open(drafts.find(({ c }) => c === found.agreed)) };
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
