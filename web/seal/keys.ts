import { seal, unseal } from "./age.js";
import { checkAudience, checkPlace, proveMember } from "./author.js";
import { readDeskKeys, writeDeskKeys, type DeskKeys, type Keyholder } from "./bodies.js";
import type { Charter } from "./charter.js";
import { readEnvelope, writeEnvelope, type By } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { b64, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import { identity, recipientHash, type Opener, type Recipient } from "./recipients.js";
import { hasRole, type Entry } from "./roster.js";
import type { Sheet } from "./sheet.js";

/** A member that the epoch seeds of a desk are sealed to. */
export interface Holder {
  readonly id: Uint8Array;
  readonly recipient: Recipient;
}

export interface KeysDraft {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  /** Counts up with each new file of this desk. */
  readonly n: number;
  /** `c` of the one before. */
  readonly prev?: Uint8Array | undefined;
  readonly epochs: DeskKeys["epochs"];
  /** At least two, unless the desk is closed and takes test reports only. */
  readonly people: readonly Holder[];
  /** The paper key's recipient, a named reader of every key file. */
  readonly paper?: Recipient | undefined;
  readonly by: By;
  readonly seed: Uint8Array;
  /** Whether the desk is open: nobody holds anything alone. */
  readonly open: boolean;
}

/**
 * A desk's `keys` file, sealed to each of its people.
 *
 * @throws RefusedError `keys-people` for an open desk whose seeds one person would hold alone
 */
export async function sealDeskKeys(draft: KeysDraft): Promise<{ file: Uint8Array; c: Uint8Array }> {
  const readers = [...draft.people.map((one) => one.recipient), ...(draft.paper === undefined ? [] : [draft.paper])];
  checkPeople(readers.length, draft.people.length, draft.open);
  const { office, desk, n, prev, by } = draft;
  const people: Keyholder[] = draft.people.map((one) => ({ id: one.id, recipient: recipientHash(one.recipient) }));
  const { bytes, c } = writeEnvelope(
    { kind: "keys", office, desk, thread: desk, chain: "k", n, prev, by, to: readers.map(recipientHash) },
    writeDeskKeys({ epochs: draft.epochs, people }), draft.seed,
  );
  return { file: await seal(bytes, readers), c };
}

/** What a `keys` file is held against. */
export interface KeysCheck {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly n: number;
  /** The proven charter of that number: of the file's time, or in force. */
  readonly charterOf: (number: number) => Proven<Charter> | undefined;
  readonly sheet: Proven<Sheet>;
  /** H of the recipients this member opens with. */
  readonly own: readonly Uint8Array[];
  /** H of the paper key's recipient, from the charter. */
  readonly paper?: Uint8Array | undefined;
  /** Whether the acts log has an act that names this `c`. */
  readonly acted: (c: Uint8Array) => boolean;
}

/** A proven `keys` file. */
export interface OpenedKeys extends DeskKeys {
  readonly c: Uint8Array;
  readonly prev: Uint8Array | undefined;
  readonly author: Proven<Entry>;
}

/**
 * Open and prove a desk's `keys` file.
 *
 * @throws RefusedError as `author.ts` says, `keys-people`, `keys-act`, `keys-seed`
 * @throws CannotOpenError `not-mine`
 */
export async function openDeskKeys(
  file: Uint8Array, openers: readonly Opener[], check: KeysCheck,
): Promise<OpenedKeys> {
  return proveDeskKeys(await unseal(file, openers), check);
}

/** Prove a desk's `keys`, already unsealed; throws as {@link openDeskKeys} does. */
export function proveDeskKeys(bytes: Uint8Array, check: KeysCheck): OpenedKeys {
  const envelope = readEnvelope(bytes);
  const { office, desk, n } = check;
  checkPlace(envelope, { office, desk, thread: desk, chain: "k", n });
  const author = proveMember(envelope, check.charterOf, (entry) => hasRole(entry, "lead", desk));
  const keys = readDeskKeys(envelope.body);
  const proven = [...keys.people.map((one) => one.recipient), ...(check.paper ? [check.paper] : [])].map(b64);
  checkAudience(envelope, check.own, new Set(proven));
  checkPeople(envelope.header.to.length, keys.people.length, check.sheet.open);
  if (!check.acted(envelope.c)) throw new RefusedError("keys-act", "Nobody has signed in the record for these keys.");
  const current = keys.epochs.find((epoch) => epoch.number === check.sheet.epoch);
  // A seed that does not give the sheet's recipient would leave every report unread, or read by another.
  if (current !== undefined && !same(recipientHash(identity(current.seed).recipient), recipientHash(check.sheet.recipient))) {
    throw new RefusedError("keys-seed", "These keys do not belong to the desk's sheet.");
  }
  return { ...keys, c: envelope.c, prev: envelope.header.prev, author };
}

function checkPeople(readers: number, people: number, open: boolean): void {
  if (people < 1 || (open && readers < 2)) {
    throw new RefusedError("keys-people", "One person alone would hold the keys of an open desk.");
  }
}
