/**
 * What a page may ask of the worker that holds the unlocked keys, and what it answers. Bytes go as `Uint8Array`.
 * No act answers with a key; the words of a printed sheet, shown once while it is made, are the one exception,
 * because a person must be able to write down their own way back.
 *
 * A module adds its acts by declaration merging:
 *
 *     declare module "./protocol.js" { interface Acts { "open-threads": Act<Ask, Answer> } }
 */

export interface Act<Ask, Answer> {
  readonly ask: Ask;
  readonly answer: Answer;
}

/** Every act by its name. Each module of the worker adds its own. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Acts {}

export type ActName = keyof Acts;
export type AskOf<N extends ActName> = Acts[N]["ask"];
export type AnswerOf<N extends ActName> = Acts[N]["answer"];

/** Page to worker. */
export interface Request {
  readonly id: number;
  readonly act: string;
  readonly ask: unknown;
}

/** Worker to page: what came of one request. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly sentence: string };

/** Worker to page, between request and reply: how far a long act has come, from 0 to 1. */
export interface Progress {
  readonly id: number;
  readonly progress: number;
}

/** Page to worker, once, before any request: the port on which the passphrase worker listens. */
export interface Connect {
  readonly connect: MessagePort;
}

/** Office worker to passphrase worker and back, over that port. */
export interface Stretch {
  readonly id: number;
  readonly passphrase: string;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}
export type Stretched =
  | { readonly id: number; readonly key: Uint8Array }
  | { readonly id: number; readonly failed: true }
  | { readonly id: number; readonly progress: number };
