import { make } from "./make";

const regions = new Map<string, HTMLElement>();
/** Counts how often all was taken back. */
let said = 0;

/** Says a sentence to people who hear the page. `assertive` interrupts: for what went wrong only. */
export function announce(text: string, manner: "polite" | "assertive" = "polite"): void {
  let region = regions.get(manner);
  if (region?.isConnected !== true) {
    region = make("div", { class: "unseen", "aria-live": manner, role: manner === "polite" ? "status" : "alert" });
    document.body.append(region);
    regions.set(manner, region);
  }
  const line = make("p", {}, text);
  // Replaced in a later turn, so that the same sentence said twice is heard twice.
  region.replaceChildren();
  const mine = said;
  setTimeout(() => { if (mine === said) region.replaceChildren(line); }, 50);
}

/** Takes back all that was said: words of a report stand in it, which go with the keys. */
export function silence(): void {
  said += 1;
  for (const region of regions.values()) region.replaceChildren();
}
