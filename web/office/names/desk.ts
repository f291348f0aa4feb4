/** Between the server and the worker, for names under seal: what passes here is sealed or signed on one side. */
import type { IdentityCard } from "../../seal/bodies.js";
import type { NameWish } from "../../workers/reports/openname.js";
import type { TypedProof } from "../../workers/ways.js";
import type { Session } from "../session.js";
import type { RefusalReason, RequestForKeeper, RequestOfCase } from "./types.js";

export class NamesDesk {
  /** @param upon - sends what says the same whatever came meanwhile */
  constructor(private readonly session: Session, private readonly upon: (thread: string, sending: () => Promise<void>) => Promise<void>) {}

  /** The requests about a case that is open here. */
  async ofCase(thread: string): Promise<readonly RequestOfCase[]> {
    const { worker, api } = this.session;
    return worker.ask("open-names", { thread, parcel: await api.bytes(`threads/${thread}/names`) });
  }

  async ask(thread: string, wish: Omit<NameWish, "counter">): Promise<void> {
    const { worker, api } = this.session;
    await this.upon(thread, async () => {
      await api.postBytes(`threads/${thread}/names`, await worker.ask("compose-name-request", { thread, ...wish, counter: await this.session.counter() }));
    });
  }

  async takeBack(id: string): Promise<void> {
    const { worker, api } = this.session;
    await api.post(`names/${id}/end`, { act: await worker.ask("sign-name-end", { id, counter: await this.session.counter() }) });
  }

  open(id: string): Promise<IdentityCard> {
    return this.session.worker.ask("show-name", { id });
  }
}

/** What a custodian does, for whom no report is open. */
export class Keeping {
  constructor(private readonly session: Session) {}

  async all(): Promise<readonly RequestForKeeper[]> {
    const { worker, api } = this.session;
    return worker.ask("open-name-requests", { parcel: await api.bytes("names") });
  }

  async handOver(id: string, typed: TypedProof, progress: (part: number) => void): Promise<void> {
    const { worker, api } = this.session;
    await api.postBytes(`names/${id}/release`, await worker.ask("compose-release", { id, typed, counter: await this.session.counter() }, progress));
  }

  async refuse(id: string, reason: RefusalReason): Promise<void> {
    const { worker, api } = this.session;
    await api.post(`names/${id}/refusal`, { reason, act: await worker.ask("sign-name-refusal", { id, reason, counter: await this.session.counter() }) });
  }
}
