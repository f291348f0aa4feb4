/** What a page asks of the worker that opens the seal of a case file, and what that answers. */
export interface Ask {
  readonly file: Blob;
  /** The words, or a secret key of age, as somebody typed them. */
  readonly opening: string;
}

/** What opens its content, wherever it is read. */
export interface Unsealed {
  /** Of the payload. */
  readonly key: Uint8Array;
  /** Bytes of header and nonce. */
  readonly start: number;
}

export type Reply = { readonly unsealed: Unsealed } | { readonly failed: string };
