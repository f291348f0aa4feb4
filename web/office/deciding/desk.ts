/** Between the server and the worker, for a panel: what passes here is sealed or signed on one side, and words on the other. */
import type { Slip } from "../../seal/closing.js";
import type { CopyShown } from "../../workers/reports/copies.js";
import type { EndWish, QuestionWish, SeatsWish } from "../../workers/reports/panel.js";
import type { Session } from "../session.js";
import type { PanelState } from "./types.js";

export class DecidingDesk {
  /** @param upon - sends what says the same whatever came meanwhile */
  constructor(private readonly session: Session, private readonly upon: (thread: string, sending: () => Promise<void>) => Promise<void>) {}

  /** How a case stands towards a panel; null while none is asked. */
  async panel(thread: string): Promise<PanelState | null> {
    return (await this.session.api.get<{ panel: PanelState | null }>(`threads/${thread}/panel`)).panel;
  }

  /** What was given away of a case, and what came back. */
  async givenAway(thread: string): Promise<readonly CopyShown[]> {
    return this.session.worker.ask("open-copies", { thread, parcel: await this.session.api.bytes(`threads/${thread}/copies`) });
  }

  async ask(thread: string, wish: Omit<QuestionWish, "counter">): Promise<void> {
    const { worker, api } = this.session;
    await this.upon(thread, async () => {
      await api.postBytes(`threads/${thread}/panel`, await worker.ask("compose-question", { thread, ...wish, counter: await this.session.counter() }));
    });
  }

  async seat(thread: string, wish: Omit<SeatsWish, "counter">): Promise<void> {
    const { worker, api } = this.session;
    await api.postBytes(`threads/${thread}/panel/seats`, await worker.ask("compose-seats", { thread, ...wish, counter: await this.session.counter() }));
  }

  async end(thread: string, wish: Omit<EndWish, "counter">): Promise<void> {
    const { worker, api } = this.session;
    await this.upon(thread, async () => {
      await api.postBytes(`threads/${thread}/panel/end`, await worker.ask("compose-panel-end", { thread, ...wish, counter: await this.session.counter() }));
    });
  }

  /** Closes a case as unfounded, with what all of these seats signed. */
  async close(thread: string, ended: { readonly slip: Slip; readonly text: string; readonly language: string }, seats: readonly string[]): Promise<void> {
    const { worker, api } = this.session;
    const parcel = await api.bytes(`threads/${thread}/copies`);
    const closing = await worker.ask("compose-closing", { thread, ...ended, counter: await this.session.counter(), panel: { parcel, seats } });
    await api.postBytes(`threads/${thread}/closing`, closing);
  }
}
