/** Acts around a panel: asking, seating, answering, letting it go. */
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import type { PanelAnswer } from "../seal/panel.js";
import { composeAnswer, composeEnd, composeQuestion, composeSeats, type EndWish, type QuestionWish, type SeatsWish } from "./reports/panel.js";

declare module "./protocol.js" {
  interface Acts {
    /** The answers are the parcels to post. */
    "compose-question": Act<QuestionWish & { readonly thread: string }, Uint8Array>;
    "compose-seats": Act<SeatsWish & { readonly thread: string }, Uint8Array>;
    "compose-panel-end": Act<EndWish & { readonly thread: string }, Uint8Array>;
    "compose-panel-vote": Act<{ readonly copy: string; readonly file: Uint8Array; readonly says: PanelAnswer; readonly text: string; readonly language: string; readonly counter: number }, Uint8Array>;
  }
}

register("compose-question", ({ thread, ...wish }) => composeQuestion(openReport(thread), keyring(), wish));
register("compose-seats", ({ thread, ...wish }) => composeSeats(openReport(thread), keyring(), wish));
register("compose-panel-end", ({ thread, ...wish }) => composeEnd(openReport(thread), keyring(), wish));
register("compose-panel-vote", ({ copy, file, ...said }) => composeAnswer(copy, file, keyring(), said));
