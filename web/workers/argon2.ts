/**
 * The worker that stretches passphrases, the only place that may run WebAssembly. It knows nothing but the
 * passphrase it is given, and answers on the port that leads to the office worker, so that what it makes never
 * passes through the page.
 */
import { stretch } from "../seal/argon2.js";
import type { Stretch, Stretched } from "./protocol.js";

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
