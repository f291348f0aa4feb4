/** Lets whoever else asks this worker something have their turn. A timer would wait four milliseconds each time. */
const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = (): void => { waiting.shift()?.(); };

export function turn(): Promise<void> {
  return new Promise((done) => {
    waiting.push(done);
    port2.postMessage(null);
  });
}
