import { make } from "./make";

const regions = new Map<string, HTMLElement>();

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
  setTimeout(() => { region.replaceChildren(line); }, 50);
}
