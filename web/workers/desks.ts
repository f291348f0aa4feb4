/** Desk keys: opened when a member unlocks, renewed and sealed to colleagues by a lead; and the next sheets. */
import { parseWhat } from "../ledger/acts.js";
import { fileJson, signDocument } from "../seal/document.js";
import { RefusedError, SealError } from "../seal/errors.js";
import type { JsonObject } from "../seal/jsontext.js";
import { openDeskKeys, sealDeskKeys, type OpenedKeys } from "../seal/keys.js";
import { b64, H, random, unb64, verifies } from "../seal/primitives.js";
import { identity, recipientHash } from "../seal/recipients.js";
import { hasRole } from "../seal/roster.js";
import { writeSheet } from "../seal/sheet.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring, type Epoch, type Keyring, type Place } from "./keyring.js";
import type { KeysWire } from "./newdesk.js";
import "./protocol.js";
import { register } from "./registry.js";

/** A key file as the server hands it over. */
export interface KeyFileRow {
  readonly n: number;
  readonly commitment: string;
  readonly file: Uint8Array;
  readonly what: Uint8Array;
  readonly sig: Uint8Array;
}

/** What came of one desk's keys: the epochs that are open now, and the refusal of the newest file if it was refused. */
export interface UnlockedDesk {
  readonly desk: string;
  readonly epochs: readonly number[];
  readonly fault: string;
}

/** What the next sheet changes. */
export interface SheetWish {
  readonly desk: string;
  readonly reason: string;
  readonly open: boolean;
  /** A new epoch, its seed and all living ones sealed to the desk's people. */
  readonly renew: boolean;
  /** Ids of people who shall not get the new keys: they are about to leave. */
  readonly without: readonly string[];
  /** The next `keys` number, and c of the newest, as the server has them. */
  readonly n: number;
  readonly prev: string;
  /** Bytes of another form, null if it stays. */
  readonly form: Uint8Array | null;
  /** Bytes of another profile document, null if it stays. */
  readonly profile: Uint8Array | null;
  readonly counter: number;
}

export interface SheetWire {
  readonly file: JsonObject;
  readonly keys?: KeysWire;
  readonly form?: string;
  readonly profile?: string;
  readonly act: SignedAct;
}

declare module "./protocol.js" {
  interface Acts {
    "load-keys": Act<{ readonly desks: Readonly<Record<string, readonly KeyFileRow[]>> }, readonly UnlockedDesk[]>;
    "compose-sheet": Act<SheetWish, SheetWire>;
  }
}

register("load-keys", async ({ desks }) => {
  const keys = keyring();
  const found: UnlockedDesk[] = [];
  for (const [desk, rows] of Object.entries(desks)) {
    const epochs = new Map<number, Epoch>();
    let fault = "";
    // Newest first: an older file only adds epochs that the newest no longer holds.
    for (const [age, row] of [...rows].sort((a, b) => b.n - a.n).entries()) {
      try {
        for (const { number, seed } of (await opened(keys, desk, row)).epochs) {
          if (!epochs.has(number)) epochs.set(number, { number, identity: identity(seed) });
        }
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        if (age === 0) fault = error.code;
      }
    }
    keys.desks.set(desk, epochs);
    found.push({ desk, epochs: [...epochs.keys()], fault });
  }
  return found;
});

async function opened(keys: Keyring, desk: string, row: KeyFileRow): Promise<OpenedKeys> {
  const { manifest, earlier } = keys;
  const sheet = manifest.sheets.get(desk);
  if (sheet === undefined) throw new RefusedError("sheet-desk", "The charter names no such desk.");
  const { paper } = manifest.charter;
  const file = await openDeskKeys(row.file, keys.seals, {
    office: keys.office, desk: unb64(desk), n: row.n, sheet,
    charterOf: (number) => [manifest.charter, ...earlier].find((one) => one.number === number),
    own: keys.seals.map((seal) => recipientHash(seal.recipient)),
    paper: paper === undefined ? undefined : recipientHash(paper),
    acted: (c) => parseWhat(row.what).fields["keys"] === b64(c),
  });
  if (!verifies(file.author.sign, "act", row.what, row.sig)) {
    throw new RefusedError("keys-act", "Nobody has signed in the record for these keys.");
  }
  return file;
}

register("compose-sheet", async (wish) => {
  const keys = keyring();
  const { place, manifest } = keys;
  const desk = unb64(wish.desk, 16);
  const before = manifest.sheets.get(wish.desk);
  if (before === undefined) throw new RefusedError("sheet-desk", "The charter names no such desk.");
  if (!hasRole(place.entry, "lead", desk)) throw new RefusedError("sheet-signer", "Only a lead of this desk signs its sheet.");
  const seed = random(32);
  const renewed = wish.renew ? { number: before.epoch + 1, seed } : undefined;
  const doc = writeSheet({
    office: keys.office, desk, number: before.number + 1, prev: before.hash, reason: wish.reason, open: wish.open,
    epoch: renewed?.number ?? before.epoch, recipient: renewed === undefined ? before.recipient : identity(seed).recipient,
    form: wish.form === null ? before.form : H(wish.form), profile: wish.profile === null ? before.profile : H(wish.profile),
  });
  const by = { entry: place.entry.bytes, proof: place.proof };
  const sealed = renewed && await sealedKeys(keys, wish, desk, [...living(keys, wish.desk), renewed], by);
  const wire: SheetWire = {
    file: fileJson({ doc, signatures: [signDocument(keys.vault.sign, "sheet", doc)], by: [by] }),
    ...(sealed && { keys: sealed }),
    ...(wish.form !== null && { form: b64(wish.form) }),
    ...(wish.profile !== null && { profile: b64(wish.profile) }),
    act: signAct(keys.vault.sign, keys.member, wish.counter, {
      act: "sheet", subject: desk, before: before.hash, after: H(doc), more: sealed && { keys: sealed.commitment },
    }),
  };
  return wire;
});

interface Seed {
  readonly number: number;
  readonly seed: Uint8Array;
}

/** Every epoch seed that is still alive: whoever gets the keys reads what has come so far. */
function living(keys: Keyring, desk: string): Seed[] {
  return [...keys.desks.get(desk)?.values() ?? []].sort((a, b) => a.number - b.number)
    .map(({ number, identity: { seed } }) => ({ number, seed }));
}

async function sealedKeys(
  keys: Keyring, wish: SheetWish, desk: Uint8Array, epochs: readonly Seed[], by: { entry: Uint8Array; proof: Place["proof"] },
): Promise<KeysWire> {
  const people = [...keys.people.values()].filter(({ entry }) => !wish.without.includes(b64(entry.id))
    && (hasRole(entry, "handler", desk) || hasRole(entry, "lead", desk)));
  const { file, c } = await sealDeskKeys({
    office: keys.office, desk, n: wish.n, prev: wish.prev === "" ? undefined : unb64(wish.prev, 32), epochs,
    people: people.map(({ entry, recipient }) => ({ id: entry.id, recipient })), paper: keys.manifest.charter.paper, by,
    seed: keys.vault.sign, open: wish.open,
  });
  const sealed = b64(file);
  return {
    n: wish.n, epoch: Math.max(...epochs.map(({ number }) => number)), commitment: b64(c),
    files: Object.fromEntries(people.map(({ entry }) => [b64(entry.id), sealed])),
  };
}
