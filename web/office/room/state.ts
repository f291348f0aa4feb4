/** How much room is left, as the server says: it alone sees its disk. */
import { t } from "../../elements/words.js";
import type { Api } from "../api.js";
import { has, type Facts } from "../facts.js";

export interface Heap {
  readonly files: number;
  readonly bytes: number;
}

export interface RoomState {
  readonly disk: { readonly used: number; readonly free: number; readonly state: "roomy" | "no-files" | "text" | "full" };
  /** By desk, base64url: those that this member answers for. */
  readonly desks: Readonly<Record<string, { readonly unfinished: Heap; readonly unread: Heap; readonly read: Heap }>>;
}

/** Administrators and leads: the server tells them, and lets them make room. */
export function keepsRoom(facts: Facts): boolean {
  return has(facts, "administrator") || has(facts, "lead");
}

export function roomState(api: Api): Promise<RoomState> {
  return api.get<RoomState>("room");
}

/** What a disk takes that is as full as this; the empty text where it takes everything. */
export function roomSentence({ disk: { state } }: RoomState): string {
  switch (state) {
    case "roomy": return "";
    case "no-files": return t("The server's disk fills up: files are not taken at present, texts are.");
    case "text": return t("The server's disk is nearly full: only the text of reports and messages is taken.");
    case "full": return t("The server's disk is full: reports are refused. What is left is kept for this office, so that you can make room.");
  }
}
