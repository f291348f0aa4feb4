/** What is known of a row of a law, in words. */
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { sourceWords } from "./sources.js";

export type Status = "verified" | "unverified" | "own";

/** A row of which the file knows something, and perhaps a member of the office who looked it up. */
export interface Known {
  readonly source: string;
  readonly status: Status;
  readonly confirmed: { readonly member: string; readonly source: string; readonly looked: string; readonly day: string } | null;
}

export function statusWord(status: Status): string {
  switch (status) {
    case "verified": return t("the law, verified");
    case "unverified": return t("not verified: the office's own commitment");
    case "own": return t("the office's own commitment");
  }
}

export function knownChip({ status, confirmed }: Pick<Known, "status" | "confirmed">): HTMLElement {
  return make("span", { class: status === "verified" || confirmed !== null ? "chip good" : "chip" }, confirmed === null ? statusWord(status) : t("confirmed here"));
}

/** Where it stands; of the office's own rows what they may be compared with, for the chip says already whose they are. */
function sourceOf({ source, status }: Pick<Known, "source" | "status">): string {
  return sourceWords(source, status !== "own");
}

/** The same as a line of its own: among words of another direction a source is hard to read. */
export function sourceLine(one: Pick<Known, "source" | "status">): HTMLElement | null {
  const shown = sourceOf(one);
  return shown === "" ? null : make("p", { class: "muted small" }, make("bdi", {}, shown));
}
