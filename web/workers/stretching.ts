import { SealError } from "../seal/errors.js";
import type { Connect, Stretched } from "./protocol.js";

interface Waiting {
  readonly done: (key: Uint8Array) => void;
  readonly failed: (error: SealError) => void;
  readonly progress: (part: number) => void;
}

let port: MessagePort | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

/** Take the port that leads to the passphrase worker. */
export function connect({ connect: given }: Connect): void {
  port = given;
  port.onmessage = (event: MessageEvent<Stretched>) => {
    const message = event.data;
    const asked = waiting.get(message.id);
    if (asked === undefined) return;
    if ("progress" in message) {
      asked.progress(message.progress);
      return;
    }
    waiting.delete(message.id);
    if ("key" in message) asked.done(message.key);
    else asked.failed(new SealError("argon2", "This browser could not work with the passphrase: it may be short of memory."));
  };
}

/** Argon2id of a passphrase (64 MiB, 3 passes, 1 lane), 32 bytes; seconds on a slow telephone. */
export function stretch(passphrase: string, salt: Uint8Array, progress: (part: number) => void): Promise<Uint8Array> {
  const to = port;
  if (to === undefined) throw new SealError("argon2", "The part of this page that reads passphrases is missing.");
  last += 1;
  const id = last;
  return new Promise((done, failed) => {
    waiting.set(id, { done, failed, progress });
    to.postMessage({ id, passphrase, salt });
  });
}
