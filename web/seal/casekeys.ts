import { seal, unseal } from "./age.js";
import { checkAudience, checkPlace, proveMember } from "./author.js";
import { readCaseKeys, writeCaseKeys, type CaseHandover, type CaseKeys, type NumberedSeed } from "./bodies.js";
import type { Charter } from "./charter.js";
import { readEnvelope, writeEnvelope, type By } from "./envelope.js";
import { RefusedError } from "./errors.js";
import type { Holder } from "./keys.js";
import { b64, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import { identity, recipientHash, type Opener } from "./recipients.js";
import { hasRole, type Entry } from "./roster.js";

const LEAST_PEOPLE = 2;

/** A case's `keys` before they are sealed. */
export interface CaseKeysDraft {
  readonly office: Uint8Array;
  /** The desk at which the report arrived. */
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  /** Counts up with each new file of this case; number 0 is triage's. */
  readonly n: number;
  /** `c` of the one before. */
  readonly prev?: Uint8Array | undefined;
  /** Of every generation whose envelopes its people shall read, oldest first. */
  readonly seeds: readonly NumberedSeed[];
  /** Those assigned, two at least. */
  readonly people: readonly Holder[];
  /** Members whom the reporting person named as not to see it. */
  readonly barred: readonly Uint8Array[];
  /** `c` of the report. */
  readonly report: Uint8Array;
  readonly by: By;
  readonly seed: Uint8Array;
}

/** One file for each person, in their order, and the commitment that the act must name. */
export interface SealedCaseKeys {
  readonly files: readonly Uint8Array[];
  readonly c: Uint8Array;
}

/** @throws RefusedError `keys-people`, `keys-barred` */
export async function sealCaseKeys(draft: CaseKeysDraft): Promise<SealedCaseKeys> {
  const { office, desk, thread, n, prev, by, seeds, barred, report } = draft;
  const people = draft.people.map(({ id, recipient }) => ({ id, recipient: recipientHash(recipient) }));
  const keys: CaseKeys = { generations: seeds, people, barred, report };
  checkPeople(keys);
  const { bytes, c } = writeEnvelope(
    { kind: "keys", office, desk, thread, chain: "k", n, prev, by, to: people.map((one) => one.recipient) },
    writeCaseKeys(keys), draft.seed,
  );
  return { files: await Promise.all(draft.people.map(({ recipient }) => seal(bytes, [recipient]))), c };
}

/** What a case's `keys` are held against. */
export interface CaseKeysCheck {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  readonly n: number;
  /** Of the proven thread, oldest first; the newest belongs to these keys. */
  readonly handovers: readonly CaseHandover[];
  /** `c` of the proven report. */
  readonly report: Uint8Array | undefined;
  /** The proven charter of that number: of the file's time, or in force. */
  readonly charterOf: (number: number) => Proven<Charter> | undefined;
  /** H of the recipients this member opens with. */
  readonly own: readonly Uint8Array[];
  /** Whether an act that its author signed names this `c`. */
  readonly acted: (c: Uint8Array, author: Proven<Entry>) => boolean;
}

/** Proven keys of a case. */
export interface OpenedCaseKeys extends CaseKeys {
  readonly c: Uint8Array;
  readonly author: Proven<Entry>;
}

/**
 * Seeds of a file that nobody has proven yet: enough to open the thread, which proves them or does not.
 *
 * @throws CannotOpenError `not-mine`, MalformedError
 */
export async function openCaseKeys(file: Uint8Array, openers: readonly Opener[]): Promise<{ content: Uint8Array; keys: CaseKeys }> {
  const content = await unseal(file, openers);
  return { content, keys: readCaseKeys(readEnvelope(content).body) };
}

/** @throws RefusedError as `author.ts` says, `keys-people`, `keys-barred`, `keys-act`, `keys-seed`, `keys-report` */
export function proveCaseKeys(content: Uint8Array, check: CaseKeysCheck): OpenedCaseKeys {
  const envelope = readEnvelope(content);
  const { office, desk, thread, n, handovers } = check;
  checkPlace(envelope, { office, desk, thread, chain: "k", n });
  const author = proveMember(envelope, check.charterOf, (entry) => mayMake(entry, check));
  const keys = readCaseKeys(envelope.body);
  checkAudience(envelope, check.own, new Set(keys.people.map((one) => b64(one.recipient))));
  checkPeople(keys);
  if (!check.acted(envelope.c, author)) throw new RefusedError("keys-act", "Nobody has signed in the record for these keys.");
  if (check.report === undefined || !same(keys.report, check.report)) {
    throw new RefusedError("keys-report", "These keys belong to another report.");
  }
  const newest = handovers.at(-1);
  const seed = keys.generations.find((one) => one.number === newest?.generation)?.seed;
  if (newest === undefined || seed === undefined || !same(recipientHash(identity(seed).recipient), recipientHash(newest.recipient))) {
    throw new RefusedError("keys-seed", "These keys do not belong to what the reporting person was told.");
  }
  const told = new Set(newest.people.map(b64)), held = new Set(keys.people.map(({ id }) => b64(id)));
  if (told.size !== held.size || [...held].some((id) => !told.has(id))) {
    throw new RefusedError("keys-people", "Other people hold the keys than the reporting person was told.");
  }
  return { ...keys, c: envelope.c, author };
}

/** At triage who works at the desk; later who was assigned before, or a lead after a triage that was refused. */
function mayMake(entry: Entry, { desk, handovers }: CaseKeysCheck): boolean {
  const lead = hasRole(entry, "lead", desk);
  const before = handovers.at(-2);
  if (before === undefined) return lead || hasRole(entry, "handler", desk);
  return lead || before.people.some((id) => same(id, entry.id));
}

function checkPeople({ people, barred }: CaseKeys): void {
  if (new Set(people.map(({ id }) => b64(id))).size < LEAST_PEOPLE) {
    throw new RefusedError("keys-people", "One person alone would hold the keys of a case.");
  }
  if (people.some(({ id }) => barred.some((one) => same(one, id)))) {
    throw new RefusedError("keys-barred", "The reporting person asked that one of these people should not see it.");
  }
}
