/** What a page asks of the worker that puts an exported case together, and what that answers. */
import type { ExportedCase } from "../seal/exportedcase.js";
import type { Json } from "../seal/jsontext.js";
import type { Page } from "./pdf.js";

/** A post with its envelope, and what the office said of it. */
export interface PostPart {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly day: string;
  readonly c: Uint8Array;
  readonly f: Uint8Array;
  readonly T: Uint8Array | undefined;
  readonly promise: Json | undefined;
  readonly envelope: Uint8Array;
}

/** An attachment, without its bytes where they do not go along. */
export interface FilePart {
  readonly blob: Uint8Array;
  readonly name: string;
  readonly size: number;
  readonly part: string | undefined;
  readonly content: Uint8Array | undefined;
}

/** All that goes in. */
export interface Composition extends Pick<ExportedCase, "office" | "desk" | "thread" | "day" | "by" | "reason" | "words" | "status" | "audience" | "stood"> {
  readonly posts: readonly PostPart[];
  readonly files: readonly FilePart[];
  readonly documents: Uint8Array;
  readonly page: Page;
}

export type Ask =
  /** Writes the page to read and the list; the answer is the list's hash, which the act names. */
  | { readonly do: "compose"; readonly what: Composition }
  /** Seals what was composed, for these recipients, or with words that are made for it where there are none. */
  | { readonly do: "seal"; readonly row: Uint8Array; readonly promise: Json; readonly recipients: readonly string[] };

export interface Answers {
  readonly compose: { readonly digest: Uint8Array };
  readonly seal: { readonly file: Uint8Array; readonly words: readonly string[] };
}

export type Reply = { readonly answer: Answers[Ask["do"]] } | { readonly failed: string };
