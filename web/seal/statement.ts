import { RefusedError } from "./errors.js";
import { whole } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64, join, sign, utf8, verifies } from "./primitives.js";
import type { Proven } from "./proven.js";
import { proofJson, proveEntry, readProof, type Entry, type Proof, type Roster } from "./roster.js";

/** Why a member files a report: for who came or called, in an organisation's name, for another office, as a test. */
export const PURPOSES = ["intake", "own name", "referral", "test"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A member's word, inside a report, that they filed it and why. Not proven. */
export interface Statement {
  readonly purpose: Purpose;
  readonly entry: Uint8Array;
  readonly proof: Proof;
  readonly signature: Uint8Array;
}

/** Who may state what; before the `@` of a role. */
const ENTITLED: Readonly<Record<Purpose, readonly string[]>> = {
  "intake": ["handler", "lead"],
  "own name": ["officer"],
  "referral": ["handler", "lead"],
  "test": ["auditor", "oversight", "administrator", "lead"],
};

export function readStatement(value: Json): Statement {
  return whole(value, (fields) => ({
    purpose: fields.one("purpose", PURPOSES),
    entry: fields.bytes("entry"),
    proof: fields.read("proof", readProof),
    signature: fields.bytes("sig", 64),
  }));
}

export function statementJson(statement: Statement): JsonObject {
  return {
    purpose: statement.purpose, entry: b64(statement.entry), proof: proofJson(statement.proof),
    sig: b64(statement.signature),
  };
}

/**
 * State that this member files the report of this thread.
 *
 * @param seed - the member's signing seed
 * @param reporter - the sign public key of the report, which binds the statement to it
 */
export function makeStatement(
  seed: Uint8Array, purpose: Purpose, entry: Uint8Array, proof: Proof, thread: Uint8Array, reporter: Uint8Array,
): Statement {
  return { purpose, entry, proof, signature: sign(seed, "statement", message(purpose, thread, reporter)) };
}

/** Whether a member's roles let them state this. */
export function entitled({ roles }: Pick<Entry, "roles">, purpose: Purpose): boolean {
  return roles.some((role) => ENTITLED[purpose].includes(role.replace(/@.*$/, "")));
}

/** @throws RefusedError `roster-proof`, `statement-role`, `statement-signature` */
export function proveStatement(
  statement: Statement, charter: Proven<{ number: number; roster: Roster }>, thread: Uint8Array, reporter: Uint8Array,
): Proven<Entry> {
  const { purpose, signature } = statement;
  const entry = proveEntry(statement.entry, statement.proof, charter);
  if (!entitled(entry, purpose)) {
    throw new RefusedError("statement-role", "Who states to have filed this has no such office.");
  }
  if (!verifies(entry.sign, "statement", message(purpose, thread, reporter), signature)) {
    throw new RefusedError("statement-signature", "The statement of who filed this is not theirs.");
  }
  return entry;
}

function message(purpose: Purpose, thread: Uint8Array, reporter: Uint8Array): Uint8Array {
  return join(utf8(purpose), Uint8Array.of(0), thread, reporter);
}
