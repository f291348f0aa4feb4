/** Between the server and the worker, for shares that custodians pass on: page by page, sealed on one side. */
import type { SharesCount, SharesTask } from "../../workers/reports/sharing.js";
import type { TypedProof } from "../../workers/ways.js";
import type { Session } from "../session.js";

/** A custodian asks the others for their shares, to make those of who is gone once more. */
export interface Gathering {
  readonly id: string;
  /** Who asks. */
  readonly member: string;
  /** Who keeps those that are made again. */
  readonly to: string;
  readonly begun: string;
  readonly until: string;
  readonly over: boolean;
  readonly gave: readonly { readonly member: string; readonly shares: number }[];
  readonly refused: readonly { readonly member: string; readonly day: string }[];
}

export class Sharing {
  constructor(private readonly session: Session) {}

  async gatherings(): Promise<readonly Gathering[]> {
    return (await this.session.api.get<{ readonly gatherings: readonly Gathering[] }>("names/gatherings")).gatherings;
  }

  /**
   * Go through all names and do what the task says. What was done before a fault stays; beginning anew goes on.
   *
   * @param progress - is told how many names were looked at
   * @param going - asked before each page: whoever left the dialog hands nothing more over
   */
  async run(task: SharesTask, typed: TypedProof, progress: (looked: number) => void, going: () => boolean): Promise<SharesCount> {
    const { worker, api } = this.session;
    await worker.ask("begin-shares", { task, typed });
    const all = { sealed: 0, there: 0, held: 0, few: 0 };
    try {
      const seen = new Set<string>();
      let after: string | null = null;
      while (going()) {
        const parcel = await api.bytes(after === null ? "names/shares" : `names/shares?after=${after}`);
        const { parcel: made, count, next } = await worker.ask("shares-page", { parcel, counter: await this.session.counter() });
        if (made !== null) await api.postBytes("names/shares", made);
        for (const what of ["sealed", "there", "held", "few"] as const) all[what] += count[what];
        progress(all.sealed + all.there + all.held + all.few);
        // A page that leads back would be asked for without end.
        after = next !== null && !seen.has(next) ? next : null;
        if (after === null) break;
        seen.add(after);
      }
    } finally {
      await worker.ask("end-shares", undefined);
    }
    return all;
  }

  async gather(to: string): Promise<void> {
    const { worker, api } = this.session;
    await api.post("names/gatherings", { to, act: await worker.ask("sign-gathering", { act: "gather shares", to, counter: await this.session.counter() }) });
  }

  async decline({ id, member }: Gathering): Promise<void> {
    const { worker, api } = this.session;
    await api.post(`names/gatherings/${id}/refusal`, { act: await worker.ask("sign-gathering", { act: "decline gathering", to: member, counter: await this.session.counter() }) });
  }

  async end({ id, to }: Gathering): Promise<void> {
    const { worker, api } = this.session;
    await api.post(`names/gatherings/${id}/end`, { act: await worker.ask("sign-gathering", { act: "end gathering", to, counter: await this.session.counter() }) });
  }
}
