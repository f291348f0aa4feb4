/** From card to card without a mouse: j and k go on and back, x leaves the one with the focus out. Never while somebody chooses or writes. */

export function walking(root: HTMLElement): () => void {
  const hear = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
    if (event.target instanceof HTMLElement && event.target.matches("textarea, select, input:not([type=checkbox])")) return;
    const cards = [...root.querySelectorAll<HTMLElement>("[data-card]")];
    const here = cards.findIndex((card) => card.contains(document.activeElement));
    if (event.key === "x") cards[here]?.querySelector<HTMLElement>("[data-act=leave]")?.click();
    else if (event.key === "j" || event.key === "k") {
      const card = cards[here < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)))];
      card?.focus({ preventScroll: true });
      card?.scrollIntoView({ block: "start" });
    } else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", hear);
  return () => { document.removeEventListener("keydown", hear); };
}
