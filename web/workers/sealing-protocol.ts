/** What the page asks of a worker that seals parts of files. The keys are the page's own: it made the file. */
import type { Upload } from "../seal/attachment.js";

export interface SealedPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** H of the bytes. */
  readonly hash: Uint8Array;
}

/** Page to worker. */
export type Ask =
  /** Keys and first bytes for a file of so many bytes. */
  | { readonly do: "begin"; readonly size: number }
  /** Whether an upload that was kept in a draft can go on. */
  | { readonly do: "check"; readonly upload: Upload }
  /** One part; the worker reads it from the file itself. */
  | { readonly do: "part"; readonly upload: Upload; readonly part: number; readonly file: Blob }
  /** The hash of a whole file, from those of its parts. */
  | { readonly do: "whole"; readonly hashes: readonly Uint8Array[] };

export interface Answers {
  readonly begin: Upload;
  readonly check: Upload;
  readonly part: SealedPart;
  readonly whole: Uint8Array;
}

/** What is asked, under a number of the page's own: a worker reads the next part while it seals one. */
export interface Asked {
  readonly id: number;
  readonly ask: Ask;
}

/** Worker to page, in whatever order it comes to an end. */
export type Reply = { readonly id: number } & (
  | { readonly answer: Answers[Ask["do"]] }
  /** A file that was moved, changed or taken away since it was picked is `unreadable`; else the code of a seal error. */
  | { readonly failed: string });
