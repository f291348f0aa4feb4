/** A letter of clearance: the closing message of a hearing, sealed anew for whoever is shown its code (docs/formats.md §16). */

import { promiseFields, readPromise } from "../../ledger/promises.js";
import { seal, unseal } from "../../seal/age.js";
import { proveMember } from "../../seal/author.js";
import { readMessage } from "../../seal/bodies.js";
import type { Outcome } from "../../seal/closing.js";
import { readEnvelope } from "../../seal/envelope.js";
import { MalformedError, RefusedError } from "../../seal/errors.js";
import { whole } from "../../seal/fields.js";
import { parse, write } from "../../seal/jsontext.js";
import { b64, same } from "../../seal/primitives.js";
import { derive } from "../../seal/receipt.js";
import { hasRole } from "../../seal/roster.js";
import type { Keyring } from "../keyring.js";
import { charterOf, postAt, type OpenThread } from "./opening.js";
import { checkPromised } from "./promised.js";

/** Outcomes that clear whoever was concerned. */
export const CLEARING: readonly Outcome[] = ["unfounded", "unsubstantiated"];
const LIMIT = 256 * 1024;
const C_AT = 32;

/** What a code shows. */
export interface Cleared {
  readonly outcome: Outcome;
  readonly text: string;
  readonly language: string;
  readonly day: string;
  readonly author: string;
}

/** The sealed file and its name, of the newest message that carries a code; undefined where none does. */
export async function sealClearance({ sealed, posts, contents }: OpenThread, keys: Keyring): Promise<{ id: Uint8Array; sealed: Uint8Array } | undefined> {
  const message = posts.findLast((post) => post.kind === "message" && post.chain === "o" && post.body.clearance !== undefined);
  if (message?.kind !== "message" || message.body.clearance === undefined) return undefined;
  const envelope = contents.get(`o${message.n}`), promise = postAt(sealed, "o", message.n)?.promise;
  if (envelope === undefined || promise === undefined) return undefined;
  const { id, box } = derive(message.body.clearance, keys.office, "clearance");
  const said = write({ v: 1, kind: "clearance", envelope: b64(envelope), promise: promiseFields(promise) });
  return { id, sealed: await seal(said, [box.recipient]) };
}

/** @throws SealError where the code opens nothing, or what it opens was not written by this office's people on that day */
export async function openClearance(code: Uint8Array, file: Uint8Array, keys: Keyring): Promise<Cleared> {
  const { box } = derive(code, keys.office, "clearance");
  const { envelope: bytes, promise } = whole(parse(await unseal(file, [box]), LIMIT), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "clearance");
    return { envelope: fields.bytes("envelope"), promise: fields.read("promise", readPromise) };
  });
  const envelope = readEnvelope(bytes), { header } = envelope;
  checkPromised(promise, keys);
  const fits = same(promise.office, keys.office) && same(header.office, keys.office) && same(promise.leaf.subarray(C_AT, 2 * C_AT), envelope.c);
  if (!fits || header.kind !== "message" || header.chain !== "o") throw new MalformedError("clearance", "This is no clearance of this office.");
  const member = proveMember(envelope, (number) => charterOf(keys, number, promise.day),
    (entry) => hasRole(entry, "handler", header.desk) || hasRole(entry, "lead", header.desk));
  const { text, language, closing, clearance } = readMessage(envelope.body, "o");
  if (closing === undefined || clearance === undefined || !same(clearance, code)) {
    throw new RefusedError("clearance", "This is no clearance of this office.");
  }
  return { outcome: closing.outcome, text, language, day: promise.day, author: member.alias };
}
