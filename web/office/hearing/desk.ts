/** Between the server and the worker, towards the person concerned: what passes here is sealed or signed on one side, and words on the other. */
import { language } from "../../elements/words.js";
import type { HearingWish } from "../../workers/hearing.js";
import type { StoodStep } from "../../seal/stood.js";
import type { Cleared } from "../../workers/reports/clearance.js";
import { Refusal } from "../api.js";
import type { Story } from "../arrivals/types.js";
import type { Session } from "../session.js";
import type { Drafted, Stated } from "./asking.js";
import type { Asked, HearingState } from "./state.js";

export class HearingDesk {
  /** Mailboxes of which it is kept what their clearance opens: asked once while the keys are open. */
  private readonly cleared = new Set<string>();

  /** @param post - posts what a member seals for a thread; upon what came meanwhile it is sealed once more */
  constructor(private readonly session: Session, private readonly post: (thread: string, seal: () => Promise<Uint8Array>) => Promise<void>) {}

  /** How a case stands towards the person concerned; null for what is no case. */
  async of(thread: string): Promise<HearingState | null> {
    return (await this.session.api.get<{ hearing: HearingState | null }>(`threads/${thread}/hearing`)).hearing;
  }

  /**
   * Whether this may end with something found against somebody. Of their own mailbox the case that it belongs to decides,
   * and who may not read that case does not say it: nobody hears "substantiated" by letter before they were heard. The
   * server cannot hold to this, to which the tie is sealed; of the case itself it does.
   */
  async mayFind({ opened, entries }: Story): Promise<boolean> {
    if (opened?.purpose !== "hearing") return true;
    for (const one of entries) {
      if (one.kind !== "tied" || one.side !== "case") continue;
      const found = await this.of(one.thread).catch((error: unknown) => {
        if (error instanceof Refusal && error.status === 404) return null;
        throw error;
      });
      if (found?.substantiable === true) return true;
    }
    return false;
  }

  /** Every step that was done in a case or a mailbox, oldest first. */
  async steps(thread: string): Promise<StoodStep[]> {
    const { steps } = await this.session.api.get<{ steps: readonly (Omit<StoodStep, "until"> & { readonly until: string | null })[] }>(`threads/${thread}/hearing`);
    return steps.map(({ until, ...step }) => ({ ...step, until: until ?? undefined }));
  }

  /** What the holder of a mailbox asks for. */
  async requests(thread: string): Promise<readonly Asked[]> {
    return (await this.session.api.get<{ requests: readonly Asked[] }>(`threads/${thread}/hearing`)).requests;
  }

  /** What the persons concerned in a case ask for, each in a mailbox of their own that this member may read. */
  async requestsAbout({ entries }: Story): Promise<Asked[]> {
    const mailboxes = entries.flatMap((one) => (one.kind === "tied" && one.side === "mailbox" && one.purpose === "hearing" ? [one.thread] : []));
    const asked = mailboxes.map((thread) => this.requests(thread).catch((error: unknown) => {
      // Tied, and never opened; or colleagues' alone by now.
      if (error instanceof Refusal && error.status === 404) return [];
      throw error;
    }));
    return (await Promise.all(asked)).flat();
  }

  async draftNotice(thread: string, { text, language: tag, days }: Drafted): Promise<void> {
    await this.note({ thread, text, language: tag, hearing: { step: "draft", days } });
  }

  /** The second reader's signature first: a note that says so without it would be no agreement. */
  async agreeToNotice(thread: string, draft: string): Promise<void> {
    // Signed already, and the note failed: signed once more by who reads it now, it says the same.
    await this.step(thread, { step: "agreed", reason: "", about: draft, days: 0 });
    await this.note({ thread, text: "", language: language(), hearing: { step: "agreed", draft } });
  }

  async recordStatement(thread: string, { about, how, text }: Stated): Promise<void> {
    await this.step(thread, { step: "heard", reason: how, about, days: 0 });
    await this.note({ thread, text, language: language(), hearing: { step: "heard", how } });
  }

  /** Says the same whatever came meanwhile. Before two of these a step is signed: without its note it would say nothing. */
  private note(noted: Parameters<typeof this.session.worker.ask<"write-hearing">>[1]): Promise<void> {
    return this.post(noted.thread, () => this.session.worker.ask("write-hearing", noted));
  }

  /** Signs one step towards the person concerned. */
  async step(thread: string, wish: HearingWish): Promise<void> {
    const act = await this.session.worker.ask("sign-hearing", { thread, ...wish, counter: await this.session.counter() });
    await this.session.api.post(`threads/${thread}/hearing`, { ...wish, act });
  }

  /**
   * Keeps the clearance that the closing of a mailbox gave, sealed for its code. Done also when who closed it opens it:
   * where it was cut off after the closing, the letter that the person holds would open nothing for ever. By nobody
   * else, and once: at each opening it would show whoever watches the server which mailbox a clearance belongs to.
   */
  async keepClearance({ thread, status, opened, closings }: Story): Promise<void> {
    if (status !== "closed" || opened?.purpose !== "hearing" || closings.last !== this.session.facts.me.id || this.cleared.has(thread)) return;
    const { worker, api } = this.session;
    const made = await worker.ask("seal-clearance", { thread });
    if (made === null) return;
    await api.putBytes(`clearances/${made.id}`, made.sealed).catch((error: unknown) => {
      // Kept before: each sealing of the same is another file, and the first one stays.
      if (!(error instanceof Refusal && error.code === "taken")) throw error;
    });
    this.cleared.add(thread);
  }

  /** Opens the clearance of a code that somebody shows. */
  async clearance(code: string): Promise<Cleared> {
    const { worker, api } = this.session;
    const sealed = await api.bytes(`clearances/${await worker.ask("name-clearance", { code })}`);
    return worker.ask("open-clearance", { code, sealed });
  }
}
