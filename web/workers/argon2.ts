/**
 * The worker that stretches passphrases (Argon2id, formats.md §8), the only place that may run WebAssembly. It
 * knows nothing but the passphrase it is given and answers on the port that leads to the office worker, so that
 * what it makes never passes through the page.
 */
import { argon2id as slow } from "@noble/hashes/argon2.js";
import { argon2id as fast } from "hash-wasm";

import type { Stretch, Stretched } from "./protocol.js";

const MEMORY_KIB = 64 * 1024;
const PASSES = 3;
const LANES = 1;
const LENGTH = 32;
/** The plain JavaScript way takes ten seconds and more on a phone; let its progress through. */
const TICK = 50;

async function stretch(passphrase: string, salt: Uint8Array, progress: (part: number) => void): Promise<Uint8Array> {
  const password = new TextEncoder().encode(passphrase.normalize("NFC"));
  if (typeof WebAssembly === "object") {
    try {
      return await fast({
        password, salt, memorySize: MEMORY_KIB, iterations: PASSES, parallelism: LANES, hashLength: LENGTH, outputType: "binary",
      });
    } catch {
      // Forbidden here (Tor Browser "Safer", Lockdown Mode): the same bytes, slower.
    }
  }
  return slow(password, salt, { m: MEMORY_KIB, t: PASSES, p: LANES, dkLen: LENGTH, asyncTick: TICK, onProgress: progress });
}

async function answer(port: MessagePort, { id, passphrase, salt }: Stretch): Promise<void> {
  const send = (message: Stretched): void => { port.postMessage(message); };
  try {
    send({ id, key: await stretch(passphrase, salt, (progress) => { send({ id, progress }); }) });
  } catch {
    send({ id, failed: true });
  }
}

globalThis.addEventListener("message", (event: MessageEvent<{ connect: MessagePort }>) => {
  const port = event.data.connect;
  port.onmessage = (asked: MessageEvent<Stretch>) => { void answer(port, asked.data); };
}, { once: true });
