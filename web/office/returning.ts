/**
 * Calls `look` whenever the person comes back to this page: what waits for a colleague may have been signed meanwhile.
 * Returns how to stop.
 */
export function whenReturning(look: () => Promise<void>): () => void {
  let looking = false;
  const seen = (): void => {
    // Coming back fires both events; a second look at the same time would prove everything twice.
    if (looking || document.visibilityState !== "visible") return;
    looking = true;
    void look().finally(() => { looking = false; });
  };
  addEventListener("focus", seen);
  document.addEventListener("visibilitychange", seen);
  return () => {
    removeEventListener("focus", seen);
    document.removeEventListener("visibilitychange", seen);
  };
}
