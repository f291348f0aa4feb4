/** What the workbench shows at this moment. It lives in the page only and goes with it. */

import type { Facts } from "../facts.js";
import type { ListRoute, Route } from "./route.js";
import type { Hit, Listing, Opened } from "./types.js";

export interface State {
  readonly facts: Facts;
  readonly route: Route;
  /** The list's own filter and order, kept while a report is open beside it. */
  readonly list: ListRoute;
  readonly listing: Listing | undefined;
  /** How many of how many reports have been opened in the background; undefined when that is done. */
  readonly opening: { readonly done: number; readonly of: number } | undefined;
  readonly query: string;
  readonly hits: readonly Hit[] | undefined;
  readonly opened: Opened | undefined;
  readonly draft: Draft;
  /** What went wrong, in words, until the next act. */
  readonly trouble: string;
}

/** What is being written beside a report, until it is sent or the page goes. */
export interface Draft {
  readonly chain: "o" | "i";
  readonly text: string;
  readonly language: string;
}

/** What a person can do here; the templates call these and know nothing else. */
export interface Acts {
  close(): void;
  filter(change: Partial<ListRoute>): void;
  search(words: string): void;
  declare(kind: "none" | "aside"): void;
  draft(change: Partial<Draft>): void;
  /** Puts the cursor behind what is being written. */
  write(): void;
  send(button: HTMLElement): void;
  keys(): void;
}
