/**
 * "Leave this page": one touch, or Shift three times, replaces the page by another one, so that "back" does not
 * return to it, from whichever of its steps. What was written goes with the document; nothing of it is kept anywhere.
 */
export function armLeaving(): void {
  const link = document.querySelector<HTMLAnchorElement>("#leave");
  if (link === null) return;
  const leave = (): void => {
    // Blank at once: the other page may take a while to come.
    document.title = "…";
    document.body.hidden = true;
    const steps = (history.state as { at?: unknown } | null)?.at;
    const go = (): void => { location.replace(link.href); };
    if (typeof steps !== "number" || steps < 1) {
      go();
      return;
    }
    // Each step of the page has a place in the history: only the first one is replaced by the other page.
    const late = setTimeout(go, 400);
    addEventListener("popstate", () => {
      clearTimeout(late);
      go();
    }, { once: true, capture: true });
    history.go(-steps);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = 0;
  let since = 0;
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = 0;
      return;
    }
    const now = event.timeStamp;
    presses = now - since < 1500 ? presses + 1 : 1;
    if (presses === 1) since = now;
    if (presses === 3) leave();
  });
}
