/** What a desk's profile offers to whoever answers. */
import { b64, H, unb64 } from "../../seal/primitives.js";
import type { Workbench } from "../views.js";

/** A text for an answer, with its language. */
export interface Picked {
  readonly text: string;
  readonly tag: string;
}

/** The document that the desk's proven sheet names; empty where the server gives another. */
export async function profileOf(bench: Workbench, desk: string): Promise<Uint8Array> {
  const named = bench.facts.desks.find(({ id }) => id === desk)?.profile;
  const answer = await bench.api.get<{ profile: string }>(`desks/${desk}/texts`);
  const profile = unb64(answer.profile);
  return b64(H(profile)) === named ? profile : new Uint8Array();
}
