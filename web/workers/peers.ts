/**
 * Other offices that our charter names: each is proven here from the fingerprint in it before anything is sealed to one
 * of its desks. Their doors are asked through our own server, which this browser alone may speak to.
 */
import { dayAt } from "../elements/days.js";
import { rootLogged } from "../ledger/rooted.js";
import type { Door, ProvenOffice } from "../line/door.js";
import { Refused } from "../line/wire.js";
import { readCharter, type Peer } from "../seal/charter.js";
import { writeCompetence } from "../seal/competence.js";
import type { Concern } from "../seal/closing.js";
import { RefusedError, SealError } from "../seal/errors.js";
import { parse, type JsonObject } from "../seal/jsontext.js";
import { parseManifest, proveManifest, type VerifiedManifest } from "../seal/manifest.js";
import { b64, H, same, unb64 } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring, type Keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";

const PATIENCE = 60_000;
const ANSWER = 64 * 1024;

/** What a page may know of another office, proven. */
export interface PeerFacts {
  readonly F: string;
  readonly host: string;
  readonly names: Readonly<Record<string, string>>;
  readonly desks: readonly { readonly id: string; readonly names: Readonly<Record<string, string>>; readonly open: boolean }[];
}

export interface ProvenPeer extends ProvenOffice {
  readonly F: Uint8Array;
  readonly host: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Fetch and prove an office that the charter in force names; F is base64url. Pins move on. */
    "prove-peer": Act<{ readonly F: string }, PeerFacts>;
    /** Say what an office is for; `before` is what was said until now, base64url. */
    "say-competence": Act<
      {
        readonly F: string; readonly names: Readonly<Record<string, string>>; readonly fields: readonly Concern[];
        readonly territory: string; readonly before: string | undefined; readonly counter: number;
      },
      { readonly document: string; readonly act: SignedAct }
    >;
  }
}

register("prove-peer", ({ F }) => told(async () => {
  const { manifest, host } = await provenPeer(keyring(), F);
  const { charter, sheets } = manifest;
  return {
    F, host, names: Object.fromEntries(charter.names),
    desks: charter.desks.flatMap((desk) => {
      const sheet = sheets.get(b64(desk.id));
      return sheet === undefined ? [] : [{ id: b64(desk.id), names: Object.fromEntries(desk.names), open: sheet.open }];
    }),
  };
}));

register("say-competence", ({ F, names, fields, territory, before, counter }) => {
  const { vault, member, office } = keyring();
  const document = writeCompetence({ names: new Map(Object.entries(names)), fields, territory });
  const act = signAct(vault.sign, member, counter, {
    act: "say competence", subject: office, before: before === undefined ? undefined : H(unb64(before)), after: H(document),
    more: { peer: F },
  });
  return { document: b64(document), act };
});

/** Whom our charter in force names by this F. Throws `RefusedError` `peer-unnamed`. */
export function peerOf(keys: Keyring, F: string): Peer {
  const found = keys.manifest.charter.peers.find((peer) => b64(peer.F) === F);
  if (found === undefined) throw new RefusedError("peer-unnamed", "The charter in force names no such office.");
  return found;
}

/**
 * The other office as its own documents prove it, from the F that our charter names.
 *
 * @throws RefusedError as `manifest` says: another root, a lower charter than one that this browser has seen
 */
export async function provenPeer(keys: Keyring, name: string): Promise<ProvenPeer> {
  const { F, host } = peerOf(keys, name);
  const base = `${globalThis.location.origin}/api/at/${b64(keys.office)}/peers/${name}`;
  const files = parseManifest(await asked(`${base}/manifest`));
  const pin = keys.vault.pins.peers?.get(name);
  const today = dayAt(Date.now(), readCharter(files.charter.doc).zone);
  const manifest = proveManifest(files, { today, pins: { F, charter: pin }, logged: rootLogged });
  keys.sawPeer(name, manifest.charter);
  return { F, host, office: manifest.office, manifest, door: doorThrough(base, manifest) };
}

function doorThrough(base: string, { office }: VerifiedManifest): Door {
  const at = `${base}/at/${b64(office)}`;
  return {
    get: (what) => asked(`${at}/${what}`),
    post: (what, body, type) => asked(`${at}/${what}`, body, type === "json" ? "application/json" : "application/octet-stream"),
  };
}

/** What goes wrong on the way to another office reaches the page as any other refusal: a code and a sentence. */
export async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Refused ? new SealError(error.code, error.message) : error;
  }
}

/** Asks our server for something of another office, or gives it something for one. Throws `Refused`. */
export async function asked(address: string, body?: Uint8Array, type = ""): Promise<Uint8Array> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      ...(body !== undefined && { method: "POST", body: new Blob([body as Uint8Array<ArrayBuffer>], { type }), headers: { "Content-Type": type } }),
      credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.ok) return bytes;
    const { error, message } = parse(bytes, ANSWER) as JsonObject;
    if (typeof error === "string" && typeof message === "string") throw new Refused(answer.status, error, message);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(0, "offline", "Our server did not answer. Nothing was lost; please try again.");
  }
  throw new Refused(answer.status, "fault", "Our server did not answer as it should. Nothing was lost.");
}

/** Whether our charter names the office with this root. */
export function isPeer(keys: Keyring, F: Uint8Array): boolean {
  return keys.manifest.charter.peers.some((peer) => same(peer.F, F));
}
