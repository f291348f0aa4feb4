/** Asks the server how duties stand in a case, and signs what happened. */
import type { Session } from "../session.js";
import type { Duties, DutyNote } from "./types.js";

export class Duty {
  constructor(private readonly session: Session) {}

  of(thread: string): Promise<Duties> {
    return this.session.api.get<Duties>(`threads/${thread}/duty`);
  }

  /** Signs that something happened; the answer is how it stands then. */
  async note(thread: string, note: DutyNote): Promise<Duties> {
    const act = await this.session.worker.ask("sign-duty", { thread, ...note, counter: await this.session.counter() });
    return this.session.api.post<Duties>(`threads/${thread}/duty`, { v: 1, ...note, act });
  }
}
