/**
 * What the service worker asks of the workbench's page, and what it is answered. The service worker remembers nothing:
 * it may be ended at any moment and be started again, so it asks anew for each piece, over a port of its own.
 */

/** At most this much is unsealed for one answer. */
export const PIECE = 1024 * 1024;

/** Service worker to every open page of the office. */
export interface Asked {
  readonly asks: "file";
  /** The name under which one page has a file open; nobody else can guess it. */
  readonly token: string;
  /** `Range` header of a player, or the place that a download has come to. */
  readonly range: string | null;
}

/** Page to service worker, from time to time while a download runs: one that hears nothing is ended by the browser. */
export interface Heard {
  readonly saving: string;
}

/**
 * Service worker to page, over the port: whether the download runs, was given up by the browser or the person, or is not
 * known at all, since the browser has ended the service worker meanwhile and with it the download.
 */
export type Runs = "yes" | "given up" | "unknown";

/** Page to service worker, over the port. */
export type Given =
  /** Another page may know it. */
  | { readonly gives: "nothing" }
  /** The page has it open no more, is locked, or a part failed a check. */
  | { readonly gives: "gone" }
  /** Nothing of the file lies there. */
  | { readonly gives: "outside"; readonly size: number }
  | {
    readonly gives: "piece"; readonly start: number; readonly bytes: Uint8Array; readonly size: number;
    /** Media type for a player, from a closed list. */
    readonly type: string;
    /** Name for a download, already cleaned. */
    readonly name: string;
  };
