/** Informing and hearing a person concerned: notes sealed to the case, and acts signed by the member who does them. */
import { RefusedError } from "../seal/errors.js";
import type { Hearing } from "../seal/hearing.js";
import { H, same, unb64, utf8 } from "../seal/primitives.js";
import type { StatementWay } from "../seal/hearing.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import type { OpenThread } from "./reports/opening.js";
import { writePost } from "./reports/writing.js";

/** A step as the server knows it: words of closed lists, and `c` of a draft in base64url, or empty. */
export interface HearingWish {
  readonly step: "nobody" | "agreed" | "given" | "delayed" | "heard" | "asked" | "answered";
  readonly reason: string;
  readonly about: string;
  readonly days: number;
}

/** A step as a note has it; a draft is named by `c` in base64url. */
export type HearingNote =
  | { readonly step: "draft"; readonly days: number }
  | { readonly step: "agreed"; readonly draft: string }
  | { readonly step: "heard"; readonly how: StatementWay };

declare module "./protocol.js" {
  interface Acts {
    /** Seals a step's note; the answer is the parcel to post. */
    "write-hearing": Act<{ readonly thread: string; readonly text: string; readonly language: string; readonly hearing: HearingNote }, Uint8Array>;
    "sign-hearing": Act<HearingWish & { readonly thread: string; readonly counter: number }, SignedAct>;
  }
}

register("write-hearing", ({ thread, text, language, hearing }) => writePost(openReport(thread), keyring(), {
  chain: "i", text, language, hearing: plain(hearing),
}));

register("sign-hearing", ({ thread, step, reason, about, days, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, {
    act: `hearing ${step}`, subject: unb64(thread, 16), after: H(utf8(`${step} ${reason} ${days} ${about}`)),
  });
});

/**
 * Refuses a notice that no second person has agreed to: the server has their signature over the draft's `c`, and only here
 * it is known that what goes is what they read.
 *
 * @throws RefusedError `notice-alone`
 */
export function requireAgreed({ posts }: OpenThread, text: string): void {
  const notes = posts.flatMap(({ kind, body, c, member }) => (kind === "note" && body.hearing !== undefined && member !== undefined
    ? [{ step: body.hearing, words: body.text, c, by: member.id }] : []));
  const drafts = notes.filter(({ step, words }) => step.step === "draft" && words === text);
  const agreed = drafts.some((draft) => notes.some(({ step, by }) => step.step === "agreed" && same(step.draft, draft.c) && !same(by, draft.by)));
  if (!agreed) throw new RefusedError("notice-alone", "No second person has agreed to this notice. Nothing was sent.");
}

function plain(hearing: HearingNote): Hearing {
  return hearing.step === "agreed" ? { step: "agreed", draft: unb64(hearing.draft, 32) } : hearing;
}
