import { Refusal } from "../api.js";

const TRIES = 3;

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
