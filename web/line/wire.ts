/** What goes to the report door and comes back, and refusals with a sentence (docs/contract.md). */
import { parse, type JsonObject } from "../seal/jsontext";
import type { Door } from "./door";
import { t } from "../elements/words";

const HEAD_LIMIT = 64 * 1024;
const PATIENCE = 60_000;

/*
 * A bundle that loads later has these classes once more, and a request that it makes by the page's own means fails with
 * the page's. So one is known by its name: otherwise a line that breaks would be taken for a broken browser.
 */

/** The server said no; `message` is its sentence for people, in the page's language. */
export class Refused extends Error {
  override readonly name = "Refused";

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "Refused";
  }

  constructor(readonly status: number, readonly code: string, message: string, readonly more: JsonObject = {}) {
    super(message);
  }
}

/** Nobody knows whether it arrived: the same bytes may be sent again. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "Unreachable";
  }

  /** @param after - seconds after which the server asks to be tried again; undefined where it said nothing */
  constructor(message: string, readonly after?: number) {
    super(message);
  }
}

/** What may differ from one request to another. */
export interface Manner {
  /** Milliseconds after which nobody waits any longer. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  /** Sent as somebody who has signed in at this door; the report door knows nobody. */
  readonly session?: boolean;
  /** Goes on when the page is closed meanwhile; for short bodies only. */
  readonly keepalive?: boolean;
}

/** Where an office's things are, below the language's own prefix: `/ar/at/…`. */
export function addressOf(office: string, what: string): string {
  const prefix = /^\/(?!at\/)[a-z]{2}(?:-[a-z]+)?(?=\/)/.exec(location.pathname)?.[0] ?? "";
  return `${prefix}/at/${office}/${what}`;
}

/** The door behind which this page stands. */
export function doorOf(office: string): Door {
  return {
    get: (what) => get(addressOf(office, what)),
    post: (what, body, type) => post(addressOf(office, what), body, type),
  };
}

/** Sends bytes and resolves with the answer's bytes. Rejects with Refused, Unreachable, or what the signal was aborted with. */
export async function post(
  address: string, body: Uint8Array | Blob, type: "bytes" | "json" = "bytes", manner: Manner = {},
): Promise<Uint8Array> {
  // As a Blob: browsers send bare bytes six times slower.
  const kind = type === "json" ? "application/json" : "application/octet-stream";
  const sent = body instanceof Blob ? body : new Blob([body as Uint8Array<ArrayBuffer>], { type: kind });
  return ask(address, { method: "POST", body: sent, keepalive: manner.keepalive === true }, manner);
}

/** Fetches a public file. Rejects with Refused or Unreachable. */
export function get(address: string): Promise<Uint8Array> {
  return ask(address, { method: "GET" }, {});
}

async function ask(address: string, how: RequestInit, { patience = PATIENCE, signal, session }: Manner): Promise<Uint8Array> {
  const control = new AbortController();
  const stop = (): void => { control.abort(); };
  const end = setTimeout(stop, patience);
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    const answer = await fetch(address, {
      ...how, credentials: session === true ? "same-origin" : "omit", cache: how.method === "GET" ? "no-cache" : "no-store", redirect: "error",
      referrerPolicy: "no-referrer", signal: control.signal,
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.ok) return bytes;
    throw refusal(answer, bytes);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Refused || error instanceof Unreachable) throw error;
    throw new Unreachable(t("There is no connection to the office's server at the moment."));
  } finally {
    clearTimeout(end);
    signal?.removeEventListener("abort", stop);
  }
}

function refusal({ status, headers }: Response, bytes: Uint8Array): Error {
  // A gateway's error says nothing about what happened behind it.
  if (status >= 500) return new Unreachable(t("The office's server does not answer as it should at the moment."), secondsOf(headers));
  try {
    const fields = parse(bytes, HEAD_LIMIT) as JsonObject;
    const { error: code, message, ...more } = fields;
    if (typeof code === "string" && typeof message === "string") return new Refused(status, code, message, more);
  } catch {
    // Told below.
  }
  return new Refused(status, "refused", t("The office's server refused this without saying why."));
}

function secondsOf(headers: Headers): number | undefined {
  const said = headers.get("Retry-After") ?? "";
  return /^\d{1,4}$/.test(said) ? Number(said) : undefined;
}
