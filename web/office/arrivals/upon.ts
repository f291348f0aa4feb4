import { Refusal } from "../api.js";
import { WorkerRefusal } from "../worker.js";

const TRIES = 3;

/** Whether something was refused because the report is not as this page has it any more: it is shown anew then. */
export function isOutdated(error: unknown): boolean {
  return error instanceof Refusal ? error.status === 409 : error instanceof WorkerRefusal && ["audience", "not-open"].includes(error.code);
}

/** Whether it was refused because others read the report by now than this page knows of. */
export function isOtherAudience(error: unknown): boolean {
  return (error instanceof Refusal || error instanceof WorkerRefusal) && error.code === "audience";
}

/** Sends what says the same whatever came meanwhile: refused for that, it is signed again upon what has come. */
export async function uponWhatCame(look: () => Promise<unknown>, sending: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await sending();
      return;
    } catch (error) {
      if (tries === TRIES || !(error instanceof Refusal && ["heads", "taken"].includes(error.code))) throw error;
      await look();
    }
  }
}
