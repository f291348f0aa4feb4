/** What a closing brings beside its outcome: a letter of clearance, or what a panel found. The finding is proven here first. */
import { make } from "../../elements/make";
import { t } from "../../elements/words";
import type { Message } from "../../seal/bodies";
import { undecided } from "../../seal/panel";
import { clearanceOf } from "./clearance";

export const ENDING = "ending";

/** A mailbox, as far as a decision is proven from it. */
export interface Closed {
  readonly id: Uint8Array;
  /** Number of the message that closes. */
  readonly n: number;
  readonly thread: Parameters<typeof undecided>[0];
  readonly chartersFrom: Parameters<typeof undecided>[2];
}

/** @param at - day of the message */
export async function ending(message: Message, at: string, { id, n, thread, chartersFrom }: Closed): Promise<(HTMLElement | null)[]> {
  return [clearanceOf(message, at), message.closing?.panel === undefined ? null : found((await undecided(thread, id, chartersFrom)).get(n), message.closing.panel.votes.length)];
}

function found(refused: string | undefined, people: number): HTMLElement {
  return refused === undefined
    ? make("p", {}, make("b", {}, t("Knowingly false, as all {n} members of a panel have signed.", { n: people })), " ", t("None of them had a part in the case; this page has checked their signatures."))
    : make("div", { class: "notice danger" }, make("p", {}, t("The office's page says that a panel decided against you. Not all of a panel have signed that ({code}), so it does not hold. Tell somebody outside this office.", { code: refused })));
}
