// A script of the tests: as a worker it says what it may do, as a module it leaves a mark.
const EMPTY_WASM = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0]);

async function may(act: () => unknown): Promise<boolean> {
  try {
    await act();
    return true;
  } catch {
    return false;
  }
}

if (typeof document === "undefined") {
  globalThis.addEventListener("message", () => {
    void (async () => {
      const wasm = await may(() => WebAssembly.compile(EMPTY_WASM));
      // oxlint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- that it is refused is what is tried
      const code = await may(() => new Function("return 1")() as number);
      (globalThis as unknown as Worker).postMessage({ wasm, code });
    })();
  });
} else {
  document.documentElement.dataset["spoke"] = "yes";
}
