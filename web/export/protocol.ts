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

/** An attachment, and where its bytes go: undefined where they do not go along. */
export interface FilePart {
  readonly blob: Uint8Array;
  readonly name: string;
  readonly size: number;
  readonly part: string | undefined;
}

/** All that goes in; of each attachment that does, its bytes were measured before. */
export interface Composition extends Pick<ExportedCase, "office" | "desk" | "thread" | "day" | "by" | "reason" | "words" | "status" | "audience" | "stood"> {
  readonly posts: readonly PostPart[];
  readonly files: readonly FilePart[];
  readonly documents: Uint8Array;
  readonly page: Page;
}

/** Attachments come twice, piece by piece: first for their hashes, which the list names, then to be sealed. */
export type Ask =
  /** A piece of what goes in as `part`, in order; nothing of it is kept. */
  | { readonly do: "measure"; readonly part: string; readonly bytes: Uint8Array }
  /** Writes the page to read and the list; the answer is the list's hash, which the act names. */
  | { readonly do: "compose"; readonly what: Composition }
  /** Begins to seal what was composed, for these recipients, or with words that are made for it where there are none. */
  | { readonly do: "begin"; readonly row: Uint8Array; readonly promise: Json; readonly recipients: readonly string[] }
  /** The next piece of the attachments, one after another in the order of the list. Refused where it is another than was measured. */
  | { readonly do: "add"; readonly bytes: Uint8Array }
  | { readonly do: "end" };

export interface Answers {
  readonly measure: null;
  readonly compose: { readonly digest: Uint8Array };
  readonly begin: null;
  readonly add: null;
  readonly end: { readonly file: Blob; readonly words: readonly string[] };
}

export type Reply = { readonly answer: Answers[Ask["do"]] } | { readonly failed: string };
