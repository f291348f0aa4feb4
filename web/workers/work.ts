/** The arithmetic before something new is sent, away from the page: it goes on while somebody writes. */
import { isNative, native, solveWith, type Challenge, type Work } from "../seal/solving";

/** What the worker is given. */
export interface Task {
  readonly id: number;
  readonly challenge: Challenge;
  readonly salt: Uint8Array;
}

/** What it found; null where the page has to do it itself. */
export interface Found {
  readonly id: number;
  readonly work: Work | null;
}

const here = globalThis as unknown as {
  addEventListener(kind: "message", hear: (event: MessageEvent<Task>) => void): void;
  postMessage(found: Found): void;
};

here.addEventListener("message", ({ data: { id, challenge, salt } }) => {
  const tell = (work: Work | null): void => { here.postMessage({ id, work }); };
  if (!isNative()) tell(null);
  else solveWith(native, challenge, salt).then(tell, () => { tell(null); });
});
