import type { DeskFacts } from "../facts.js";
import type { KeysAnswer } from "../session.js";
import type { Workbench } from "../views.js";

export interface SheetChange {
  readonly reason: string;
  readonly open: boolean;
  readonly renew: boolean;
  readonly without: readonly string[];
  /** Bytes of another form, null if it stays. */
  readonly form?: Uint8Array | null;
  /** Bytes of another profile document, null if it stays. */
  readonly profile: Uint8Array | null;
}

/** What was signed is in force. Where it cannot be shown at once, the next look shows it: nobody is told that it failed. */
export async function afterSigning(bench: Workbench): Promise<void> {
  await bench.refresh().catch(() => undefined);
}

/** Sign a desk's next sheet as its lead, with new keys where asked, and put it in force. */
export async function signSheet(bench: Workbench, desk: DeskFacts, change: SheetChange): Promise<void> {
  const { api, worker, session } = bench;
  const keys = await api.get<KeysAnswer>(`desks/${desk.id}/keys`);
  const wire = await worker.ask("compose-sheet", {
    ...change, desk: desk.id, n: keys.next, prev: keys.newest, form: change.form ?? null, counter: await session.counter(),
  });
  await api.post(`desks/${desk.id}/sheets`, { ...wire });
  await afterSigning(bench);
}
