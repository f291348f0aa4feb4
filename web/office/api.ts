import { b64 } from "../seal/primitives.js";
import { language, t } from "../elements/words.js";

/** The server refused: status, code for the page, sentence for the person, and what else it said. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number, readonly code: string, readonly sentence: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

type Body = Readonly<Record<string, unknown>>;

/** The server's sentences come in the language of the page, which need not be the browser's. */
function inThisLanguage(): { readonly "Accept-Language": string } {
  return { "Accept-Language": language() };
}

async function ask(address: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...how, cache: "no-store" });
  } catch {
    throw new Refusal(0, "offline", t("The office's server did not answer. Nothing was lost; please try again."));
  }
}

async function refused(answer: Response): Promise<Refusal> {
  try {
    const { error, message, ...more } = await answer.json() as { error: string; message: string };
    return new Refusal(answer.status, error, message, more);
  } catch {
    return new Refusal(answer.status, "fault", t("Something failed on our side. Nothing was lost; please try again in a while."));
  }
}

/** What an answer says, unless it was cut off or is no JSON: then nobody knows whether the request was done. */
async function read<T>(answer: Response): Promise<T> {
  const bytes = await answer.arrayBuffer().catch(() => new ArrayBuffer(0));
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as T;
  } catch {
    throw new Refusal(0, "garbled", t("The office's server answered something that this page cannot read. What you wrote is still here; please try again."));
  }
}

/** What goes on under a charter that has run out: to read, to sign the next one, and one's own ways in. */
const GOES_ON = /^(proposals|signout|signout-everywhere|vault|telephone|way-back|invitations|notebook|index|desks\/[^/]+\/unlocked|threads\/[^/]+\/(declaration|read))(\/|$|\?)/;

/** Requests of one office at this door. Every path is relative to `/api/at/<office>/`. */
export class Api {
  /** Called when the session has ended, whatever was asked. */
  signedOut: () => void = () => undefined;
  /** Asked before a refusal goes to who asked: there may be more to say of it than the server can. */
  explained: (refusal: Refusal) => Promise<Refusal> = (refusal) => Promise.resolve(refusal);
  /** Whether the charter that this page has proven has run out: what is signed under it would be believed by nobody. */
  ended: () => boolean = () => false;
  /** Number of the newest charter that any answer has named: the server's word, and only a reason to ask for it. */
  charter = -1;
  /** When the server was asked anything last, in milliseconds since 1970. */
  asked = Date.now();

  constructor(readonly office: string) {}

  get<T>(path: string): Promise<T> {
    return this.json<T>("GET", path);
  }

  post<T>(path: string, body: Body = {}): Promise<T> {
    return this.json<T>("POST", path, body);
  }

  put<T>(path: string, body: Body): Promise<T> {
    return this.json<T>("PUT", path, body);
  }

  /** DELETE what stands at this address. */
  async remove(path: string): Promise<void> {
    await this.send("DELETE", path);
  }

  /** GET a text that the worker reads. */
  async text(path: string): Promise<string> {
    return (await this.send("GET", path)).text();
  }

  /** GET a binary body, such as a parcel. */
  async bytes(path: string): Promise<Uint8Array> {
    const answer = await this.send("GET", path);
    try {
      return new Uint8Array(await answer.arrayBuffer());
    } catch {
      throw new Refusal(0, "offline", t("The office's server did not answer. Nothing was lost; please try again."));
    }
  }

  /** POST a binary body, such as a parcel. */
  postBytes<T>(path: string, body: Uint8Array): Promise<T> {
    return this.blob<T>("POST", path, body);
  }

  /** PUT a binary body, such as a page of an index. */
  putBytes<T>(path: string, body: Uint8Array): Promise<T> {
    return this.blob<T>("PUT", path, body);
  }

  private async blob<T>(method: string, path: string, body: Uint8Array): Promise<T> {
    // Chromium sends a Blob several times faster than a plain array of bytes.
    const blob = new Blob([body as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" });
    const answer = await this.send(method, path, blob, "application/octet-stream");
    return await read<T>(answer);
  }

  private async json<T>(method: string, path: string, body?: Body): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body, asText);
    const answer = await this.send(method, path, text, "application/json");
    return await read<T>(answer);
  }

  private async send(method: string, path: string, body?: BodyInit, type?: string): Promise<Response> {
    this.asked = Date.now();
    if (method !== "GET" && this.ended() && !GOES_ON.test(path)) {
      throw new Refusal(409, "charter-over", t("The office's charter has ended, and nobody would believe what is signed now. Nothing was sent, and what you wrote is still here. An administrator signs a new charter first."));
    }
    const headers: Record<string, string> = { ...inThisLanguage(), Accept: "application/json, application/octet-stream" };
    if (body !== undefined && type !== undefined) headers["Content-Type"] = type;
    const answer = await ask(`/api/at/${this.office}/${path}`, { method, headers, body: body ?? null });
    const named = answer.headers.get("Fairline-Charter") ?? "";
    if (/^\d{1,9}$/.test(named)) this.charter = Math.max(this.charter, Number(named));
    if (answer.ok) return answer;
    const refusal = await refused(answer);
    if (answer.status === 401) this.signedOut();
    throw await this.explained(refusal);
  }
}

/** Bytes become base64url wherever they stand in a body. */
function asText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? b64(value) : value;
}

/** POST to the door outside any office: set-up. */
export async function postSetup<T>(path: string, body: Body): Promise<T> {
  const answer = await ask(`/api/${path}`, {
    method: "POST", headers: { ...inThisLanguage(), "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body, asText),
  });
  if (!answer.ok) throw await refused(answer);
  return await read<T>(answer);
}
