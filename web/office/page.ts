import { nearest } from "../elements/languages.js";

/** What the server told this page when it was made. */
export interface PageBlock {
  readonly mode: "setup" | "join" | "workbench";
  /** Origin of the report door. */
  readonly report: string;
  /** H of the default form, base64url. */
  readonly form: string;
  /** Office id, base64url; empty at the set-up. */
  readonly office: string;
  readonly names: Readonly<Record<string, string>>;
  /** At the set-up: whether no office has been founded yet. */
  readonly fresh: boolean;
}

export function readPage(): PageBlock {
  const block = document.getElementById("page");
  if (block === null) throw new Error("The page does not say what it is.");
  const empty = { office: "", names: {}, fresh: false };
  return { ...empty, ...JSON.parse(block.textContent) as PageBlock };
}

/** The text in the reader's language, else in English, else any. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  const tag = nearest(Object.keys(texts), language);
  return tag === undefined ? "" : texts[tag] ?? "";
}

/** A fragment that is taken away from the address at once: what it holds must not stay in the history. */
export function takeFragment(): string {
  const fragment = location.hash.slice(1);
  if (fragment !== "") history.replaceState(null, "", location.pathname + location.search);
  return fragment;
}
