/**
 * Anything Fairline refuses on purpose.
 *
 * `code` is for machines, `<subject>-<what>`, the same string as in Python; `diagnostics()` is one English
 * sentence for people. Neither ever holds a secret or a word of what was sealed: an error may end up in a log.
 */
export class SealError extends Error {
  override readonly name: string = "SealError";

  constructor(readonly code: string, readonly sentence: string) {
    super(`${code}: ${sentence}`);
  }

  diagnostics(): string {
    return this.sentence;
  }
}

/** The bytes are not in the format they claim to be: broken on the way, or made by something else. */
export class MalformedError extends SealError {
  override readonly name = "MalformedError";
}

/** Well formed, but none of the keys at hand opens it, or it was altered after sealing. */
export class CannotOpenError extends SealError {
  override readonly name = "CannotOpenError";
}

/** It opens, but it is not proven: wrong author, place or order, too old, or not entitled. */
export class RefusedError extends SealError {
  override readonly name = "RefusedError";
}
