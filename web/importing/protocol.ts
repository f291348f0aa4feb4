/** What a page asks of the worker that opens the seal of a case file, and what that answers. */
export interface Ask {
  readonly file: Uint8Array;
  /** The words, or a secret key of age, as somebody typed them. */
  readonly opening: string;
}

export type Reply = { readonly archive: Uint8Array } | { readonly failed: string };
