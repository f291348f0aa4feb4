/** Index pages in the worker that holds the keys: opened, sealed, folded. What is in them leaves as rows of a list. */

import { SealError } from "../seal/errors.js";
import { Fields, asArray, asInteger, asObject, asText } from "../seal/fields.js";
import { deltaBinding, indexKey, IndexPage, openIndex, pageBinding, release, sealIndex } from "../seal/indexpages.js";
import { parse, type Json } from "../seal/jsontext.js";
import { readParcel, writeParcel } from "../seal/parcel.js";
import { b64, random, unb64, utf8 } from "../seal/primitives.js";
import { keyring, type Keyring } from "./keyring.js";
import { register } from "./registry.js";
import type { Fold, Shelf } from "./reports/shelf.js";
import { changed, shelfOf, shelves } from "./reports/store.js";

/** Entries of reports that are opened one after another go into one delta. */
const AT_ONCE = 16;
const STATES_LIMIT = 4 * 1024 * 1024;

/** What to ask the server for, the newest first. */
export interface Wanted {
  readonly pages: readonly { readonly owner: string; readonly page: number }[];
  readonly deltas: readonly { readonly owner: string; readonly after: number }[];
}

declare module "./protocol.js" {
  interface Acts {
    /** Take what the server has of each index; the answer is what to read of it. */
    "index-states": Act<{ readonly answer: string }, Wanted>;
    /** Open a page. One that does not open is built anew. */
    "index-page": Act<{ readonly owner: string; readonly parcel: Uint8Array; readonly again?: boolean }, null>;
    /** Open deltas; the answer says where to go on, null where all were read. */
    "index-deltas": Act<{ readonly owner: string; readonly parcel: Uint8Array }, number | null>;
    /** What was learnt and no server has yet, sealed; null where there is nothing. */
    "index-unsaved": Act<null, { readonly owner: string; readonly id: string; readonly parcel: Uint8Array } | null>;
    /** The server has it (its change), or refused it: `gone` names reports that are not this member's to keep. */
    "index-saved": Act<
      { readonly owner: string; readonly id: string; readonly change: number | null; readonly gone: readonly string[] }, null
    >;
    /** The next page to write, sealed; null while little waits. Without a parcel: that page is to be read again first. */
    "index-fold": Act<null, { readonly owner: string; readonly page: number; readonly parcel: Uint8Array | null } | null>;
    "index-folded": Act<{ readonly taken: boolean; readonly gone: readonly string[] }, null>;
  }
}

let folding: { readonly shelf: Shelf; readonly fold: Fold } | undefined;

register("index-states", ({ answer }) => {
  const found = new Fields(parse(utf8(answer), STATES_LIMIT)).list("indexes", readState, Number.MAX_SAFE_INTEGER);
  const pages: { owner: string; page: number; age: number }[] = [];
  const deltas: Wanted["deltas"][number][] = [];
  for (const { owner, change, places } of found) {
    const shelf = shelfOf(owner);
    if (shelf === undefined) continue;
    shelf.retain(new Set(places.map(({ page }) => page)));
    if (change > shelf.change) deltas.push({ owner, after: shelf.change });
    const unread = places.filter(({ page, version }) => shelf.version(page) < version).sort((a, b) => b.page - a.page);
    pages.push(...unread.map(({ page }, age) => ({ owner, page, age })));
  }
  // The newest page of each index first: that is what the top of the list needs.
  return { pages: pages.sort((a, b) => a.age - b.age).map(({ owner, page }) => ({ owner, page })), deltas };
});

register("index-page", async ({ owner, parcel, again }) => {
  const shelf = shelfOf(owner);
  if (shelf === undefined) return null;
  const { head, files } = readParcel(parcel);
  const [page, version, number] = [asInteger(head["page"] ?? null), asInteger(head["version"] ?? null), asInteger(head["key"] ?? null)];
  const key = await keyFor(shelf, number);
  const sealed = files[0]?.bytes ?? new Uint8Array(0);
  const opened = key === undefined ? undefined
    : await tried(async () => IndexPage.readPage(await openIndex(key, pageBinding(shelf.owner, page, version), sealed)));
  release(parcel);
  shelf.takePage(page, version, opened, key === undefined, again);
  changed();
  return null;
});

register("index-deltas", async ({ owner, parcel }) => {
  const shelf = shelfOf(owner);
  if (shelf === undefined) return null;
  const { head, files } = readParcel(parcel);
  for (const [at, value] of asArray(head["deltas"] ?? null).entries()) {
    const row = new Fields(value);
    const [id, change] = [row.text("id"), row.integer("change")];
    const key = await keyFor(shelf, row.integer("key"));
    if (key === undefined) continue;
    const sealed = files[at]?.bytes ?? new Uint8Array(0);
    const opened = await tried(async () => IndexPage.readDelta(await openIndex(key, deltaBinding(shelf.owner, unb64(id, 16)), sealed)));
    shelf.takeDelta(id, change, opened);
  }
  const change = asInteger(head["change"] ?? null);
  shelf.change = Math.max(shelf.change, change);
  changed();
  return head["more"] === true ? change : null;
});

register("index-unsaved", async () => {
  for (const shelf of shelves.values()) {
    const { number, key } = await newest(shelf);
    const unsaved = key === undefined ? undefined : shelf.nextDelta(AT_ONCE);
    if (key === undefined || unsaved === undefined) continue;
    const sealed = await sealIndex(key, deltaBinding(shelf.owner, unsaved.id), unsaved.plain, random(12));
    const head = { v: 1, key: number, deltas: [{ id: b64(unsaved.id), threads: unsaved.threads }] };
    return { owner: b64(shelf.owner), id: b64(unsaved.id), parcel: writeParcel(head, [{ as: "delta", bytes: sealed }]) };
  }
  return null;
});

register("index-saved", ({ owner, id, change, gone }) => {
  const shelf = shelfOf(owner);
  shelf?.drop(gone);
  shelf?.saved(id, change ?? undefined);
  return null;
});

register("index-fold", async () => {
  for (const shelf of shelves.values()) {
    const { number, key } = await newest(shelf);
    if (key === undefined || !shelf.wantsFolding) continue;
    const fold = shelf.fold();
    if (typeof fold === "number") return { owner: b64(shelf.owner), page: fold, parcel: null };
    folding = { shelf, fold };
    const sealed = await sealIndex(key, pageBinding(shelf.owner, fold.place, fold.before + 1), fold.plain, random(12));
    const head = { v: 1, key: number, before: fold.before, folds: fold.folds, threads: fold.threads };
    return { owner: b64(shelf.owner), page: fold.place, parcel: writeParcel(head, [{ as: "page", bytes: sealed }]) };
  }
  return null;
});

register("index-folded", ({ taken, gone }) => {
  folding?.shelf.drop(gone);
  if (taken) folding?.shelf.folded(folding.fold);
  folding = undefined;
  return null;
});

interface StateRow {
  readonly owner: string;
  readonly change: number;
  readonly places: readonly { readonly page: number; readonly version: number }[];
}

function readState(value: Json): StateRow {
  const row = asObject(value);
  const places = asArray(row["pages"] ?? null, Number.MAX_SAFE_INTEGER).map((one) => {
    const [page = null, version = null] = asArray(one);
    return { page: asInteger(page), version: asInteger(version) };
  });
  return { owner: asText(row["owner"] ?? null), change: asInteger(row["change"] ?? null), places };
}

const cryptoKeys = new WeakMap<Keyring, Map<string, Promise<CryptoKey>>>();

/** The key of that number, undefined where this member does not hold it. */
function keyFor(shelf: Shelf, number: number): Promise<CryptoKey | undefined> {
  const keys = keyring();
  const secret = shelf.kind === "member" ? keys.vault.index : keys.deskIdentity(shelf.owner, number)?.seed;
  if (secret === undefined) return Promise.resolve(undefined);
  const held = cryptoKeys.get(keys) ?? new Map<string, Promise<CryptoKey>>();
  cryptoKeys.set(keys, held);
  const name = `${b64(shelf.owner)} ${shelf.kind === "member" ? 0 : number}`;
  const key = held.get(name) ?? indexKey(secret, shelf.owner);
  held.set(name, key);
  return key;
}

/** What is written now is sealed under the newest epoch that the member holds. */
async function newest(shelf: Shelf): Promise<{ number: number; key: CryptoKey | undefined }> {
  const numbers = [...keyring().desks.get(b64(shelf.owner))?.keys() ?? []];
  const number = shelf.kind === "member" ? 0 : Math.max(...numbers);
  return { number, key: Number.isFinite(number) ? await keyFor(shelf, number) : undefined };
}

/** What does not open, or holds what no index holds, is as good as not there: it is built anew. */
async function tried<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
