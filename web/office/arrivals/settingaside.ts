/** Setting reports aside, as many as one signed act may name. */
import type { Aside } from "../cases/ending.js";
import { Refusal } from "../api.js";
import type { Session } from "../session.js";

/** One act for all of them; the server refuses all or none. `read` may name others, too. */
export async function setAsideAtOnce(session: Pick<Session, "worker" | "api" | "counter">, desk: string, { threads, read, reason }: Aside): Promise<void> {
  const some = new Set(threads), theirs = read.filter((thread) => some.has(thread));
  const act = await session.worker.ask("sign-aside", { desk, threads, read: theirs, reason, counter: await session.counter() });
  await session.api.post(`desks/${desk}/aside`, { threads, read: theirs, reason, act });
  await session.worker.ask("many-moved", { threads, to: "aside" });
}

/**
 * The same without those that came back for a second look and that this member decided the last time (decision 0128).
 *
 * @returns these
 */
export async function setAsideButBack(session: Pick<Session, "worker" | "api" | "counter">, desk: string, aside: Aside): Promise<readonly string[]> {
  try {
    await setAsideAtOnce(session, desk, aside);
    return [];
  } catch (error) {
    const back = cameBack(error);
    const threads = aside.threads.filter((thread) => !back.has(thread));
    if (threads.length === aside.threads.length) throw error;
    if (threads.length > 0) await setAsideAtOnce(session, desk, { ...aside, threads });
    return aside.threads.filter((thread) => back.has(thread));
  }
}

function cameBack(error: unknown): ReadonlySet<unknown> {
  const named = error instanceof Refusal && error.code === "review" ? error.more["threads"] : undefined;
  return new Set<unknown>(Array.isArray(named) ? named : []);
}
